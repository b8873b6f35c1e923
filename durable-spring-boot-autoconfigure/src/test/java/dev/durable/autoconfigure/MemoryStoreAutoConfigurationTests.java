package dev.durable.autoconfigure;

import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link MemoryStoreAutoConfiguration}. */
@ExtendWith(OutputCaptureExtension.class)
class MemoryStoreAutoConfigurationTests {

	private static final String WARNING = "none of them survives a restart";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MemoryStoreAutoConfiguration.class));

	@Test
	void storeWhenNoTypeIsSetIsMemoryAndWarnsOnce(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(CheckpointStore.class).hasSingleBean(ExecutionQueries.class);
			assertThat(output.getOut().split(WARNING, -1)).hasSize(2);
			assertThat(output).contains("Set 'durable.store.type=memory' if that is meant");
		});
	}

	@Test
	void storeWhenMemoryIsAskedForDoesNotWarn(CapturedOutput output) {
		this.contextRunner.withPropertyValues("durable.store.type=memory").run((context) -> {
			assertThat(context).hasSingleBean(MemoryCheckpointStore.class);
			assertThat(output).doesNotContain(WARNING);
		});
	}

	@Test
	void storeWhenTheApplicationHasOneBacksOff() {
		this.contextRunner.withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context).hasSingleBean(CheckpointStore.class)
				.hasBean("ownStore")
				.doesNotHaveBean("memoryCheckpointStore"));
	}

	@Test
	void storeWhenJdbcIsAskedForWithoutDataSourceFailsWithAdvice() {
		this.contextRunner.withPropertyValues("durable.store.type=jdbc").run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			assertThat(analysis.getDescription())
				.isEqualTo("'durable.store.type' is 'jdbc' but the application has no DataSource.");
			assertThat(analysis.getAction()).contains("spring.datasource.url", "durable.store.type=memory");
		});
	}

	@Test
	void storeWhenJdbcIsAskedForWithoutItsJarFailsWithAdvice() {
		this.contextRunner.withPropertyValues("durable.store.type=jdbc")
			.withClassLoader(new FilteredClassLoader("dev.durable.store.jdbc"))
			.run((context) -> {
				FailureAnalysis analysis = analysis(context.getStartupFailure());
				assertThat(analysis.getDescription())
					.isEqualTo("'durable.store.type' is 'jdbc' but durable-store-jdbc is not on the class path.");
				assertThat(analysis.getAction()).contains("dev.durable:durable-store-jdbc");
			});
	}

	@Test
	void storeWhenDynamoDbIsAskedForWithoutItsJarFailsWithAdvice() {
		this.contextRunner.withPropertyValues("durable.store.type=dynamodb")
			.withClassLoader(new FilteredClassLoader("dev.durable.store.dynamodb"))
			.run((context) -> {
				FailureAnalysis analysis = analysis(context.getStartupFailure());
				assertThat(analysis.getDescription()).isEqualTo(
						"'durable.store.type' is 'dynamodb' but durable-store-dynamodb is not on the class path.");
				assertThat(analysis.getAction()).contains("dev.durable:durable-store-dynamodb");
			});
	}

	@Test
	void storeWhenDynamoDbIsAskedForWithoutTheSdkFailsWithAdvice() {
		this.contextRunner.withPropertyValues("durable.store.type=dynamodb")
			.withClassLoader(new FilteredClassLoader("software.amazon.awssdk.services.dynamodb"))
			.run((context) -> {
				FailureAnalysis analysis = analysis(context.getStartupFailure());
				assertThat(analysis.getDescription()).isEqualTo(
						"'durable.store.type' is 'dynamodb' but the AWS SDK for DynamoDB is not on the class path.");
				assertThat(analysis.getAction()).contains("software.amazon.awssdk:dynamodb");
			});
	}

	@Test
	void storeWhenNoTypeIsSetBesideTheDynamoDbStoreNamesItsType(CapturedOutput output) {
		this.contextRunner.run((context) -> assertThat(output).contains("durable.store.type=dynamodb"));
		this.contextRunner.withClassLoader(new FilteredClassLoader("dev.durable.store.dynamodb"))
			.run((context) -> assertThat(output.getOut().split("durable.store.type=dynamodb", -1)).hasSize(2));
	}

	private static FailureAnalysis analysis(Throwable failure) {
		FailureAnalysis analysis = new StoreSelectionFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		return analysis;
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		MemoryCheckpointStore ownStore() {
			return new MemoryCheckpointStore();
		}

	}

}
