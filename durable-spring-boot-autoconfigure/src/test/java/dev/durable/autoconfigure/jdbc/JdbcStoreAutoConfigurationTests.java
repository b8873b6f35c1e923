package dev.durable.autoconfigure.jdbc;

import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.durable.autoconfigure.MemoryStoreAutoConfiguration;
import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.NodeId;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.jdbc.JdbcCheckpointStore;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests of {@link JdbcStoreAutoConfiguration}. */
@ExtendWith(OutputCaptureExtension.class)
class JdbcStoreAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JdbcStoreAutoConfiguration.class, MemoryStoreAutoConfiguration.class));

	private final ApplicationContextRunner h2Runner = this.contextRunner
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:store-selection");

	@Test
	void storeWhenThereIsADataSourceIsJdbcWithItsTables() {
		this.h2Runner.run((context) -> {
			assertThat(context).hasSingleBean(CheckpointStore.class)
				.hasSingleBean(JdbcCheckpointStore.class)
				.hasSingleBean(ExecutionQueries.class);
			context.getBean(CheckpointStore.class).heartbeat(new NodeId("node-1"));
		});
	}

	@Test
	void storeWhenTheApplicationsDataSourceIsInjectedLeavesItTheOnlyOne() {
		this.h2Runner.run((context) -> assertThat(context).hasSingleBean(DataSource.class));
	}

	@Test
	void storeWhenThereIsNoDataSourceIsMemory() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(CheckpointStore.class)
			.hasSingleBean(MemoryCheckpointStore.class));
	}

	@Test
	void storeWhenMemoryIsAskedForIgnoresTheDataSource() {
		this.h2Runner.withPropertyValues("durable.store.type=memory")
			.run((context) -> assertThat(context).hasSingleBean(MemoryCheckpointStore.class)
				.doesNotHaveBean(JdbcCheckpointStore.class)
				.doesNotHaveBean(JournalConnections.class));
	}

	@Test
	void storeWhenItsJarIsMissingIsMemory() {
		this.h2Runner.withClassLoader(new FilteredClassLoader(JdbcCheckpointStore.class))
			.run((context) -> assertThat(context).hasSingleBean(MemoryCheckpointStore.class));
	}

	@Test
	void storeWhenTheApplicationHasOneBacksOff() {
		this.h2Runner.withBean("ownStore", MemoryCheckpointStore.class, MemoryCheckpointStore::new)
			.run((context) -> assertThat(context).hasSingleBean(CheckpointStore.class).hasBean("ownStore"));
	}

	@Test
	void storeWhenTheDatabaseIsInMemoryWarns(CapturedOutput output) {
		this.h2Runner.run((context) -> assertThat(output)
			.contains("Durable executions are kept in an H2 database in memory: none of them survives a restart"));
	}

	@Test
	void storeWhenSchemaIsNeverInitializedMissesItsTables() {
		this.h2Runner
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:no-tables",
					"durable.store.jdbc.initialize-schema=never")
			.run((context) -> assertThatExceptionOfType(StoreUnavailableException.class)
				.isThrownBy(() -> context.getBean(CheckpointStore.class).heartbeat(new NodeId("node-1"))));
	}

	@Test
	void storeWhenTheDatabaseIsDownStartsAndFailsOnUse() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=jdbc:h2:tcp://127.0.0.1:1/down",
					"spring.datasource.hikari.connection-timeout=250")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThatExceptionOfType(StoreUnavailableException.class)
					.isThrownBy(() -> context.getBean(CheckpointStore.class).heartbeat(new NodeId("node-1")));
			});
	}

	@Test
	void poolWhenTheContextClosesIsClosedAndTheApplicationsIsLeftToItsOwner() {
		HikariDataSource[] pools = new HikariDataSource[2];
		this.h2Runner.withPropertyValues("durable.store.jdbc.connections=7").run((context) -> {
			pools[0] = (HikariDataSource) context.getBean(JournalConnections.class).dataSource();
			pools[1] = context.getBean(HikariDataSource.class);
			assertThat(pools[0]).isNotSameAs(pools[1]);
			assertThat(pools[0].getMaximumPoolSize()).isEqualTo(7);
			assertThat(pools[0].isClosed()).isFalse();
		});
		assertThat(pools[0].isClosed()).isTrue();
	}

	@Test
	void storeWhenOneOfSeveralDataSourcesIsMarkedUsesThat() {
		this.contextRunner.withUserConfiguration(TwoDataSources.class, MarkedDataSource.class)
			.run((context) -> assertThat(journalUrl(context::getBean)).isEqualTo("jdbc:h2:mem:marked"));
	}

	@Test
	void storeWhenTheOnlyDataSourceIsHiddenAndMarkedUsesIt() {
		this.contextRunner.withUserConfiguration(MarkedDataSource.class)
			.run((context) -> assertThat(journalUrl(context::getBean)).isEqualTo("jdbc:h2:mem:marked"));
	}

	@Test
	void storeWhenNoneOfSeveralDataSourcesStandsOutFailsWithAdvice() {
		this.contextRunner.withUserConfiguration(TwoDataSources.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(StoreSelectionException.class, (failure) -> {
					assertThat(failure).hasMessageContaining(
							"need one DataSource but the application has 2 of which none is primary: [first, second]");
					assertThat(failure.action()).contains("@DurableDataSource or @Primary");
				}));
	}

	private static String journalUrl(Function<Class<JournalConnections>, JournalConnections> bean) {
		return String.valueOf(bean.apply(JournalConnections.class).url().text());
	}

	private static HikariDataSource pool(String name) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:h2:mem:" + name);
		return pool;
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@Bean
		DataSource first() {
			return pool("first");
		}

		@Bean
		DataSource second() {
			return pool("second");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MarkedDataSource {

		@Bean(defaultCandidate = false)
		@DurableDataSource
		DataSource marked() {
			return pool("marked");
		}

	}

}
