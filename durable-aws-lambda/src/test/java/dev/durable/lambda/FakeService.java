package dev.durable.lambda;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CallbackDetails;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionRequest;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.CheckpointUpdatedExecutionState;
import software.amazon.awssdk.services.lambda.model.ChainedInvokeDetails;
import software.amazon.awssdk.services.lambda.model.ContextDetails;
import software.amazon.awssdk.services.lambda.model.ExecutionDetails;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.awssdk.services.lambda.model.StepDetails;
import software.amazon.awssdk.services.lambda.model.WaitDetails;

/**
 * The checkpoint API for one execution: as much of it as a recorder needs, and strict.
 */
final class FakeService implements LambdaClient {

	static final String ID = "6f1c2a3b-0000-4000-8000-000000000001";

	static final String ARN = "arn:aws:lambda:eu-central-1:123456789012:function:orders:7/durable-execution/orders/"
			+ ID;

	private final HandTime time;

	private final Map<String, Operation> operations = new LinkedHashMap<>();

	/** What this invocation has not been told. */
	private final Set<String> news = new LinkedHashSet<>();

	private final List<List<OperationUpdate>> calls = new ArrayList<>();

	private final List<Integer> pages = new ArrayList<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	private int token;

	private int pageSize = 1000;

	private int lostCall;

	private boolean lostCallIsObeyed;

	private volatile Supplier<RuntimeException> failure;

	private volatile Hold hold;

	FakeService(HandTime time, String input) {
		this.time = time;
		this.operations.put(ID,
				Operation.builder()
					.id(ID)
					.type(OperationType.EXECUTION)
					.status(OperationStatus.STARTED)
					.startTimestamp(HandTime.START)
					.executionDetails(ExecutionDetails.builder().inputPayload(input).build())
					.build());
	}

	@Override
	public String serviceName() {
		return "lambda";
	}

	@Override
	public void close() {
		// nothing is held
	}

	/** The updates of each call, polls included. */
	synchronized List<List<OperationUpdate>> calls() {
		return List.copyOf(this.calls);
	}

	synchronized List<Integer> pages() {
		return List.copyOf(this.pages);
	}

	synchronized Operation operation(String name) {
		return this.operations.values()
			.stream()
			.filter((operation) -> name.equals(operation.name()))
			.reduce((first, second) -> second)
			.orElseThrow(() -> new AssertionError("No operation '" + name + "'"));
	}

	synchronized List<Operation> operations() {
		return List.copyOf(this.operations.values());
	}

	synchronized void put(Operation operation) {
		this.operations.put(operation.id(), operation);
		this.news.add(operation.id());
	}

	/** Tell of the execution after all its operations. */
	synchronized void executionLast() {
		Operation execution = this.operations.remove(ID);
		this.operations.put(ID, execution);
	}

	/** Answer so many operations at once. */
	void pageSize(int size) {
		this.pageSize = size;
	}

	void failWith(Supplier<RuntimeException> failure) {
		this.failure = failure;
	}

	/** Let a call be lost, before or after it has been obeyed; the first one is 1. */
	synchronized void loseCall(int number, boolean obeyed) {
		this.lostCall = number;
		this.lostCallIsObeyed = obeyed;
	}

	/** Keep the next call until it is let go. */
	Hold holdNext() {
		this.hold = new Hold(new CountDownLatch(1), new CountDownLatch(1));
		return this.hold;
	}

	/** Begin an invocation. */
	synchronized String beginInvocation() {
		this.token++;
		this.news.clear();
		settleDue();
		this.news.clear();
		return token();
	}

	private String token() {
		return "token-" + this.token;
	}

	@Override
	public CheckpointDurableExecutionResponse checkpointDurableExecution(CheckpointDurableExecutionRequest request) {
		if (this.inFlight.incrementAndGet() > 1) {
			throw new AssertionError("Two calls are in flight");
		}
		try {
			Hold held = this.hold;
			if (held != null) {
				this.hold = null;
				held.hold();
			}
			return checkpoint(request);
		}
		finally {
			this.inFlight.decrementAndGet();
		}
	}

	private synchronized CheckpointDurableExecutionResponse checkpoint(CheckpointDurableExecutionRequest request) {
		this.calls.add(request.updates());
		Supplier<RuntimeException> failing = this.failure;
		if (failing != null) {
			throw failing.get();
		}
		boolean lost = this.calls.size() == this.lostCall;
		if (lost && !this.lostCallIsObeyed) {
			throw SdkClientException.create("Connection reset");
		}
		check(ARN.equals(request.durableExecutionArn()), "Unknown execution");
		check(token().equals(request.checkpointToken()), "Invalid Checkpoint Token");
		check(request.updates().size() <= 200, "Too many updates");
		Set<String> updated = new HashSet<>();
		for (OperationUpdate update : request.updates()) {
			check(updated.add(update.id()) || update.action() != OperationAction.START, "Duplicate id");
			apply(update);
		}
		if (lost) {
			throw SdkClientException.create("Connection reset");
		}
		settleDue();
		this.token++;
		List<Operation> changed = this.news.stream().map(this.operations::get).toList();
		this.news.clear();
		int end = Math.min(this.pageSize, changed.size());
		this.pending = changed;
		return CheckpointDurableExecutionResponse.builder()
			.checkpointToken(token())
			.newExecutionState(CheckpointUpdatedExecutionState.builder()
				.operations(changed.subList(0, end))
				.nextMarker((end < changed.size()) ? String.valueOf(end) : null)
				.build())
			.build();
	}

	/** What further pages are cut from. */
	private List<Operation> pending = List.of();

