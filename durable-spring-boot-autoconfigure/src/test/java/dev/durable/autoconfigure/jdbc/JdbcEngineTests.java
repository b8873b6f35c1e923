package dev.durable.autoconfigure.jdbc;

import java.sql.Connection;

import com.zaxxer.hikari.HikariDataSource;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.autoconfigure.DurableAutoConfiguration;
import dev.durable.autoconfigure.DurableCodecAutoConfiguration;
import dev.durable.autoconfigure.EmbeddedEngineAutoConfiguration;
import dev.durable.autoconfigure.MemoryStoreAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** The engine on the application's database. */
class JdbcEngineTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcStoreAutoConfiguration.class,
				MemoryStoreAutoConfiguration.class, DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
				EmbeddedEngineAutoConfiguration.class))
		.withPropertyValues("spring.datasource.hikari.maximum-pool-size=1", "durable.store.jdbc.table-prefix=shop_")
		.withUserConfiguration(Flows.class);

	@Test
	void functionWhenCalledIsRecordedInTheApplicationsDatabase() {
		this.contextRunner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:recorded").run((context) -> {
			assertThat(context.getBean(Flow.class).run("a")).isEqualTo("a done");
			Integer steps = new JdbcTemplate(context.getBean(HikariDataSource.class))
				.queryForObject("SELECT count(*) FROM shop_event WHERE event_type = 'StepSucceeded'", Integer.class);
			assertThat(steps).isEqualTo(1);
		});
	}

	@Test
	void functionWhenTheCallerHoldsTheApplicationsLastConnectionCompletes() {
		this.contextRunner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:held;DB_CLOSE_DELAY=-1")
			.run((context) -> {
				HikariDataSource pool = context.getBean(HikariDataSource.class);
				try (Connection held = pool.getConnection()) {
					assertThat(pool.getHikariPoolMXBean().getIdleConnections()).isZero();
					assertThat(context.getBean(Flow.class).run("b")).isEqualTo("b done");
					assertThat(held.isValid(1)).isTrue();
				}
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

}
