package dev.durable.lambda.emulator;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a program in as many processes as there are invocations at once, up to a bound;
 * more of them wait. Processes are used again, and replaced when they end.
 */
final class ProcessHost implements FunctionHost {

	/** Until its first question for work; a large application on a busy machine. */
	private static final Duration MAX_START = Duration.ofMinutes(2);

	private static final Logger log = LoggerFactory.getLogger(ProcessHost.class);

	private final EmulatedFunction.Command command;

	private final Map<String, String> environment;

	private final InstantSource clock;

	private final ProcessBuilder.Redirect output;

	private final Set<FunctionProcess> processes = new HashSet<>();

	private final Deque<FunctionProcess> idle = new ArrayDeque<>();

	private final Deque<ProcessFlight> waiting = new ArrayDeque<>();

	private boolean closed;

	ProcessHost(EmulatedFunction.Command command, Map<String, String> environment, InstantSource clock,
			ProcessBuilder.Redirect output) {
		this.command = command;
		this.environment = environment;
		this.clock = clock;
		this.output = output;
	}

	@Override
	public Flight invoke(FunctionCall call) {
		ProcessFlight flight = new ProcessFlight(call);
		synchronized (this) {
			this.waiting.addLast(flight);
		}
		dispatch();
		return flight;
	}

	/** Give waiting invocations to processes, as long as there are both. */
	private void dispatch() {
		while (true) {
			ProcessFlight flight;
			FunctionProcess process;
			synchronized (this) {
				this.waiting.removeIf((waiter) -> waiter.answer().isDone());
				boolean room = !this.idle.isEmpty() || this.processes.size() < this.command.maxProcesses();
				if (this.closed || this.waiting.isEmpty() || !room) {
					return;
				}
				flight = this.waiting.removeFirst();
				process = this.idle.pollLast();
				if (process == null) {
					process = start(flight);
				}
			}
			if (process != null) {
				flight.takeOff(process);
			}
		}
	}

	private @Nullable FunctionProcess start(ProcessFlight flight) {
		try {
			FunctionProcess process = FunctionProcess.start(this.command, this.environment, this.clock, this.output,
					this::ended);
			this.processes.add(process);
			process.ready().orTimeout(MAX_START.toSeconds(), TimeUnit.SECONDS).whenComplete((nothing, failure) -> {
				if (failure != null && process.isUsable()) {
					log.warn("A process of {} asked for no invocation within {} and is killed",
							flight.call.function().names(), MAX_START);
					process.kill();
				}
			});
			return process;
		}
		catch (IOException ex) {
			flight.answer()
				.completeExceptionally(
						FunctionFailure.of("Runtime.InvalidEntrypoint", "The program '%s' cannot be started: %s"
							.formatted(this.command.words().get(0), ex.getMessage())));
			return null;
		}
	}

	private void ended(FunctionProcess process) {
		synchronized (this) {
			this.processes.remove(process);
			this.idle.remove(process);
		}
		dispatch();
	}

	private void landed(FunctionProcess process) {
		synchronized (this) {
			if (this.processes.contains(process) && process.isUsable()) {
				this.idle.addLast(process);
			}
		}
		dispatch();
	}

	@Override
	public void close() {
		List<FunctionProcess> running;
		List<ProcessFlight> left;
		synchronized (this) {
			this.closed = true;
			running = List.copyOf(this.processes);
			left = List.copyOf(this.waiting);
		}
		running.forEach(FunctionProcess::kill);
		left.forEach(ProcessFlight::kill);
	}

	/** An invocation that waits for a process, or has one. */
	private final class ProcessFlight implements Flight {

		private final FunctionCall call;

		private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

		private volatile @Nullable FunctionProcess process;

		ProcessFlight(FunctionCall call) {
			this.call = call;
		}

		void takeOff(FunctionProcess process) {
			this.process = process;
			this.answer.whenComplete((bytes, failure) -> landed(process));
			process.run(this.call, this.answer);
		}

		@Override
		public CompletableFuture<byte[]> answer() {
			return this.answer;
		}

		@Override
		public void kill() {
			FunctionProcess current = this.process;
			if (current != null && !this.answer.isDone()) {
				current.kill();
			}
			this.answer.completeExceptionally(FunctionFailure.exited(this.call.requestId(), "signal: killed"));
		}

	}

}
