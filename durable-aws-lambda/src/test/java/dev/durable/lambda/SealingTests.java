package dev.durable.lambda;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.durable.RetryDecision;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.ValueCodec;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.payload.EncryptionKey;
import dev.durable.payload.KeyProvider;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadSealing;
import dev.durable.payload.PayloadStore;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Payloads that the service keeps encrypted, or only refers to. */
class SealingTests extends EngineTest {

	private static final StepOptions ONCE = StepOptions.defaults().withRetry((error, attempt) -> RetryDecision.fail());

	private final Contents contents = new Contents();

	private static PayloadSealing encrypting(String key) {
		return PayloadSealing.none().withKeys(KeyProvider.of(EncryptionKey.of(key, new byte[32])));
	}

	private void sealing(PayloadSealing sealing) {
		this.customizer = (builder) -> builder.sealing(sealing);
	}

	private LambdaEngine secretThenPause() {
		return engine((context, input) -> {
			String secret = context.step("secret", String.class, (step) -> {
				this.log.add("ran");
				return "the secret";
			});
			context.wait("pause", Duration.ofMinutes(1));
			return secret;
		});
	}

	@Test
	void resultThatIsEncryptedCannotBeReadAtTheServiceAndIsReadOnReplay() {
		sealing(encrypting("k1"));
		LambdaEngine engine = secretThenPause();
		assertStatus(invoke(engine), "PENDING");
		assertThat(this.service.operation("secret").stepDetails().result()).startsWith("durable;base64,")
			.doesNotContain("secret");
		this.time.advance(Duration.ofMinutes(1));
		assertResult(invoke(engine), "\"the secret\"");
		assertThat(this.log).containsExactly("ran");
	}

	@Test
	void errorThatIsEncryptedShowsItsTypeOnlyAndIsTheSameOnReplay() {
		sealing(encrypting("k1"));
		LambdaEngine engine = engine((context, input) -> {
			try {
				context.step("fails", TypeRef.of(String.class), ONCE, (step) -> {
					throw new IllegalStateException("the secret");
				});
			}
			catch (IllegalStateException ex) {
				this.log.add(ex.getMessage() + " " + ex.getStackTrace()[0].getClassName());
			}
			context.wait("pause", Duration.ofMinutes(1));
			return null;
		});
		assertStatus(invoke(engine), "PENDING");
		ErrorObject error = this.service.operation("fails").stepDetails().error();
		assertThat(error.errorType()).isEqualTo("java.lang.IllegalStateException");
		assertThat(error.errorMessage()).isNull();
		assertThat(error.stackTrace()).isEmpty();
		this.time.advance(Duration.ofMinutes(1));
		assertStatus(invoke(engine), "SUCCEEDED");
		assertThat(this.log).hasSize(2).allMatch(("the secret " + SealingTests.class.getName())::equals);
	}

	@Test
	void resultThatIsEncryptedAndLargeIsRefusedBeforeTheServiceDoes() {
		sealing(encrypting("k1"));
		assertStatus(invoke((context, input) -> context.step("fits", String.class, (step) -> "x".repeat(196_000))),
				"SUCCEEDED");
		assertThat(this.service.operation("fits").stepDetails().result().length()).isBetween(261_000, 262_144);
	}

	@Test
	void resultThatIsEncryptedAndTooLargeFailsItsStep() {
		sealing(encrypting("k1"));
		JsonNode answer = invoke(
				(context, input) -> context.step("large", String.class, (step) -> "x".repeat(200_000)));
		assertStatus(answer, "FAILED");
		assertThat(updates()).containsExactly("START large", "FAIL large");
	}