	synchronized List<Operation> firstPage() {
		this.pending = this.operations.values().stream().filter((operation) -> !isCovered(operation)).toList();
		return this.pending.subList(0, Math.min(this.pageSize, this.pending.size()));
	}

	synchronized boolean hasNextPage() {
		return this.pending.size() > this.pageSize;
	}

	/** Whether the result of a context stands for it. */
	private boolean isCovered(Operation operation) {
		Operation parent = (operation.parentId() != null) ? this.operations.get(operation.parentId()) : null;
		return parent != null && (isCovered(parent)
				|| (parent.endTimestamp() != null && !Boolean.TRUE.equals(parent.contextDetails().replayChildren())));
	}

	@Override
	public synchronized GetDurableExecutionStateResponse getDurableExecutionState(
			GetDurableExecutionStateRequest request) {
		Supplier<RuntimeException> failing = this.failure;
		if (failing != null) {
			throw failing.get();
		}
		check(token().equals(request.checkpointToken()), "Invalid Checkpoint Token");
		this.pages.add(request.maxItems());
		int begin = Integer.parseInt(request.marker());
		int end = Math.min(begin + this.pageSize, this.pending.size());
		return GetDurableExecutionStateResponse.builder()
			.operations(this.pending.subList(begin, end))
			.nextMarker((end < this.pending.size()) ? String.valueOf(end) : null)
			.build();
	}

	private void settleDue() {
		Instant now = this.time.instant();
		for (Operation operation : List.copyOf(this.operations.values())) {
			if (operation.status() == OperationStatus.STARTED && operation.waitDetails() != null
					&& !operation.waitDetails().scheduledEndTimestamp().isAfter(now)) {
				put(operation.toBuilder().status(OperationStatus.SUCCEEDED).endTimestamp(now).build());
			}
			else if (operation.status() == OperationStatus.PENDING
					&& !operation.stepDetails().nextAttemptTimestamp().isAfter(now)) {
				put(operation.toBuilder().status(OperationStatus.READY).build());
			}
		}
	}

	private void apply(OperationUpdate update) {
		Operation former = this.operations.get(update.id());
		boolean started = former != null && former.status() == OperationStatus.STARTED;
		boolean ready = former != null && former.status() == OperationStatus.READY;
		check(update.action() != OperationAction.START || former == null || ready, "Started already");
		check(update.action() == OperationAction.START || started || ready, "Not started");
		check(update.parentId() == null || this.operations.get(update.parentId()).type() == OperationType.CONTEXT,
				"Unknown parent");
		Instant now = this.time.instant();
		Operation.Builder next = (former != null) ? former.toBuilder()
				: Operation.builder()
					.id(update.id())
					.parentId(update.parentId())
					.name(update.name())
					.type(update.type())
					.subType(update.subType())
					.startTimestamp(now);
		next.status(status(update.action()));
		if (update.action() == OperationAction.SUCCEED || update.action() == OperationAction.FAIL) {
			next.endTimestamp(now);
		}
		switch (update.type()) {
			case STEP -> next.stepDetails(step(update, former, now));
			case CONTEXT -> next.contextDetails(ContextDetails.builder()
				.result(update.payload())
				.error(update.error())
				.replayChildren(update.contextOptions() != null && update.contextOptions().replayChildren())
				.build());
			case WAIT -> next.waitDetails(WaitDetails.builder()
				.scheduledEndTimestamp(now.plusSeconds(update.waitOptions().waitSeconds()))
				.build());
			case CALLBACK ->
				next.callbackDetails(CallbackDetails.builder().callbackId("callback-" + update.name()).build());
			case CHAINED_INVOKE -> next.chainedInvokeDetails(ChainedInvokeDetails.builder().build());
			default -> check(update.id().equals(ID), "Unknown execution");
		}
		put(next.build());
	}

	private static StepDetails step(OperationUpdate update, Operation former, Instant now) {
		int ended = (former != null) ? former.stepDetails().attempt() : 0;
		StepDetails.Builder step = StepDetails.builder()
			.attempt((update.action() == OperationAction.START) ? ended : ended + 1)
			.result((update.payload() != null || former == null) ? update.payload() : former.stepDetails().result())
			.error(update.error());
		if (update.action() == OperationAction.RETRY) {
			step.nextAttemptTimestamp(now.plusSeconds(update.stepOptions().nextAttemptDelaySeconds()));
		}
		return step.build();
	}

	private static OperationStatus status(OperationAction action) {
		return switch (action) {
			case START -> OperationStatus.STARTED;
			case SUCCEED -> OperationStatus.SUCCEEDED;
			case FAIL -> OperationStatus.FAILED;
			case RETRY -> OperationStatus.PENDING;
			default -> OperationStatus.CANCELLED;
		};
	}

	private static void check(boolean right, String message) {
		if (!right) {
			throw invalid(message);
		}
	}

	static InvalidParameterValueException invalid(String message) {
		return InvalidParameterValueException.builder()
			.message(message)
			.statusCode(400)
			.awsErrorDetails(
					AwsErrorDetails.builder().errorCode("InvalidParameterValueException").errorMessage(message).build())
			.build();
	}

	/** A call that the test keeps. */
	record Hold(CountDownLatch arrived, CountDownLatch released) {

		private void hold() {
			this.arrived.countDown();
			await(this.released);
		}

		void awaitCall() {
			await(this.arrived);
		}

		void release() {
			this.released.countDown();
		}

		private static void await(CountDownLatch latch) {
			try {
				if (!latch.await(10, TimeUnit.SECONDS)) {
					throw new AssertionError("Nothing came within 10 s");
				}
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

	}

}
