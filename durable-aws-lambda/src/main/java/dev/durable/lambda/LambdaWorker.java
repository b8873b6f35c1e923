package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import com.amazonaws.services.lambda.runtime.Context;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on executions in a checkpoint store within invocations of a Lambda function: it
 * suspends them before Lambda's time limit, leaves nothing running while the process is
 * frozen, and schedules when the function has to be invoked again. One invocation at a
 * time, as Lambda does.
 */
public final class LambdaWorker {

	/** When so little time is left, an answer matters more than another wake-up. */
	private static final Duration TOO_LATE = Duration.ofMillis(100);

	/** So that what came too early does not come again at once. */
	private static final Duration SOON = Duration.ofSeconds(1);

	private static final byte[] NOTHING = "null".getBytes(StandardCharsets.US_ASCII);

	private static final Logger log = LoggerFactory.getLogger(LambdaWorker.class);

	private final EmbeddedEngine engine;

	private final WakeUpScheduler wakeUps;

	private final Settings settings;

	/**
	 * Create a worker.
	 * @param engine works on demand; it must not be started
	 * @param wakeUps has the function invoked again
	 * @param settings the numbers
	 */
	public LambdaWorker(EmbeddedEngine engine, WakeUpScheduler wakeUps, Settings settings) {
		this.engine = Objects.requireNonNull(engine, "'engine' must not be null");
		this.wakeUps = Objects.requireNonNull(wakeUps, "'wakeUps' must not be null");
		this.settings = Objects.requireNonNull(settings, "'settings' must not be null");
	}

	/**
	 * Return whether an event is a wake-up or a sweep, from a schedule or a queue, and
	 * nothing for the application's own functions.
	 * @param event the event as it came
	 * @return whether {@link #wakeUp} takes it
	 */
	public static boolean isWakeUp(byte[] event) {
		return WakeUpEvent.read(event).isPresent();
	}

	/**
	 * Work on what can go on, and schedule the next wake-ups.
	 * @param event a {@linkplain #isWakeUp wake-up} as it came
	 * @param context tells the time that is left
	 * @return the response; for a queue's messages, which of them are to come again
	 * @throws StoreUnavailableException if the store cannot be reached and no queue
	 * repeats the event by itself, so that Lambda does
	 */
	public byte[] wakeUp(byte[] event, Context context) {
		WakeUpEvent read = WakeUpEvent.read(event)
			.orElseThrow(() -> new IllegalArgumentException(
					"The event is no wake-up; ask isWakeUp(event) first, and give others to the application"));
		if (read instanceof WakeUpEvent.Queued queued) {
			return failures(queued(queued, context));
		}
		if (isEarly(read)) {
			sendOn(read);
		}
		else {
			work(read instanceof WakeUpEvent.Sweep, context);
		}
		return NOTHING;
	}

	/**
	 * Run a task, such as one of the application's functions, and the executions that it
	 * starts or sends news to, until they suspend or end; then schedule their wake-ups.
	 * Costs nothing if there are none.
	 * @param <T> the task's result
	 * @param context tells the time that is left
	 * @param task runs on this thread
	 * @return its result
	 * @throws Exception what the task throws
	 */
	public <T extends @Nullable Object> T during(Context context, Callable<T> task) throws Exception {
		Outcome<T> outcome = new Outcome<>(task);
		schedule(this.engine.onDemand().workDuring(time(context), outcome), context);
		return outcome.get();
	}

	/** Returns the ids of messages that are to come again. */
	private List<String> queued(WakeUpEvent.Queued queued, Context context) {
		List<String> again = new ArrayList<>();
		List<String> due = new ArrayList<>();
		boolean sweep = false;
		for (WakeUpEvent.Message message : queued.messages()) {
			WakeUpEvent content = message.content();
			if (content == null) {
				log.warn("Message '{}' is no wake-up and goes back to its queue: wake-ups need a queue of their own",
						message.id());
				again.add(message.id());
			}
			else if (!isEarly(content)) {
				sweep |= content instanceof WakeUpEvent.Sweep;
				due.add(message.id());
			}
			else if (!sendOn(content)) {
				again.add(message.id());
			}
		}
		if (!due.isEmpty() && !tryToWork(sweep, context)) {
			again.addAll(due);
		}
		return again;
	}

	private boolean isEarly(WakeUpEvent event) {
		return event instanceof WakeUpEvent.Due due && due.at().isAfter(this.engine.clock().instant());
	}

	private boolean sendOn(WakeUpEvent event) {
		return event instanceof WakeUpEvent.Due due
				&& this.wakeUps.schedule(WakeUpTimes.later(due.at(), this.engine.clock().instant().plus(SOON)));
	}

	private boolean tryToWork(boolean sweep, Context context) {
		try {
			work(sweep, context);
			return true;
		}
		catch (StoreUnavailableException ex) {
			log.warn("The durable store cannot be reached; the wake-up goes back to its queue", ex);
			return false;
		}
	}

	private void work(boolean sweep, Context context) {
		Duration time = time(context);
		schedule(sweep ? this.engine.onDemand().sweep(time) : this.engine.onDemand().work(time), context);
	}

	private Duration time(Context context) {
		return LambdaTime.without(this.settings.margin(), context);
	}

	private void schedule(List<Instant> times, Context context) {
		Instant horizon = this.engine.clock().instant().plus(this.settings.horizon());
		List<Instant> seconds = times.stream()
			.filter((time) -> !time.isAfter(horizon))
			.map(WakeUpTimes::roundUp)
			.distinct()
			.toList();
		for (int i = 0; i < seconds.size(); i++) {
			if (context.getRemainingTimeInMillis() < TOO_LATE.toMillis()) {
				log.warn("{} wake-ups are left to the sweep, as there is no time to schedule them", seconds.size() - i);
				return;
			}
			this.wakeUps.schedule(seconds.get(i));
		}
	}

	private static byte[] failures(List<String> ids) {
		return ids.stream()
			.map((id) -> "{\"itemIdentifier\":\"%s\"}".formatted(id))
			.collect(Collectors.joining(",", "{\"batchItemFailures\":[", "]}"))
			.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The numbers of a worker.
	 *
	 * @param margin what is kept of an invocation's time to sign off, schedule wake-ups
	 * and answer; a quarter of that time at most
	 * @param horizon wake-ups that are farther are left to the sweep, as most of them are
	 * timeouts of what ends long before
	 */
	public record Settings(Duration margin, Duration horizon) {

		public Settings {
			if (margin.isNegative()) {
				throw new IllegalArgumentException("'margin' must not be negative but was " + margin);
			}
			if (horizon.isNegative()) {
				throw new IllegalArgumentException("'horizon' must not be negative but was " + horizon);
			}
		}

		/**
		 * Return the defaults: a margin of 1 s, a horizon of 30 days.
		 * @return the settings
		 */
		public static Settings defaults() {
			return new Settings(Duration.ofSeconds(1), Duration.ofDays(30));
		}

	}

	/** Keeps what a task came to until its executions have been worked on. */
	private static final class Outcome<T extends @Nullable Object> implements Runnable {

		private final Callable<T> task;

		private @Nullable Callable<T> outcome;

		Outcome(Callable<T> task) {
			this.task = task;
		}

		@Override
		public void run() {
			try {
				T result = this.task.call();
				this.outcome = () -> result;
			}
			catch (Exception ex) {
				this.outcome = () -> {
					throw ex;
				};
			}
		}

		T get() throws Exception {
			return Objects.requireNonNull(this.outcome, "The task did not run").call();
		}

	}

}
