package dev.durable.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.durable.ErrorObject;
import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import dev.durable.OperationSubType;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.Payload;
import dev.durable.observe.DurableListener;
import dev.durable.observe.DurableListeners;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.observe.OperationInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ObservationTests {

	private static final OperationState FAILED = failed("b", 4);

	private static final InvocationFacts FACTS = new InvocationFacts(new FunctionVersion("flow", "1"), "request", false,
			Instant.EPOCH, Set.of(new OperationId("a"), new OperationId("b"), new OperationId("gone")));

	private final CountingCodec codec = new CountingCodec();

	private final List<String> asked = new ArrayList<>();

	private static OperationState failed(String id, long position) {
		OperationRef step = new OperationRef(new OperationId(id), null, id, OperationSubType.STEP);
		return new OperationState(step, OperationStatus.FAILED, 1, null, Payload.ofText("{}"),
				new OperationState.Facts(position - 1, position, Instant.EPOCH, Instant.EPOCH, null, null, false));
	}

	private Observation observation(DurableListener... listeners) {
		return new Observation(new ExecutionId("e"),
				new Observation.Observers(new DurableListeners(List.of(listeners)), this.codec),
				Map.of(new OperationId("b"), FAILED, new OperationId("a"), failed("a", 6)), () -> {
					this.asked.add("time");
					return Instant.EPOCH;
				});
	}

	private void tellEverything(Observation observation) {
		observation.begun(FACTS);
		observation.found(FAILED);
		observation.changed(null, FAILED);
		observation.attempt(FAILED.operation(), 1, false).ended(new IllegalStateException("no"));
		observation.succeeded(FACTS);
		observation.failed(FACTS, Payload.ofText("{}"));
		observation.pending(FACTS, () -> {
			this.asked.add("error");
			return null;
		});
	}

	@Test
	void observationWhenNobodyListensPreparesNothing() {
		tellEverything(observation());
		assertThat(this.codec.decoded).isZero();
		assertThat(this.asked).isEmpty();
	}

	@Test
	void observationWhenSomebodyListensReadsErrorsAndTime() {
		tellEverything(observation(new DurableListener() {
		}));
		assertThat(this.codec.decoded).isPositive();
		assertThat(this.asked).containsExactly("time", "time", "error");
	}

	@Test
	void operationsThatEndedMeanwhileAreToldInTheOrderOfTheHistory() {
		List<String> ended = new ArrayList<>();
		observation(new DurableListener() {

			@Override
			public void onOperationEnd(OperationInfo operation) {
				ended.add(operation.operation().id().value());
			}

		}).begun(FACTS);
		assertThat(ended).containsExactly("b", "a");
	}

	@Test
	void errorThatCannotBeReadIsToldWithoutItsText() {
		this.codec.broken = true;
		List<@Nullable ErrorObject> errors = new ArrayList<>();
		observation(new DurableListener() {

			@Override
			public void onInvocationEnd(InvocationEndInfo info) {
				errors.add(info.error());
			}

		}).failed(FACTS, Payload.ofText("secret"));
		assertThat(errors).containsExactly(
				ErrorObject.of(IllegalArgumentException.class.getName(), "The recorded error cannot be read"));
	}

	private static final class CountingCodec implements ErrorCodec {

		private int decoded;

		private boolean broken;

		@Override
		public ErrorObject describe(Throwable error) {
			return ErrorObject.of(error.getClass().getName(), error.getMessage());
		}

		@Override
		public @Nullable Throwable rebuild(ErrorObject error) {
			return null;
		}

		@Override
		public Payload encode(ErrorObject error) {
			return Payload.ofText(error.errorType());
		}

		@Override
		public ErrorObject decode(Payload payload) {
			this.decoded++;
			if (this.broken) {
				throw new IllegalArgumentException("Cannot read " + payload.text());
			}
			return ErrorObject.of("Some.Error", payload.text());
		}

	}

}
