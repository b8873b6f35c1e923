package dev.durable.autoconfigure.dynamodb;

import java.util.List;

import dev.durable.DurableClient;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;
import dev.durable.autoconfigure.DurableAutoConfiguration;
import dev.durable.autoconfigure.DurableCodecAutoConfiguration;
import dev.durable.autoconfigure.EmbeddedEngineAutoConfiguration;
import dev.durable.autoconfigure.MemoryStoreAutoConfiguration;
import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.store.CheckpointStore;
import dev.durable.store.NodeId;
import dev.durable.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The engine on a DynamoDB table. */
class DynamoDbEngineTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DynamoDbStoreAutoConfiguration.class,
				MemoryStoreAutoConfiguration.class, DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
				EmbeddedEngineAutoConfiguration.class))
		.withPropertyValues("durable.store.type=dynamodb");

	private final ApplicationContextRunner localRunner = this.contextRunner
		.withBean(DynamoDbAsyncClient.class, () -> new LocalDynamoDb().client())
		.withPropertyValues("durable.store.dynamodb.table=" + LocalDynamoDb.freshTable(),
				"durable.store.dynamodb.create-table=true");

	@Test
	@Timeout(60)
	void functionWhenCalledIsRecordedAndListed() {
		this.localRunner.withUserConfiguration(Flows.class).run((context) -> {
			assertThat(context.getBean(Flow.class).run("a")).isEqualTo("a done");
			List<ExecutionSummary> listed = context.getBean(DurableClient.class)
				.list(ExecutionQuery.all())
				.executions();
			assertThat(listed).singleElement()
				.satisfies((execution) -> assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED));
		});
	}

	@Test
	@Timeout(60)
	void applicationWhenDynamoDbCannotBeReachedStartsAndFailsOnUse() {
		this.contextRunner.withPropertyValues("durable.store.dynamodb.endpoint=http://127.0.0.1:1")
			.withUserConfiguration(Flows.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(EmbeddedEngine.class).isRunning()).isTrue();
				assertThatExceptionOfType(StoreUnavailableException.class)
					.isThrownBy(() -> context.getBean(CheckpointStore.class).heartbeat(new NodeId("node-1")))
					.withMessageContaining("DynamoDB table 'durable'");
			});
	}

	@Test
	void functionWhenItsAnnotationKeepsItLongerThanAnyPropertyIsRefusedWithAdvice() {
		this.localRunner.withUserConfiguration(LongFlows.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(StoreSelectionException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("@DurableFunction 'sign-contract' has a retention of -1");
					assertThat(failure.action()).isEqualTo("Set 'durable.functions.sign-contract.retention=-1'.");
				}));
	}

	@Test
	void functionWhenAPropertyHasItsRetentionIsAccepted() {
		this.localRunner.withUserConfiguration(LongFlows.class)
			.withPropertyValues("durable.functions.sign-contract.retention=-1")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(LongestRetention.class).duration()).isEqualTo(LongestRetention.FOR_EVER);
			});
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Flow.class)
	static class Flows {

	}

	static class Flow {

		@DurableFunction(name = "flow")
		String run(String input) {
			return work(input);
		}

		@DurableStep
		String work(String input) {
			return input + " done";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(LongFlow.class)
	static class LongFlows {

	}

	static class LongFlow {

		@DurableFunction(name = "sign-contract", retention = "-1")
		String sign(String customer) {
			return "Signed by " + customer;
		}

	}

}
