package dev.durable.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The benchmark runs; what it measures is for people to read. */
class FanOutTests {

	private static String run(String... arguments) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new FanOut(FanOutSettings.parse(arguments), new PrintStream(bytes, true, StandardCharsets.UTF_8)).run();
		return bytes.toString(StandardCharsets.UTF_8);
	}

	@Test
	void everyStoreFunctionAndSizeIsReported() throws IOException {
		List<String> lines = run("stores=memory,h2", "rounds=1", "items=2,3", "branches=4").lines().toList();
		assertThat(lines).hasSize(7);
		assertThat(lines.get(0)).contains("store", "size", "growth");
		assertThat(lines.subList(1, 7)).extracting((line) -> List.of(line.trim().split("\\s+")).subList(0, 3))
			.containsExactly(List.of("memory", "map", "2"), List.of("memory", "map", "3"),
					List.of("memory", "parallel", "4"), List.of("h2", "map", "2"), List.of("h2", "map", "3"),
					List.of("h2", "parallel", "4"));
	}

	@Test
	void medianIsTheMiddle() {
		Samples samples = new Samples();
		samples.add(new Samples.Sample(9_000_000, 1_000_000));
		samples.add(new Samples.Sample(1_000_000, 2_000_000));
		assertThat(samples.wallMillis()).isEqualTo(5);
		samples.add(new Samples.Sample(2_000_000, 9_000_000));
		assertThat(samples.wallMillis()).isEqualTo(2);
		assertThat(samples.cpuMillis()).isEqualTo(2);
	}

	@Test
	void argumentsThatAreUnknownAreNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> FanOutSettings.parse("store=h2"))
			.withMessage(
					"Unknown argument 'store=h2'; there are [branches, items, rounds, stores], such as 'stores=memory'");
		assertThatIllegalArgumentException().isThrownBy(() -> FanOutSettings.parse("rounds=0"))
			.withMessage("'rounds' must be at least 1 but was 0");
	}

}
