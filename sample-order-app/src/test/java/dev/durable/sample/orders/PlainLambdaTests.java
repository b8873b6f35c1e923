package dev.durable.sample.orders;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.DurableClient;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.HistoryEvent;
import dev.durable.dynamodb.local.DynamoDbLocalServer;
import dev.durable.store.CheckpointStore;
import dev.durable.store.tck.CrashPoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An order on plain Lambda with DynamoDB: it waits, is approved from outside, and is
 * shipped, while no invocation has more than three seconds.
 */
@Timeout(60)
class PlainLambdaTests {

	private static final String DECLINED = "{\"id\":\"order-0\",\"item\":\"lamp\",\"quantity\":1,\"amountCents\":1,\"card\":\"tok_declined\"}";

	private static final String ORDER = "{\"id\":\"order-1\",\"item\":\"lamp\",\"quantity\":2,\"amountCents\":60000,\"card\":\"tok_visa\"}";

	/** Its process appends that the approval came, ships the order, and dies. */
	private static final CrashPoint SHIPPED_BUT_NOT_RECORDED = new CrashPoint(2, CrashPoint.Moment.BEFORE);

	private static DynamoDbLocalServer server;

	private static DynamoDbAsyncClient dynamoDb;

	private static int tables;

	private final String table = "plain-" + ++tables;

	private final String database = "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID());

	private final PlainLambda lambda = new PlainLambda(
			(wakeUps, crashPoint) -> new PlainProcess(properties(), dynamoDb, wakeUps, crashPoint));

	private ConfigurableApplicationContext shop;

