package dev.durable.store.dynamodb;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.durable.CallbackOptions;
import dev.durable.DurableContext;
import dev.durable.FunctionVersion;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.engine.FunctionBody;
import dev.durable.engine.FunctionDefinition;
import dev.durable.store.ClaimRequest;
import dev.durable.store.NodeId;
import dev.durable.store.tck.QuietExecutor;
import dev.durable.store.tck.VirtualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What things cost in DynamoDB's units, as it reports them itself. */
class DynamoDbCostTests {

	private static final FunctionVersion FUNCTION = new FunctionVersion("process-order", "1");

	private static final Duration RARELY = Duration.ofHours(10);

	private final VirtualTime time = new VirtualTime();

	private final QuietExecutor executor = new QuietExecutor();

	private final MeteredClient meter = new MeteredClient(LocalDynamoDb.directClient());

	private EmbeddedEngine engine;

	@AfterEach
	void stopEngine() {
		if (this.engine != null) {
			this.engine.stop();
		}
	}

	@ParameterizedTest
	@CsvSource({ "false, 14", "true, 18" })
	void executionOfTenStepsCostsOneWriteForEachAppendAndItsRegistration(boolean listed, double writes) {
		start(store(listed, 4), DynamoDbCostTests::tenSteps);
		run();
		assertThat(this.meter.writes()).as("Charges: %s", this.meter.charges()).isEqualTo(writes);
		assertThat(this.meter.reads()).as("Charges: %s", this.meter.charges()).isZero();
	}

	@Test
	void suspensionCostsFourWritesToSleepAndThreeToGoOn() {
		start(store(false, 4), DynamoDbCostTests::tenStepsAndAWait);
		run();
		int startAndSteps = 2 + 10;
		assertThat(this.meter.writes() - startAndSteps).as("To sleep").isEqualTo(4);
		assertThat(this.meter.reads()).as("To sleep").isZero();
		this.meter.reset();
		this.time.advance(Duration.ofSeconds(61));
		this.executor.awaitQuiet();
		int waitSucceededAndEnd = 1 + 2;
		assertThat(this.meter.writes() - waitSucceededAndEnd).as("Charges: %s", this.meter.charges()).isEqualTo(3);
		double beforeItGoesOn = this.meter.charges()
			.stream()
			.filter((charge) -> !charge.write() && charge.units() >= 1)
			.mapToDouble(MeteredClient.Charge::units)
			.sum();
		// the journal and the signals that wait; polls, in half units, may come twice
		assertThat(beforeItGoesOn).as("Charges: %s", this.meter.charges()).isEqualTo(2 + 1);
	}

	@Test
	void stepThatTakesLongerThanAMinuteCostsATransaction() {
		start(store(false, 4), (context, input) -> {
			context.step("quick", String.class, (step) -> "quick");
			context.step("slow", String.class, (step) -> {
				this.meter.reset();
				this.time.advance(Duration.ofSeconds(61));
				return "slow";
			});
			context.step("quick-again", String.class, (step) -> "quick");
			return "done";
		});
		run();
		// its start goes by itself if the step is seen to be slow, or with the end
		assertThat(this.meter.charges()).filteredOn((charge) -> charge.request().equals("transactWriteItems"))
			.extracting(MeteredClient.Charge::units)
			.containsExactly(4.0);
	}

	@Test
	void callbackCostsOneWriteToCreateAndFourToComplete() {
		String[] id = new String[1];
		start(store(false, 4), (context, input) -> {
			var callback = context.createCallback("approval", String.class, CallbackOptions.defaults());
			id[0] = callback.callbackId();
			return callback.get();
		});
		run();
		int startAndRecordsAndSleep = 2 + 1 + 4;
		assertThat(this.meter.writes() - startAndRecordsAndSleep).as("Charges: %s", this.meter.charges()).isEqualTo(1);
		// what wakes the execution is another node's business here
		this.engine.stop();
		this.meter.reset();
		this.engine.client().callbacks().succeed(id[0], "granted");
		assertThat(this.meter.writes()).as("Charges: %s", this.meter.charges()).isEqualTo(4);
		assertThat(this.meter.reads()).as("Charges: %s", this.meter.charges()).isEqualTo(6);
	}

