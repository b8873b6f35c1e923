package dev.durable.conformance.waiting;

import java.time.Duration;

import dev.durable.ConditionOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.TypeRef;
import dev.durable.ValueCodec;
import dev.durable.WaitDecision;
import dev.durable.WaitStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Conditions on more than a number. */
@Component
class ConditionStates {

	private static final String ENCODED = "state:";

	private static final ValueCodec<String> CODEC = ValueCodec.of((state) -> ConditionStates.ENCODED + state,
			(text) -> text.substring(ConditionStates.ENCODED.length()));

	private final DurableContext durable;

	ConditionStates(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "6-9")
	Job structured() {
		WaitStrategy<Job> untilDone = WaitStrategy.<Job>until((job) -> job.status() == Status.DONE)
			.fixedDelay(Duration.ofSeconds(1))
			.build();
		return this.durable.waitForCondition(null, Job.class,
				ConditionOptions.of(new Job(Status.PENDING, 0), untilDone), (job, step) -> job.attempted());
	}

	@DurableFunction(name = "6-10")
	@Nullable String nothing() {
		WaitStrategy<@Nullable String> once = (state, attempt) -> WaitDecision.stop();
		return this.durable.waitForCondition(null, new TypeRef<@Nullable String>() {
		}, ConditionOptions.of(null, once), (state, step) -> null);
	}

	@DurableFunction(name = "6-11")
	String withCodec() {
		WaitStrategy<String> untilTwo = WaitStrategy.<String>until((state) -> state.length() >= 2)
			.fixedDelay(Duration.ofSeconds(1))
			.build();
		return this.durable.waitForCondition(null, String.class, ConditionOptions.of("", untilTwo).withCodec(CODEC),
				(state, step) -> state + "x");
	}

	enum Status {

		PENDING, DONE

	}

	record Job(Status status, int attempts) {

		Job attempted() {
			int next = this.attempts + 1;
			return new Job((next >= 2) ? Status.DONE : Status.PENDING, next);
		}

	}

}
