package dev.durable.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.durable.embedded.Timers.Timer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VirtualTimeTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final VirtualTime time = new VirtualTime(START);

	private final List<String> ran = new ArrayList<>();

	@Test
	void timeWhenNobodyMovesItStandsStill() {
		schedule(0, "due");
		assertThat(this.time.instant()).isEqualTo(START);
		assertThat(this.ran).isEmpty();
	}

	@Test
	void timeWhenItHoldsLessThanAMillisecondShowsMilliseconds() {
		this.time.advance(Duration.ofNanos(1_500_000));
		assertThat(this.time.instant()).isEqualTo(START.plusMillis(1));
		this.time.advance(Duration.ofNanos(500_000));
		assertThat(this.time.instant()).isEqualTo(START.plusMillis(2));
	}

	@Test
	void advanceWhenTasksBecomeDueRunsThemInOrderAtTheirTimes() {
		schedule(30, "third");
		schedule(10, "first");
		schedule(10, "second");
		schedule(61, "not yet");
		this.time.advance(Duration.ofSeconds(60));
		assertThat(this.ran).containsExactly("first at 10", "second at 10", "third at 30");
		assertThat(this.time.instant()).isEqualTo(START.plusSeconds(60));
	}

	@Test
	void advanceToNextWhenALimitComesFirstStopsThere() {
		schedule(10, "first");
		schedule(30, "second");
		this.time.advanceToNext(START.plusSeconds(20));
		assertThat(this.time.instant()).isEqualTo(START.plusSeconds(10));
		this.time.advanceToNext(START.plusSeconds(20));
		assertThat(this.time.instant()).isEqualTo(START.plusSeconds(20));
		this.time.advanceToNext(START);
		assertThat(this.time.instant()).isEqualTo(START.plusSeconds(20));
		assertThat(this.ran).containsExactly("first at 10");
	}

	@Test
	void advanceWhenATaskSchedulesAnotherInReachRunsItToo() {
		this.time.schedule(Duration.ofSeconds(10), () -> schedule(10, "followed"));
		this.time.advance(Duration.ofSeconds(20));
		assertThat(this.ran).containsExactly("followed at 20");
	}

	@Test
	void advanceWhenATaskWasCancelledPassesItOver() {
		Timer timer = this.time.schedule(Duration.ofSeconds(10), () -> this.ran.add("cancelled"));
		schedule(10, "kept");
		timer.cancel();
		this.time.advance(Duration.ofSeconds(10));
		timer.cancel();
		assertThat(this.ran).containsExactly("kept at 10");
	}

	@Test
	void advanceWhenTheDurationIsNegativeRefusesIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.time.advance(Duration.ofMillis(-1)))
			.withMessage("'duration' must not be negative but was PT-0.001S");
	}

	@Test
	void advanceToNextWhenTasksWaitMovesToTheFirst() {
		schedule(20, "second");
		schedule(10, "first");
		assertThat(this.time.advanceToNext()).isTrue();
		assertThat(this.ran).containsExactly("first at 10");
		assertThat(this.time.advanceToNext()).isTrue();
		assertThat(this.time.advanceToNext()).isFalse();
		assertThat(this.time.instant()).isEqualTo(START.plusSeconds(20));
	}

	@Test
	void advanceWhenManyThreadsScheduleAndMoveRunsEachTaskOnce() {
		AtomicInteger count = new AtomicInteger();
		Race.run(IntStream.range(0, 8).mapToObj((i) -> (Callable<Boolean>) () -> {
			for (int n = 0; n < 100; n++) {
				this.time.schedule(Duration.ofMillis(n), count::incrementAndGet);
				this.time.advance(Duration.ofMillis(1));
			}
			return true;
		}).toList());
		this.time.advance(Duration.ofSeconds(1));
		assertThat(count).hasValue(800);
		assertThat(this.time.instant()).isEqualTo(START.plusMillis(1800));
	}

	private void schedule(long seconds, String name) {
		this.time.schedule(Duration.ofSeconds(seconds), () -> this.ran
			.add("%s at %d".formatted(name, Duration.between(START, this.time.instant()).toSeconds())));
	}

}
