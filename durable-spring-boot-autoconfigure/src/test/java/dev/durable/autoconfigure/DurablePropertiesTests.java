package dev.durable.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.durable.RetryPreset;
import dev.durable.StepSemantics;
import dev.durable.autoconfigure.DurableProperties.InitializeSchema;
import dev.durable.autoconfigure.DurableProperties.StoreType;
import dev.durable.spring.SelfCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests of {@link DurableProperties}. */
class DurablePropertiesTests {

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		DurableProperties properties = bind(Map.of());
		assertThat(properties.store().type()).isNull();
		assertThat(properties.store().jdbc().tablePrefix()).isEqualTo("durable_");
		assertThat(properties.store().jdbc().initializeSchema()).isEqualTo(InitializeSchema.EMBEDDED);
		assertThat(properties.store().jdbc().connections()).isEqualTo(8);
		assertThat(properties.store().dynamodb())
			.isEqualTo(new DurableProperties.DynamoDb("durable", false, 4, true, null, null));
		assertThat(properties.worker().enabled()).isTrue();
		assertThat(properties.threads().virtual()).isNull();
		assertThat(properties.selfCalls()).isEqualTo(SelfCalls.FAIL);
		assertThat(properties.callTimeout()).isEqualTo(Duration.ofSeconds(60));
		assertThat(properties.retention()).isEqualTo(Duration.ofDays(14));
		assertThat(properties.exceptions().allowedPackages()).isEmpty();
		assertThat(properties.steps()).isEmpty();
		assertThat(properties.functions()).isEmpty();
	}

	@Test
	void bindWhenEverythingIsSetHasIt() {
		DurableProperties properties = bind(Map.ofEntries(Map.entry("durable.store.type", "memory"),
				Map.entry("durable.store.jdbc.table-prefix", "shop_"),
				Map.entry("durable.store.jdbc.initialize-schema", "never"),
				Map.entry("durable.store.jdbc.connections", "9"), Map.entry("durable.worker.enabled", "false"),
				Map.entry("durable.worker.max-concurrent-executions", "7"),
				Map.entry("durable.worker.poll-interval", "300ms"),
				Map.entry("durable.worker.heartbeat-interval", "1s"), Map.entry("durable.worker.node-timeout", "5s"),
				Map.entry("durable.worker.shutdown-timeout", "1m"), Map.entry("durable.suspend.unwind-timeout", "2s"),
				Map.entry("durable.threads.virtual", "true"), Map.entry("durable.payload.max-size", "64KB"),
				Map.entry("durable.exceptions.allowed-packages", "com.partner,org.other"),
				Map.entry("durable.execution-timeout", "30d"), Map.entry("durable.call-timeout", "5s"),
				Map.entry("durable.retention", "-1"), Map.entry("durable.self-calls", "warn"),
				Map.entry("durable.functions.process-order.retention", "0"),
				Map.entry("durable.functions.process-order.execution-timeout", "2h"),
				Map.entry("durable.functions.process-order.idempotency-key", "#order")));
		assertThat(properties.store().type()).isEqualTo(StoreType.MEMORY);
		assertThat(properties.store().jdbc()).isEqualTo(new DurableProperties.Jdbc("shop_", InitializeSchema.NEVER, 9));
		assertThat(properties.worker()).isEqualTo(new DurableProperties.Worker(false, 7, Duration.ofMillis(300),
				Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMinutes(1)));
		assertThat(properties.suspend().unwindTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(properties.threads().virtual()).isTrue();
		assertThat(properties.payload().maxSize()).isEqualTo(DataSize.ofKilobytes(64));
		assertThat(properties.exceptions().allowedPackages()).containsExactly("com.partner", "org.other");
		assertThat(properties.executionTimeout()).isEqualTo(Duration.ofDays(30));
		assertThat(properties.callTimeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(properties.retention()).isNegative();
		assertThat(properties.selfCalls()).isEqualTo(SelfCalls.WARN);
		assertThat(properties.functions()).containsEntry("process-order",
				new DurableProperties.Function(Duration.ofHours(2), Duration.ZERO, "#order"));
	}

	@Test
	void bindWhenOneStepIsSetHasOnlyWhatIsSet() {
		DurableProperties properties = bind(Map.of("durable.steps.charge.max-retries", "3",
				"durable.steps.charge.delay", "250ms", "durable.steps.ship.semantics", "at-most-once-per-retry",
				"durable.steps.ship.retry", "linear"));
		assertThat(properties.steps())
			.containsEntry("charge",
					new DurableProperties.Step(null, null, 3L, Duration.ofMillis(250), null, null, null))
			.containsEntry("ship", new DurableProperties.Step(StepSemantics.AT_MOST_ONCE_PER_RETRY, RetryPreset.LINEAR,
					null, null, null, null, null));
	}

	@Test
	void bindWhenDurationsHaveNoUnitTakesMilliseconds() {
		assertThat(bind(Map.of("durable.steps.charge.delay", "250", "durable.steps.charge.max-delay", "2m")).steps()
			.get("charge"))
			.isEqualTo(new DurableProperties.Step(null, null, null, Duration.ofMillis(250), null, Duration.ofMinutes(2),
					null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "steps.charge.max-retries|-1|'max-retries' must be at least 0 but was -1",
			"steps.charge.multiplier|0.5|'multiplier' must be at least 1 but was 0.5",
			"steps.charge.delay|-1s|'delay' must not be negative but was PT-1S",
			"steps.charge.max-delay|-1s|'max-delay' must not be negative but was PT-1S",
			"steps.charge.jitter|-1s|'jitter' must not be negative but was PT-1S",
			"functions.buy.execution-timeout|500ms|'execution-timeout' must be between 1 second and 366 days but was PT0.5S",
			"functions.buy.execution-timeout|367d|'execution-timeout' must be between 1 second and 366 days but was PT8808H" },
			quoteCharacter = '^')
	void bindWhenAValueIsOutOfRangeIsRefused(String property, String value, String message) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("durable." + property, value)))
			.withMessageContaining(property.substring(0, property.lastIndexOf('.')))
			.withStackTraceContaining(message);
	}

	@Test
	void bindWhenTheJournalWouldHaveTooFewConnectionsIsRefused() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("durable.store.jdbc.connections", "3")))
			.withStackTraceContaining("'durable.store.jdbc.connections' must be at least 6 but was 3");
	}

	@Test
	void bindWhenDynamoDbIsSetHasIt() {
		assertThat(bind(Map.of("durable.store.type", "dynamodb", "durable.store.dynamodb.table", "orders",
				"durable.store.dynamodb.create-table", "true", "durable.store.dynamodb.shards", "8",
				"durable.store.dynamodb.list-index", "false", "durable.store.dynamodb.endpoint",
				"http://127.0.0.1:8000", "durable.store.dynamodb.region", "eu-central-1"))
			.store()).satisfies((store) -> {
				assertThat(store.type()).isEqualTo(StoreType.DYNAMODB);
				assertThat(store.dynamodb()).isEqualTo(new DurableProperties.DynamoDb("orders", true, 8, false,
						URI.create("http://127.0.0.1:8000"), "eu-central-1"));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "localhost:8000", "/dynamodb" })
	void bindWhenTheEndpointHasNoSchemeOrHostIsRefused(String endpoint) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("durable.store.dynamodb.endpoint", endpoint)))
			.withStackTraceContaining(
					"'durable.store.dynamodb.endpoint' must be like 'https://host:port' but was " + endpoint);
	}

	private static DurableProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("durable", DurableProperties.class);
	}

}