	@BeforeAll
	static void startDynamoDb() {
		server = DynamoDbLocalServer.inMemory();
		dynamoDb = DynamoDbAsyncClient.builder()
			.endpointOverride(server.endpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
			.build();
	}

	@AfterAll
	static void stopDynamoDb() {
		dynamoDb.close();
		server.close();
	}

	/** A web application with the same table and database, which runs no executions. */
	@BeforeEach
	void startShop() {
		this.shop = new SpringApplicationBuilder(OrderApplication.class).web(WebApplicationType.NONE)
			.initializers((context) -> {
				context.getBeanFactory().registerSingleton("wakeUps", this.lambda);
				context.getBeanFactory().registerSingleton("dynamoDb", dynamoDb);
			})
			.run("--spring.profiles.active=lambda-plain", "--durable.worker.enabled=false",
					"--durable.store.dynamodb.create-table=true", "--ORDERS_TABLE=" + this.table,
					"--ORDERS_DB_URL=" + this.database, "--logging.level.software.amazon.dynamodb=off",
					"--spring.main.banner-mode=off");
		assertThat(this.shop.getBean(Audits.class).audit().running()).as("which makes the table").isZero();
		assertThat(this.lambda.warmUp(DECLINED)).contains("DECLINED");
	}

	@AfterEach
	void stop() {
		this.lambda.close();
		this.shop.close();
	}

	private String properties() {
		return JsonMapper.shared()
			.writeValueAsString(Map.of("AWS_LAMBDA_FUNCTION_NAME", "plain-process-order", "spring.profiles.active",
					"lambda-plain", "ORDERS_TABLE", this.table, "ORDERS_DB_URL", this.database, "orders.cooling-off",
					"1s", "orders.card-failure-rate", "0", "durable.worker.heartbeat-interval", "200ms",
					"durable.worker.node-timeout", "800ms", "spring.main.banner-mode", "off"));
	}

	@Test
	void orderGoesOnInAProcessThatIsFrozenInBetween() throws InterruptedException {
		ExecutionHandle<OrderOutcome> order = start();
		while (order.status() == ExecutionStatus.RUNNING) {
			this.lambda.invokeWhenDue();
			assertNobodyOwns(order);
			approve();
		}
		assertShippedOnce(order, 0);
		assertInvokedForStartWaitAndApproval(order);
		assertThat(this.lambda.processes()).isOne();
	}

	@Test
	void orderGoesOnInAFreshProcessForEachInvocation() throws InterruptedException {
		ExecutionHandle<OrderOutcome> order = start();
		while (order.status() == ExecutionStatus.RUNNING) {
			this.lambda.startFresh(MortalProcess.NEVER);
			this.lambda.invokeWhenDue();
			assertNobodyOwns(order);
			approve();
		}
		assertShippedOnce(order, 0);
		assertInvokedForStartWaitAndApproval(order);
		assertThat(this.lambda.processes()).isEqualTo(this.lambda.invocations());
	}

	@Test
	void orderWhoseProcessIsKilledGoesOnWithASweep() throws InterruptedException {
		ExecutionHandle<OrderOutcome> order = start();
		this.lambda.invokeWhenDue();
		approve();
		this.lambda.startFresh(SHIPPED_BUT_NOT_RECORDED);
		this.lambda.killWhenDue();
		assertThat(order.status()).as("the parcel is on its way, and nobody knows").isEqualTo(ExecutionStatus.RUNNING);
		await().atMost(Duration.ofSeconds(20)).pollInSameThread().until(() -> {
			this.lambda.sweep();
			return order.status() != ExecutionStatus.RUNNING;
		});
		assertNobodyOwns(order);
		assertShippedOnce(order, 1);
	}

	/** Start an execution by an event for the function of its name. */
	private ExecutionHandle<OrderOutcome> start() {
		JsonNode answer = JsonMapper.shared().readTree(this.lambda.invoke(ORDER));
		assertThat(answer.path("status").asString()).isEqualTo("RUNNING");
		ExecutionHandle<OrderOutcome> order = this.shop.getBean(DurableClient.class)
			.execution(new ExecutionId(answer.path("executionId").asString()), OrderOutcome.class);
		assertNobodyOwns(order);
		return order;
	}

	/** Approve the order from outside, if it waits for that. */
	private void approve() {
		this.shop.getBean(Approvals.class).callbackId("order-1").ifPresent((callbackId) -> {
			try {
				this.shop.getBean(DurableClient.class).callbacks().succeed(callbackId, new Approval(true, "Approved"));
			}
			catch (CallbackAlreadyCompletedException ex) {
				// Approved before.
				return;
			}
		});
	}

	private void assertNobodyOwns(ExecutionHandle<?> order) {
		assertThat(this.shop.getBean(CheckpointStore.class).find(order.id()).orElseThrow().state().node()).isNull();
	}

	/**
	 * Each invocation that is interrupted, as on a very busy machine, needs another one.
	 */
	private void assertInvokedForStartWaitAndApproval(ExecutionHandle<?> order) {
		assertThat(order.history()).noneMatch((event) -> event.error() != null);
		long interrupted = order.history()
			.stream()
			.filter((event) -> event.type() == EventType.INVOCATION_COMPLETED
					&& event.details().containsKey("unfinished"))
			.count();
		assertThat(this.lambda.invocations()).isBetween(3, 3 + (int) interrupted);
	}

	private void assertShippedOnce(ExecutionHandle<OrderOutcome> order, int repeated) {
		assertThat(order.result(Duration.ZERO).result()).isEqualTo(OrderOutcome.Result.SHIPPED);
		assertThat(order.history())
			.filteredOn((event) -> event.operation() != null && event.type().text().endsWith("Succeeded"))
			.extracting((HistoryEvent event) -> event.operation().name())
			.containsExactly("reserve-stock", "charge-card", "cooling-off", "remember-approval", "ask-approver",
					"approval", "ship");
		Audits audits = this.shop.getBean(Audits.class);
		assertThat(audits.effects("order-1")).isEqualTo(Map.of("RESERVE", 1L, "CHARGE", 1L, "SHIPMENT", 1L));
		assertThat(audits.audit().repeated()).isEqualTo(repeated);
		assertThat(audits.audit().stockBalanced()).isTrue();
	}

}
