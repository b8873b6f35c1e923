package dev.durable.lambda.emulator;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** A process that runs a function's code, one invocation at a time. */
final class FunctionProcess {

	private final RuntimeApi api;

	private final Process process;

	/** The invocation that was given to the process and has not ended. */
	private volatile @Nullable Running running;

	private volatile boolean doomed;

	private FunctionProcess(RuntimeApi api, Process process) {
		this.api = api;
		this.process = process;
	}

	/**
	 * Start a process.
	 * @param exited called once, when it has ended
	 */
	static FunctionProcess start(EmulatedFunction.Command command, Map<String, String> environment, InstantSource clock,
			ProcessBuilder.Redirect output, Consumer<FunctionProcess> exited) throws IOException {
		RuntimeApi api = new RuntimeApi(clock);
		try {
			ProcessBuilder builder = new ProcessBuilder(command.words());
			LambdaEnvironment.REMOVED.forEach(builder.environment()::remove);
			builder.environment().putAll(environment);
			builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.port());
			builder.environment().put("_HANDLER", handler(command.words()));
			builder.environment().putAll(command.environment());
			builder.redirectErrorStream(true);
			builder.redirectOutput(output);
			FunctionProcess started = new FunctionProcess(api, builder.start());
			started.process.onExit().thenRun(() -> started.ended(exited));
			return started;
		}
		catch (IOException ex) {
			api.close();
			throw ex;
		}
	}

	/**
	 * What runtime interface clients take for their last argument. Frameworks look at the
	 * variable: Spring Cloud Function fetches events itself, beside the client, if that
	 * names no class.
	 */
	private static String handler(List<String> words) {
		return words.get(words.size() - 1);
	}

	private void ended(Consumer<FunctionProcess> exited) {
		this.api.close();
		exited.accept(this);
		Running current = this.running;
		if (current != null) {
			current.answer()
				.completeExceptionally(this.api.initFailure().isDone() ? this.api.initFailure().join() : FunctionFailure
					.exited(current.call().requestId(), "exit status " + this.process.exitValue()));
		}
	}

	/** Give the process an invocation; it must not have another. */
	void run(FunctionCall call, CompletableFuture<byte[]> answer) {
		this.running = new Running(call, answer);
		answer.whenComplete((bytes, failure) -> this.running = null);
		this.api.deliver(call, answer, () -> Deadline.set(call, answer, (timeout) -> {
			this.doomed = true;
			answer.completeExceptionally(timeout);
			kill();
		}));
		if (!this.process.isAlive()) {
			answer.completeExceptionally(
					FunctionFailure.exited(call.requestId(), "exit status " + this.process.exitValue()));
		}
	}

	/** Completes when the process asks for its first invocation. */
	CompletableFuture<Void> ready() {
		return this.api.ready();
	}

	/** Whether it can be given work; it lives a little longer than it is good for. */
	boolean isUsable() {
		return !this.doomed && this.process.isAlive();
	}

	/** Kill it with everything that it started, such as the program behind a shell. */
	void kill() {
		this.doomed = true;
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

	/** An invocation at work. */
	private record Running(FunctionCall call, CompletableFuture<byte[]> answer) {

	}

}
