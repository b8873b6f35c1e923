package dev.durable.lambda.emulator;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.durable.OperationId;
import dev.durable.codec.Payload;
import dev.durable.embedded.Invoker;
import dev.durable.engine.InvocationOutcome;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.OperationAction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One invocation of a function, from its envelope to its answer. */
final class RemoteInvocation implements Invoker.Running, CheckpointSession.Ending {

	private final EmulatorHost host;

	private final Invoker.Call call;

	private final EmulatedFunction function;

	private final FunctionHost code;

	private final KnownOperations operations;

	private final CompletableFuture<InvocationOutcome> outcome = new CompletableFuture<>();

	private final CompletableFuture<InvocationOutcome> recorded = new CompletableFuture<>();

	private volatile FunctionHost.@Nullable Flight flight;

	private volatile boolean killed;

	RemoteInvocation(EmulatorHost host, Invoker.Call call, EmulatedFunction function, FunctionHost code) {
		this.host = host;
		this.call = call;
		this.function = function;
		this.code = code;
		this.operations = new KnownOperations(call.recorded());
		call.recorder().onChange(this.operations::changed);
	}

	@Override
	public InvocationOutcome run(@Nullable Payload input) {
		CheckpointSession session = new CheckpointSession(this.call, this.host, start(input), this.operations, this);
		this.host.live().opened(this.call.execution(), session);
		try {
			FunctionHost.Flight started = this.code.invoke(new FunctionCall(this.function,
					this.call.function().id().name(), this.call.facts().requestId(), envelope(session, input)));
			this.flight = started;
			if (this.killed || this.outcome.isDone()) {
				started.kill();
			}
			started.answer().whenComplete(this::answered);
			return this.outcome.join();
		}
		finally {
			this.host.live().closed(this.call.execution(), session);
		}
	}

	private ExecutionStart start(@Nullable Payload input) {
		return new ExecutionStart(this.host.arn(this.call.execution()), this.call.facts().executionStartedAt(), input);
	}

	private byte[] envelope(CheckpointSession session, @Nullable Payload input) {
		ObjectNode envelope = Json.object();
		envelope.put("DurableExecutionArn", start(input).arn().toString());
		envelope.put("CheckpointToken", session.token());
		session.putInitial(envelope.putObject("InitialExecutionState"));
		// What changed after the invocation before, and while it ran without telling it.
		Set<String> updated = new TreeSet<>(this.host.live().invoked(this.call.execution(), this.operations));
		this.call.facts().updated().stream().map(OperationId::value).forEach(updated::add);
		ArrayNode array = envelope.putArray("UpdatedOperationIds");
		updated.forEach(array::add);
		return Json.bytes(envelope);
	}

	private void answered(byte @Nullable [] answer, @Nullable Throwable failure) {
		try {
			if (answer == null) {
				throw failure(failure);
			}
			boolean pending = this.operations.isPending() || !this.operations.news().isEmpty();
			this.outcome.complete(new InvocationAnswer(answer).outcome(pending));
		}
		catch (FunctionFailure ex) {
			this.outcome.complete(failed(ex));
		}
		catch (RuntimeException ex) {
			this.outcome.completeExceptionally(ex);
		}
	}

	private static FunctionFailure failure(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause instanceof FunctionFailure known) ? known
				: FunctionFailure.of("Runtime.Unknown", String.valueOf(cause));
	}

	/** After some failures in a row the service gives up. */
	private InvocationOutcome failed(FunctionFailure failure) {
		Payload error = this.host.errors().encode(failure.error());
		return (this.call.failures() + 1 >= this.host.retries().attempts()) ? new InvocationOutcome.Failed(error)
				: new InvocationOutcome.Crashed(failure, error);
	}

	@Override
	public boolean end(WireUpdate update) {
		Payload result = this.host.translation().payload(update);
		Payload error = this.host.translation().error(update);
		InvocationOutcome asked = (update.action() == OperationAction.SUCCEED)
				? new InvocationOutcome.Succeeded((result != null) ? result : Payload.ofText(""))
				: new InvocationOutcome.Failed((error != null) ? error : Payload.ofText("{}"));
		return this.outcome.complete(asked) && this.recorded.join() == asked;
	}

	@Override
	public void kill() {
		this.killed = true;
		FunctionHost.Flight current = this.flight;
		if (current != null) {
			current.kill();
		}
	}

	@Override
	public boolean isKilled() {
		return this.killed;
	}

	@Override
	public boolean isResumable() {
		return !this.operations.news().isEmpty();
	}

	/** The emulator stops: what the function does from now on counts for nothing. */
	@Override
	public void drain() {
		this.outcome.complete(new InvocationOutcome.Drained());
		kill();
	}

	/** The function may run on until its next checkpoint, which fails. */
	@Override
	public void lost(JournalLostException cause) {
		this.outcome.complete(new InvocationOutcome.Lost(cause));
	}

	@Override
	public void tellEnd(InvocationOutcome ended) {
		this.recorded.complete(ended);
		if (ended instanceof InvocationOutcome.Succeeded || ended instanceof InvocationOutcome.Failed) {
			this.host.live().ended(this.call.execution());
		}
	}

}