	@Test
	void resultThatIsLargeIsOffloadedWhateverTheThreshold() {
		sealing(encrypting("k1").withStore(this.contents, 10_000_000));
		LambdaEngine engine = engine((context, input) -> {
			String large = context.step("large", String.class, (step) -> "x".repeat(1_000_000));
			context.wait("pause", Duration.ofMinutes(1));
			return large.length();
		});
		assertStatus(invoke(engine), "PENDING");
		assertThat(this.service.operation("large").stepDetails().result()).startsWith("durable;base64,")
			.hasSizeLessThan(500);
		assertThat(this.contents.kept).hasSize(1);
		this.time.advance(Duration.ofMinutes(1));
		assertResult(invoke(engine), "1000000");
	}

	@Test
	void budgetCountsWhatTheServiceKeeps() {
		sealing(PayloadSealing.none().withStore(this.contents, 100));
		this.settings = this.settings.with(new LambdaSettings.Limits(3_000, 2_048, 262_144, 32_768, 6_291_406));
		LambdaEngine engine = engine((context, input) -> {
			int length = context.step("large", String.class, (step) -> "x".repeat(1_000_000)).length();
			context.wait("pause", Duration.ofMinutes(1));
			return length + context.step("larger", String.class, (step) -> "x".repeat(2_000_000)).length();
		});
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		assertResult(invoke(engine), "3000000");
	}

	@Test
	void payloadStoreThatCannotBeReachedFailsTheInvocation() {
		sealing(PayloadSealing.none().withStore(this.contents, 100));
		this.contents.down = true;
		LambdaEngine engine = engine(
				(context, input) -> context.step("large", String.class, (step) -> "x".repeat(1_000)));
		assertThatExceptionOfType(LambdaInvocationException.class).isThrownBy(() -> invoke(engine));
		this.contents.down = false;
		assertStatus(invoke(engine), "SUCCEEDED");
	}

	@Test
	void keyThatIsMissingFailsTheInvocationAndNotTheExecution() {
		sealing(encrypting("k1"));
		assertStatus(invoke(secretThenPause()), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		sealing(encrypting("k2"));
		assertThatExceptionOfType(LambdaInvocationException.class).isThrownBy(() -> invoke(secretThenPause()))
			.withMessageContaining("k1");
		sealing(encrypting("k1"));
		assertResult(invoke(secretThenPause()), "\"the secret\"");
	}

	@Test
	void whatOthersReadIsNotSealed() {
		sealing(encrypting("k1").withStore(this.contents, 8));
		invoke((context, input) -> context.invoke("pay", "payments", "twelve bytes", String.class));
		assertThat(this.service.calls().get(0).get(0).payload()).isEqualTo("\"twelve bytes\"");
		assertThat(this.contents.kept).isEmpty();
	}

	@Test
	void textThatLooksSealedIsReturnedAsItWasWritten() {
		LambdaEngine engine = engine((context, input) -> {
			String text = context.step("text", TypeRef.of(String.class), ONCE.withCodec(new PlainText()),
					(step) -> "durable;base64,9WR1cg==");
			context.wait("pause", Duration.ofMinutes(1));
			return text;
		});
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		assertResult(invoke(engine), "\"durable;base64,9WR1cg==\"");
	}

	/** Writes texts as they are. */
	private static final class PlainText implements ValueCodec<String> {

		@Override
		public String encode(String value) {
			return value;
		}

		@Override
		public String decode(String text) {
			return text;
		}

	}

	/** Keeps contents in memory. */
	private static final class Contents implements PayloadStore {

		private final Map<List<Object>, byte[]> kept = new HashMap<>();

		private volatile boolean down;

		@Override
		public synchronized void put(PayloadOwner owner, String key, byte[] content) {
			if (this.down) {
				throw new PayloadUnavailableException("The store is down", null);
			}
			this.kept.put(List.of(owner, key), content);
		}

		@Override
		public synchronized Optional<byte[]> get(PayloadOwner owner, String key) {
			return Optional.ofNullable(this.kept.get(List.of(owner, key)));
		}

		@Override
		public synchronized void deleteAll(PayloadOwner owner) {
			this.kept.keySet().removeIf((key) -> key.get(0).equals(owner));
		}

	}

}
