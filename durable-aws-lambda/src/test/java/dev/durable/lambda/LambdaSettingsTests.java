package dev.durable.lambda;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Numbers that are refused. */
class LambdaSettingsTests {

	static Stream<Arguments> wrong() {
		Duration second = Duration.ofSeconds(1);
		return Stream.of(
				refused("'maxUpdates' must be at least 1 but was 0",
						() -> new LambdaSettings.Checkpoints(0, 1024, Duration.ZERO)),
				refused("'maxBytes' must be at least 1024 but was 1023",
						() -> new LambdaSettings.Checkpoints(1, 1023, Duration.ZERO)),
				refused("'delay' must not be negative but was PT-1S",
						() -> new LambdaSettings.Checkpoints(1, 1024, second.negated())),
				refused("'operations' must be at least 1 but was 0",
						() -> new LambdaSettings.Limits(0, 1024, 1024, 4096, 1024)),
				refused("'storedBytes' must be at least 1024 but was 0",
						() -> new LambdaSettings.Limits(1, 0, 1024, 4096, 1024)),
				refused("'payloadBytes' must be at least 1024 but was 0",
						() -> new LambdaSettings.Limits(1, 1024, 0, 4096, 1024)),
				refused("'errorBytes' must be at least 4096 but was 1024",
						() -> new LambdaSettings.Limits(1, 1024, 1024, 1024, 1024)),
				refused("'responseBytes' must be at least 1024 but was 0",
						() -> new LambdaSettings.Limits(1, 1024, 1024, 4096, 0)),
				refused("'drainBefore' must not be negative but was PT-1S",
						() -> new LambdaSettings.Invocations(second.negated(), second, 1, 0, false)),
				refused("'unwindTimeout' must not be negative but was PT-1S",
						() -> new LambdaSettings.Invocations(second, second.negated(), 1, 0, false)),
				refused("'maxRunning' must be at least 1 but was 0",
						() -> new LambdaSettings.Invocations(second, second, 0, 0, false)),
				refused("'maxParked' must be at least 0 but was -1",
						() -> new LambdaSettings.Invocations(second, second, 1, -1, false)));
	}

	private static Arguments refused(String message, Supplier<Object> settings) {
		return Arguments.of(message, settings);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrong")
	void numberThatMakesNoSenseIsRefused(String message, Supplier<Object> settings) {
		assertThatIllegalArgumentException().isThrownBy(settings::get).withMessage(message);
	}

	@Test
	void partIsReplacedAndTheOthersStay() {
		LambdaSettings defaults = LambdaSettings.defaults();
		LambdaSettings.Checkpoints checkpoints = new LambdaSettings.Checkpoints(10, 2048, Duration.ZERO);
		LambdaSettings.Limits limits = new LambdaSettings.Limits(1, 1024, 1024, 4096, 1024);
		LambdaSettings.Invocations invocations = new LambdaSettings.Invocations(Duration.ZERO, Duration.ZERO, 1, 0,
				true);
		assertThat(defaults.with(checkpoints))
			.isEqualTo(new LambdaSettings(checkpoints, defaults.limits(), defaults.invocations()));
		assertThat(defaults.with(limits))
			.isEqualTo(new LambdaSettings(defaults.checkpoints(), limits, defaults.invocations()));
		assertThat(defaults.with(invocations))
			.isEqualTo(new LambdaSettings(defaults.checkpoints(), defaults.limits(), invocations));
	}

}
