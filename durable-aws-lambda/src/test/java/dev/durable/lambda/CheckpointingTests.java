package dev.durable.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.codec.Payload;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import dev.durable.payload.PayloadSealing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What goes out when, while the test holds calls back. */
class CheckpointingTests {

	private static final Duration AT_ONCE = Duration.ZERO;

	private final HandTime time = new HandTime();

	private final FakeService service = new FakeService(this.time, "\"input\"");

	private final KnownOperations known = new KnownOperations();

	private final Seen seen = new Seen();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private Checkpointing checkpointing;

	@AfterEach
	void stop() throws InterruptedException {
		this.checkpointing.stop();
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	private void begin(int maxUpdates, int maxBytes, Duration delay) {
		JacksonPayloadCodec codec = new JacksonPayloadCodec();
		SealedTexts texts = new SealedTexts(PayloadSealing.none(),
				new ExceptionCodec(codec, (name) -> false, getClass().getClassLoader()),
				new ExecutionId(FakeService.ARN));
		Budget budget = new Budget(new ExecutionId(FakeService.ARN), LambdaSettings.defaults().limits());
		CheckpointCalls calls = new CheckpointCalls(CheckpointApi.of(() -> this.service), FakeService.ARN,
				this.service.beginInvocation());
		this.checkpointing = new Checkpointing(
				new Checkpointing.Wire(calls, new UpdateWriter(texts, 262_144, budget, UnaryOperator.identity()),
						new OperationReader(texts, codec)),
				this.known, new LambdaSettings.Checkpoints(maxUpdates, maxBytes, delay), this.time.time(), Instant.MAX);
		this.checkpointing.watch(this.seen);
		this.checkpointing.start(this.threads);
	}

	private void begin() {
		begin(200, 768_000, AT_ONCE);
	}

	private static OperationRef step(String name) {
		return new OperationRef(new OperationId(name), null, name, OperationSubType.STEP);
	}

	private static OperationUpdate start(String name) {
		return OperationUpdate.start(step(name), UpdateOptions.NONE);
	}

	private static OperationUpdate succeed(String name, int size) {
		return OperationUpdate.succeed(step(name), Payload.ofText("x".repeat(size)), UpdateOptions.NONE);
	}

	private static void within(CompletableFuture<Void> flush) throws Exception {
		flush.get(10, TimeUnit.SECONDS);
	}

	private List<Integer> sizes() {
		return this.service.calls().stream().map(List::size).toList();
	}

	@Test
	void updateIsSentAlthoughNobodyWaitsForIt() {
		begin();
		FakeService.Hold hold = this.service.holdNext();
		this.checkpointing.add(List.of(start("a")));
		hold.awaitCall();
		hold.release();
		this.checkpointing.settle();
		assertThat(this.service.operation("a").statusAsString()).isEqualTo("STARTED");
	}

	@Test
	void updatesThatComeDuringACallGoTogetherInTheNext() throws Exception {
		begin();
		FakeService.Hold hold = this.service.holdNext();
		this.checkpointing.add(List.of(start("a")));
		hold.awaitCall();
		this.checkpointing.add(List.of(start("b")));
		this.checkpointing.add(List.of(succeed("a", 10), start("c")));
		CompletableFuture<Void> flush = this.checkpointing.flush();
		assertThat(flush).isNotDone();
		hold.release();
		within(flush);
		assertThat(sizes()).containsExactly(1, 3);
	}

	@Test
	void updatesBeyondTheLimitOfACallGoInFurtherCalls() throws Exception {
		begin();
		FakeService.Hold hold = this.service.holdNext();
		this.checkpointing.add(List.of(start("first")));
		hold.awaitCall();
		List<OperationUpdate> many = new ArrayList<>();
		for (int i = 0; i < 450; i++) {
			many.add(start("step-" + i));
		}
		this.checkpointing.add(many);
		hold.release();
		within(this.checkpointing.flush());
		assertThat(sizes()).containsExactly(1, 200, 200, 50);
	}

	@Test
	void updatesBeyondTheBytesOfACallGoInFurtherCalls() throws Exception {
		begin();
		FakeService.Hold hold = this.service.holdNext();
		this.checkpointing.add(List.of(start("a"), start("b"), start("c"), start("d")));
		hold.awaitCall();
		this.checkpointing
			.add(List.of(succeed("a", 250_000), succeed("b", 250_000), succeed("c", 250_000), succeed("d", 250_000)));
		hold.release();
		within(this.checkpointing.flush());
		assertThat(sizes()).containsExactly(4, 3, 1);
	}

	@Test
	void updateThatIsLargerThanACallGoesAlone() throws Exception {
		begin(200, 10_000, AT_ONCE);
		FakeService.Hold hold = this.service.holdNext();
		this.checkpointing.add(List.of(start("a"), start("b"), start("c")));
		hold.awaitCall();
		this.checkpointing.add(List.of(succeed("a", 10), succeed("b", 50_000), succeed("c", 10)));
		hold.release();
		within(this.checkpointing.flush());
		assertThat(sizes()).containsExactly(3, 1, 1, 1);
	}

	@Test
	void operationIsNotUpdatedTwiceInACallButForItsStartAndItsEnd() throws Exception {
		begin();
		FakeService.Hold hold = this.service.holdNext();
		this.checkpointing.add(List.of(start("first")));
		hold.awaitCall();
		this.checkpointing.add(List.of(start("a"),
				OperationUpdate.retry(step("a"), Payload.ofText("{\"errorType\":\"x\",\"stackTrace\":[]}"),
						new UpdateOptions.RetryAfter(Duration.ZERO))));
		hold.release();
		within(this.checkpointing.flush());
		FakeService.Hold second = this.service.holdNext();
		this.checkpointing.add(List.of(start("other")));
		second.awaitCall();
		this.time.advance(Duration.ofSeconds(1));
		this.checkpointing.add(List.of(start("a"), succeed("a", 10), start("z")));
		second.release();
		within(this.checkpointing.flush());
		assertThat(sizes()).containsExactly(1, 2, 1, 3);
		assertThat(this.service.operation("a").stepDetails().attempt()).isEqualTo(2);
	}

	@Test
	void flushCompletesAfterWhatTheAnswerTellsIsKnown() throws Exception {
		begin();
		this.checkpointing.add(List.of(start("a"), succeed("a", 10)));
		CompletableFuture<Boolean> knownThen = this.checkpointing.flush()
			.thenApply((nothing) -> this.seen.names.contains("a SUCCEEDED"));
		assertThat(knownThen.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.known.get(new OperationId("a")).attempt()).isEqualTo(1);
	}

	@Test
	void answerOfSeveralPagesIsReadToItsEnd() throws Exception {
		begin();
		this.service.pageSize(2);
		this.checkpointing.add(List.of(start("a"), start("b"), start("c"), start("d"), start("e")));
		within(this.checkpointing.flush());
		assertThat(this.seen.names).containsExactly("a STARTED", "b STARTED", "c STARTED", "d STARTED", "e STARTED");
		assertThat(this.service.pages()).containsExactly(1000, 1000);
	}

	@Test
	void updateWaitsForOthersIfTheSettingsSaySo() throws Exception {
		begin(200, 768_000, Duration.ofMillis(100));
		this.checkpointing.add(List.of(start("a")));
		this.time.awaitSleepUntil(Duration.ofMillis(100));
		this.time.advance(Duration.ofMillis(50));
		this.checkpointing.add(List.of(succeed("a", 10)));
		assertThat(this.service.calls()).isEmpty();
		within(this.checkpointing.flush());
		assertThat(sizes()).containsExactly(2);
	}

	@Test
	void failedCallFailsWhoWaitsAndWhoComesLater() {
		begin();
		this.service.failWith(() -> FakeService.invalid("no"));
		FakeService.Hold hold = this.service.holdNext();
		this.checkpointing.add(List.of(start("a")));
		CompletableFuture<Void> flush = this.checkpointing.flush();
		hold.release();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> flush.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(JournalLostException.class);
		assertThatExceptionOfType(JournalLostException.class)
			.isThrownBy(() -> this.checkpointing.add(List.of(start("b"))));
		assertThatExceptionOfType(JournalLostException.class).isThrownBy(() -> this.checkpointing.settle());
		this.checkpointing.stop();
		assertThat(this.service.calls()).as("nothing is sent after a failure").hasSize(1);
		assertThat(this.seen.names).containsExactly("lost");
	}

	/** What the watcher was told, in its order. */
	private static final class Seen implements CheckpointWatcher {

		private final List<String> names = Collections.synchronizedList(new ArrayList<>());

		@Override
		public void changed(OperationState state) {
			this.names.add(state.operation().name() + " " + state.status());
		}

		@Override
		public void lost(JournalLostException reason) {
			this.names.add("lost");
		}

		@Override
		public void timeIsUp() {
			this.names.add("time is up");
		}

	}

}