	@Test
	void removalCostsOneWriteForEachItemAndOneForTheHead() {
		DynamoDbCheckpointStore store = store(true, 4);
		start(store, DynamoDbCostTests::tenSteps);
		var handle = this.engine.client().function(FUNCTION.name()).start("a small order");
		this.executor.awaitQuiet();
		this.meter.reset();
		store.delete(List.of(handle.id()));
		// twelve appends, the head once more, two lists
		assertThat(this.meter.writes()).as("Charges: %s", this.meter.charges()).isEqualTo(12 + 1 + 2);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "4, 4" })
	void idlePollCostsOneReadUnitForEachShard(int shards, double reads) {
		DynamoDbCheckpointStore store = store(true, shards);
		NodeId node = new NodeId("node");
		store.signalled(node);
		this.meter.reset();
		store.claim(new ClaimRequest(node, Set.of(FUNCTION), this.time.instant(), 50));
		store.signalled(node);
		assertThat(this.meter.reads()).isEqualTo(reads);
		assertThat(this.meter.writes()).isZero();
	}

	@Test
	void idlePollWhenManyExecutionsSleepCostsTheSame() {
		DynamoDbCheckpointStore store = store(false, 4);
		start(store, (context, input) -> {
			context.wait("long", Duration.ofDays(1));
			return "done";
		});
		for (int i = 0; i < 300; i++) {
			this.engine.client().function(FUNCTION.name()).start("input");
		}
		this.executor.awaitQuiet();
		this.meter.reset();
		store.claim(new ClaimRequest(new NodeId("node"), Set.of(FUNCTION), this.time.instant(), 50));
		assertThat(this.meter.reads()).isEqualTo(2);
	}

	@Test
	void heartbeatOfANodeThatOwnsNothingCostsOneWriteAndFewReads() {
		DynamoDbCheckpointStore store = store(true, 4);
		NodeId node = new NodeId("node");
		store.heartbeat(node);
		this.meter.reset();
		store.heartbeat(node);
		store.ownedBy(node, Set.of());
		store.claimAbandoned(new ClaimRequest(node, Set.of(FUNCTION), this.time.instant(), 50), this.time.instant());
		assertThat(this.meter.writes()).isEqualTo(1);
		assertThat(this.meter.reads()).isEqualTo(4.5);
	}

	private DynamoDbCheckpointStore store(boolean listed, int shards) {
		return DynamoDbCheckpointStore.builder(this.meter.client())
			.table(LocalDynamoDb.freshTable())
			.listIndex(listed)
			.shards(shards)
			.clock(this.time)
			.build();
	}

	private void start(DynamoDbCheckpointStore store, FunctionBody body) {
		this.engine = EmbeddedEngine.builder(store, store.queries(), new JacksonPayloadCodec())
			.functions(() -> List.of(new FunctionDefinition(FUNCTION, String.class, String.class, null, body)))
			// only what a wake-up asks for: neither polls nor heartbeats
			.settings(EngineSettings.defaults()
				.with(new EngineSettings.Node(50, RARELY, RARELY, RARELY.multipliedBy(3), RARELY)))
			.executor(this.executor)
			.timers(this.time)
			.build();
		this.engine.start();
		this.executor.awaitQuiet();
		this.meter.reset();
	}

	private void run() {
		this.engine.client().function(FUNCTION.name()).start("a small order");
		this.executor.awaitQuiet();
	}

	private static Object tenSteps(DurableContext context, Object input) {
		for (int i = 1; i <= 10; i++) {
			context.step("step-" + i, String.class, (step) -> "a small result of step " + step.operationId());
		}
		return "done";
	}

	private static Object tenStepsAndAWait(DurableContext context, Object input) {
		tenSteps(context, input);
		context.wait("pause", Duration.ofSeconds(60));
		return "done";
	}

}
