package dev.durable.conformance;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.durable.ExecutionId;
import dev.durable.StepContext;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Event;
import software.amazon.awssdk.services.lambda.model.EventType;

/**
 * The process of a Lambda function, which asks the service what is recorded.
 *
 * @param client the service
 * @param arn the execution that runs here
 */
record LambdaProcess(LambdaClient client, String arn) implements MortalProcess {

	private static final long VISIBLE_WITHIN = TimeUnit.SECONDS.toNanos(15);

	@Override
	public Error crash(StepContext step) {
		long begin = System.nanoTime();
		while (history().noneMatch((event) -> isStart(event, step))) {
			if (System.nanoTime() - begin > VISIBLE_WITHIN) {
				throw new IllegalStateException(
						"The start of step %s did not become visible in the history".formatted(step.operationId()));
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
		Runtime.getRuntime().halt(HandlerProcess.CRASHED);
		throw new IllegalStateException("A halted process must not go on");
	}

	private static boolean isStart(Event event, StepContext step) {
		return event.eventType() == EventType.STEP_STARTED && step.operationId().value().equals(event.id());
	}

	@Override
	public boolean hasCrashed(ExecutionId execution) {
		return history().anyMatch((event) -> event.eventType() == EventType.INVOCATION_COMPLETED
				&& event.invocationCompletedDetails().error() != null);
	}

	private Stream<Event> history() {
		return this.client.getDurableExecutionHistoryPaginator((request) -> request.durableExecutionArn(this.arn))
			.events()
			.stream();
	}

}
