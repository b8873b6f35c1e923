package dev.durable.lambda.emulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What the emulator can be started with. */
class CommandLineTests {

	@Test
	void lineWhenOnlyAFunctionIsGivenHasDefaults() {
		CommandLine line = CommandLine.parse("--function", "order=java -cp a:b Main \"my handler\" ''");
		assertThat(line.port()).isEqualTo(9001);
		assertThat(line.speed()).isEqualTo(1);
		assertThat(line.functions()).singleElement()
			.isEqualTo(EmulatedFunction.of("order", List.of("java", "-cp", "a:b", "Main", "my handler", "")));
	}

	@Test
	void lineWhenOptionsAreGivenAppliesThemToTheFunctionBefore() {
		CommandLine line = CommandLine.parse("--speed", "100", "--function", "a,b=x", "--timeout", "90s",
				"--execution-timeout", "30d", "--retention", "3", "--memory", "1024", "--processes", "2", "--env",
				"A=1=2", "--env", "B=", "--function", "c=y", "--port", "0");
		assertThat(line.port()).isZero();
		assertThat(line.speed()).isEqualTo(100);
		assertThat(line.functions().get(0)).isEqualTo(new EmulatedFunction(List.of("a", "b"),
				new EmulatedFunction.Command(List.of("x"), Map.of("A", "1=2", "B", ""), 2), Duration.ofSeconds(90),
				Duration.ofDays(30), 3, 1024));
		assertThat(line.functions().get(1)).isEqualTo(EmulatedFunction.of("c", List.of("y")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "--port 1 | There is no --function", "--function a=x --port | '--port' needs a value",
					"--function a | '--function' must be NAME=COMMAND but was 'a'",
					"--function =x | '--function' must be NAME=COMMAND but was '=x'",
					"--function a= | 'words' must name a program", "--function a=\"x | has a quote without an end",
					"--function a.b=x | 'names' must be names of 1 to 64",
					"--memory 512 --function a=x | belongs behind the --function",
					"--function a=x --colour red | '--colour' is no option",
					"--function a=x --port many | '--port' must be a whole number but was 'many'",
					"--function a=x --timeout soon | must be a duration such as 90s, 15m, 2h or 30d but was 'soon'",
					"--function a=x --timeout 16m | 'timeout' must be from 1 s to PT15M but was PT16M",
					"--function a=x --execution-timeout 367d | 'executionTimeout' must be from 1 s to",
					"--function a=x --retention 91 | 'retentionDays' must be from 1 to 90 but was 91",
					"--function a=x --memory 64 | 'memory' must be from 128 to 10240",
					"--function a=x --processes 0 | 'maxProcesses' must be at least 1",
					"--function a=x --env A | '--env' must be NAME=VALUE but was 'A'" })
	void lineWhenItIsWrongSaysWhy(String line, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(line.split(" ")))
			.withMessageContaining(message);
	}

	@Test
	void emulatorWhenItsSettingsAreWrongDoesNotStart() {
		LambdaEmulator.Builder builder = LambdaEmulator.builder();
		assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageContaining("at least one function");
		builder.function("a", List.of("x"));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.speed(1_001).start())
			.withMessageContaining("'speed' must be from 1 to 1000 times but was 1001");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.invocationRetries(0, Duration.ZERO))
			.withMessageContaining("'attempts' must be at least 1");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.speed(1).function("a", List.of("y")).start())
			.withMessageContaining("Two functions are named 'a'");
	}

	@Test
	void speedWhenTimeIsShortenedRemembersWhatWasAsked() {
		for (int factor : new int[] { 1, 7, 300, 999, 1_000 }) {
			Speed speed = new Speed(factor);
			for (long seconds : new long[] { 0, 1, 2, 59, 61, 86_399, 31_622_400 }) {
				Duration shortened = speed.shorten(Duration.ofSeconds(seconds));
				assertThat(shortened).isLessThanOrEqualTo(Duration.ofSeconds(seconds));
				assertThat(speed.askedSeconds(shortened)).isEqualTo(seconds);
			}
		}
		assertThat(new Speed(100).shorten(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(50));
	}

}
