package dev.durable.lambda;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.CallbackDetails;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What ends while other code of the execution runs. */
class PollingTests extends EngineTest {

	private static final Duration TIME_IS_UP = Duration.ofMinutes(15).minusMillis(500);

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	/** Run until the test lets it end. */
	private String work(DurableContext context) throws InterruptedException {
		return context.step("work", String.class, (step) -> {
			this.begun.countDown();
			assertThat(this.released.await(10, TimeUnit.SECONDS)).isTrue();
			return "worked";
		});
	}

	private void awaitWork() throws InterruptedException {
		assertThat(this.begun.await(10, TimeUnit.SECONDS)).isTrue();
	}

	/**
	 * Wait until the start of the work has been sent, and nothing is sent until a time.
	 */
	private void awaitSleepUntil(Duration time) throws InterruptedException {
		Duration until = this.time.awaitSleep();
		while (!until.equals(time) || !updates().contains("START work")) {
			until = this.time.awaitSleep();
		}
	}

	private void awaitLog(String entry) throws InterruptedException {
		assertThat(this.logged.get(entry).await(10, TimeUnit.SECONDS)).as(entry).isTrue();
	}

	private final Map<String, CountDownLatch> logged = Map.of("waited", new CountDownLatch(1), "called back",
			new CountDownLatch(1), "retried", new CountDownLatch(1));

	private String logged(String entry) {
		this.log.add(entry);
		this.logged.get(entry).countDown();
		return entry;
	}

	@Test
	void waitThatEndsWhileOtherCodeRunsIsPolledForAtItsTime() throws Exception {
		CompletableFuture<JsonNode> answer = invokeAside((context, input) -> {
			DurableFuture<String> waits = context.runInChildContextAsync("waits", String.class, (child) -> {
				child.wait("short", Duration.ofSeconds(30));
				return logged("waited");
			});
			work(context);
			return waits.get();
		});
		awaitWork();
		awaitSleepUntil(Duration.ofSeconds(30));
		int calls = this.service.calls().size();
		this.time.advance(Duration.ofSeconds(30));
		awaitLog("waited");
		assertThat(this.service.calls().get(calls)).as("the poll").isEmpty();
		this.released.countDown();
		assertResult(within(answer), "\"waited\"");
	}

	@Test
	void retryThatIsDueWhileOtherCodeRunsIsMadeAtItsTime() throws Exception {
		CompletableFuture<JsonNode> answer = invokeAside((context, input) -> {
			DurableFuture<String> flaky = context.stepAsync("flaky", String.class, (step) -> {
				if (step.attempt() == 1) {
					throw new IllegalStateException("not yet");
				}
				return logged("retried");
			});
			work(context);
			return flaky.get();
		});
		awaitWork();
		Duration due = this.time.awaitSleep();
		while (due.equals(TIME_IS_UP)) {
			due = this.time.awaitSleep();
		}
		this.time.advance(due);
		awaitLog("retried");
		this.released.countDown();
		assertResult(within(answer), "\"retried\"");
	}

	@Test
	void callbackIsPolledForAtGrowingIntervals() throws Exception {
		CompletableFuture<JsonNode> answer = invokeAside((context, input) -> {
			DurableFuture<String> waits = context.runInChildContextAsync("waits", String.class, (child) -> {
				child.createCallback("approval", String.class).get();
				return logged("called back");
			});
			work(context);
			return waits.get();
		});
		awaitWork();
		int seconds = 0;
		for (int interval : new int[] { 1, 2, 4, 8, 10, 10 }) {
			seconds += interval;
			awaitSleepUntil(Duration.ofSeconds(seconds));
			if (interval == 10 && seconds > 30) {
				complete(this.service.operation("approval"));
			}
			this.time.advance(Duration.ofSeconds(interval));
		}
		awaitLog("called back");
		this.released.countDown();
		assertResult(within(answer), "\"called back\"");
		assertThat(this.service.calls()).filteredOn((call) -> call.isEmpty()).hasSize(6);
	}

	private void complete(Operation callback) {
		this.service.put(callback.toBuilder()
			.status(OperationStatus.SUCCEEDED)
			.callbackDetails(callback.callbackDetails().toBuilder().result("\"yes\"").build())
			.build());
	}

	@Test
	void nothingIsPolledForWhenNothingIsAwaited() throws Exception {
		CompletableFuture<JsonNode> answer = invokeAside((context, input) -> work(context));
		awaitWork();
		awaitSleepUntil(TIME_IS_UP);
		this.released.countDown();
		assertResult(within(answer), "\"worked\"");
		assertThat(this.service.calls()).noneMatch((call) -> call.isEmpty());
	}

	@Test
	void whatBelongsToAnEndedContextIsNotPolledFor() {
		KnownOperations known = new KnownOperations();
		Polls polls = new Polls(known, () -> 1);
		PendingOperations pending = new PendingOperations(known, polls);
		pending.context("batch", dev.durable.OperationStatus.STARTED);
		pending.callback("left", "batch");
		assertThat(polls.next()).isEqualTo(HandTime.START.plusSeconds(1));
		pending.context("batch", dev.durable.OperationStatus.SUCCEEDED);
		assertThat(polls.next()).isNull();
		assertThat(known.isAnythingPending()).isFalse();
	}

	@Test
	void whatIsNotThereAtItsTimeIsPolledForAgain() {
		KnownOperations known = new KnownOperations();
		Polls polls = new Polls(known, () -> 0.5);
		new PendingOperations(known, polls).waiting("wait", HandTime.START.plusSeconds(60));
		assertThat(polls.next()).isEqualTo(HandTime.START.plusSeconds(60));
		polls.polled(HandTime.START.plusSeconds(60));
		assertThat(polls.next()).isEqualTo(HandTime.START.plusMillis(60_500));
		polls.polled(HandTime.START.plusSeconds(61));
		assertThat(polls.next()).isEqualTo(HandTime.START.plusSeconds(62));
	}

	@Test
	void suspensionThatTheLastAnswerEndsGoesOnInTheSameInvocation() throws Exception {
		this.settings = this.settings.with(new LambdaSettings.Checkpoints(200, 768_000, Duration.ofHours(1)));
		CompletableFuture<FakeService.Hold> hold = new CompletableFuture<>();
		CompletableFuture<JsonNode> answer = invokeAside((context, input) -> {
			var callback = context.createCallback("approval", String.class);
			context.randomUUID();
			hold.complete(this.service.holdNext());
			return callback.get();
		});
		FakeService.Hold last = hold.get(10, TimeUnit.SECONDS);
		last.awaitCall();
		Operation callback = this.service.operation("approval");
		this.service.put(callback.toBuilder()
			.status(OperationStatus.SUCCEEDED)
			.callbackDetails(CallbackDetails.builder()
				.callbackId(callback.callbackDetails().callbackId())
				.result("\"just in time\"")
				.build())
			.build());
		last.release();
		assertResult(within(answer), "\"just in time\"");
	}

}
