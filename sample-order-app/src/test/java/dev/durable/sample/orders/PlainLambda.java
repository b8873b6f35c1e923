package dev.durable.sample.orders;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import dev.durable.lambda.WakeUpScheduler;
import dev.durable.store.tck.CrashPoint;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Lambda and its scheduler, for one function: it invokes the function with events, once
 * they are due, and ends invocations that take too long. The processes of the function
 * are frozen in between, so nothing may happen there.
 */
final class PlainLambda implements WakeUpScheduler, AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(3);

	private final BiFunction<WakeUpScheduler, CrashPoint, PlainProcess> starter;

	private final DelayQueue<WakeUp> wakeUps = new DelayQueue<>();

	private final List<PlainProcess> processes = new ArrayList<>();

	private @Nullable PlainProcess current;

	private int invocations;

	PlainLambda(BiFunction<WakeUpScheduler, CrashPoint, PlainProcess> starter) {
		this.starter = starter;
	}

	int invocations() {
		return this.invocations;
	}

	int processes() {
		return this.processes.size();
	}

	/** One for each second, as schedules are named by it. */
	@Override
	public synchronized boolean schedule(Instant at) {
		Instant second = at.truncatedTo(ChronoUnit.SECONDS);
		WakeUp wakeUp = new WakeUp(second.equals(at) ? second : second.plusSeconds(1));
		return this.wakeUps.contains(wakeUp) || this.wakeUps.add(wakeUp);
	}

	/** The next event goes to a fresh process. */
	void startFresh(CrashPoint crashPoint) {
		this.current = this.starter.apply(this, crashPoint);
		this.processes.add(this.current);
	}

	/** Invoke the function when the next wake-up is due. */
	void invokeWhenDue() throws InterruptedException {
		WakeUp wakeUp = this.wakeUps.poll(30, TimeUnit.SECONDS);
		assertThat(wakeUp).as("a wake-up that is due soon").isNotNull();
		assertThat(invoke("{\"durable\":\"wake-up\",\"at\":\"%s\"}".formatted(wakeUp.at()))).isEqualTo("null");
	}

	/** Invoke the function when the next wake-up is due, in a process that dies. */
	void killWhenDue() throws InterruptedException {
		try {
			invokeWhenDue();
		}
		catch (MortalStore.Dead ex) {
			assertThat(this.current.isDead()).isTrue();
		}
	}

	/** What happens every minute. */
	void sweep() {
		assertThat(invoke("{\"durable\":\"sweep\"}")).isEqualTo("null");
	}

	/**
	 * Have a process load its classes, without a limit that a busy machine would break.
	 */
	String warmUp(String event) {
		String answer = invoke(event, Duration.ofSeconds(60));
		this.invocations = 0;
		return answer;
	}

	/** Invoke the function, and return its answer. */
	String invoke(String event) {
		return invoke(event, LIMIT);
	}

	private String invoke(String event, Duration limit) {
		if (this.current == null || this.current.isDead()) {
			startFresh(MortalProcess.NEVER);
		}
		PlainProcess process = this.current;
		this.invocations++;
		String answer = assertTimeoutPreemptively(limit,
				() -> process.handle(event, new LimitedContext(Instant.now().plus(limit))));
		if (!process.isDead()) {
			await("threads that work while the process is frozen").until(process::isIdle);
		}
		return answer;
	}

	@Override
	public void close() {
		this.processes.forEach(PlainProcess::close);
	}

	/** An event to come. */
	private record WakeUp(Instant at) implements Delayed {

		@Override
		public long getDelay(TimeUnit unit) {
			return unit.convert(Duration.between(Instant.now(), this.at));
		}

		@Override
		public int compareTo(Delayed other) {
			return this.at.compareTo(((WakeUp) other).at);
		}

	}

}
