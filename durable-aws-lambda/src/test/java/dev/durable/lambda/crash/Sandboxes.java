package dev.durable.lambda.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import com.amazonaws.services.lambda.runtime.Context;
import dev.durable.ExecutionId;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.lambda.LambdaEngine;
import dev.durable.lambda.emulator.EmulatedFunction;
import dev.durable.store.tck.CrashPrograms;
import dev.durable.store.tck.Probe;
import org.jspecify.annotations.Nullable;

/**
 * Runs functions in this process, each run in sandboxes of its own: as on Lambda, one is
 * used again until it dies, and runs one invocation at a time. Of what a dead one still
 * does nothing counts: the service refuses its calls, and its step bodies do nothing.
 */
final class Sandboxes implements Platform {

	private static final Executor THREADS = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "sandbox");
		thread.setDaemon(true);
		return thread;
	});

	private final Map<LambdaRun, Deque<Sandbox>> idle = new ConcurrentHashMap<>();

	private final Map<ExecutionId, Sandbox> running = new ConcurrentHashMap<>();

	@Override
	public EmulatedFunction.Code code(EmulatedLambda lambda) {
		return new EmulatedFunction.Handler((input, output, context) -> handle(lambda, input, output, context));
	}

	private void handle(EmulatedLambda lambda, InputStream input, OutputStream output, Context context)
			throws IOException {
		byte[] event = input.readAllBytes();
		ExecutionId execution = EmulatedLambda.executionOf(event);
		LambdaRun run = lambda.runOf(execution);
		Deque<Sandbox> warm = this.idle.computeIfAbsent(run, (any) -> new ConcurrentLinkedDeque<>());
		@Nullable Sandbox found = warm.poll();
		Sandbox sandbox = (found != null) ? found : new Sandbox(lambda, run);
		this.running.put(execution, sandbox);
		try {
			byte[] answer = sandbox.engine.invoke(event, context);
			if (!sandbox.dead && lambda.diesAnswering(execution)) {
				sandbox.dead = true;
				throw new DeadSandboxError();
			}
			output.write(answer);
		}
		finally {
			this.running.remove(execution, sandbox);
			if (!sandbox.dead) {
				warm.add(sandbox);
			}
		}
	}

	@Override
	public void dies(ExecutionId execution) {
		Sandbox sandbox = this.running.get(execution);
		if (sandbox == null) {
			throw new AssertionError("No sandbox runs execution '%s'".formatted(execution));
		}
		sandbox.dead = true;
	}

	/** What stands for one process. */
	private static final class Sandbox {

		private final LambdaEngine engine;

		private volatile boolean dead;

		Sandbox(EmulatedLambda lambda, LambdaRun run) {
			Probe probe = new Probe(run.witness(), () -> this.dead);
			this.engine = LambdaEngine.builder(lambda::client, new JacksonPayloadCodec())
				.functions(() -> Stream.concat(Stream.of(run.program()), CrashPrograms.invoked().stream())
					.map((program) -> program.function(probe))
					.toList())
				.executor(THREADS)
				.build();
		}

	}

	/** The answer of a dead sandbox. */
	private static final class DeadSandboxError extends Error {

		private static final long serialVersionUID = 1L;

		DeadSandboxError() {
			super("The sandbox died before it answered");
		}

	}

}
