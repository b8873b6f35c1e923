package dev.durable.lambda.emulator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.durable.ErrorObject;

/** Runs a handler on threads of this process. */
final class HandlerHost implements FunctionHost {

	private final RequestStreamHandler handler;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "lambda-function");
		thread.setDaemon(true);
		return thread;
	});

	HandlerHost(RequestStreamHandler handler) {
		this.handler = handler;
	}

	@Override
	public Flight invoke(FunctionCall call) {
		CompletableFuture<byte[]> answer = new CompletableFuture<>();
		Future<?> running = this.threads.submit(() -> run(call, answer));
		HandlerFlight flight = new HandlerFlight(call, answer, running);
		Deadline.set(call, answer, flight::end);
		return flight;
	}

	private void run(FunctionCall call, CompletableFuture<byte[]> answer) {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		try {
			this.handler.handleRequest(new ByteArrayInputStream(call.event()), output,
					new HandlerContext(call, System.nanoTime()));
			answer.complete(output.toByteArray());
		}
		catch (Throwable ex) {
			answer.completeExceptionally(new FunctionFailure(describe(ex)));
		}
	}

	private static ErrorObject describe(Throwable error) {
		List<String> frames = Arrays.stream(error.getStackTrace()).map(String::valueOf).limit(40).toList();
		return new ErrorObject(error.getClass().getName(), error.getMessage(), null, frames);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	/** A handler at work. */
	private record HandlerFlight(FunctionCall call, CompletableFuture<byte[]> answer,
			Future<?> running) implements Flight {

		@Override
		public void kill() {
			end(FunctionFailure.exited(this.call.requestId(), "signal: killed"));
		}

		void end(FunctionFailure failure) {
			this.answer.completeExceptionally(failure);
			this.running.cancel(true);
		}

	}

}
