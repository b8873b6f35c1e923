package dev.durable.codec;

import java.lang.reflect.Type;
import java.sql.SQLException;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.durable.CallbackTimedOutException;
import dev.durable.ErrorObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExceptionCodecTests {

	private final ExceptionCodec codec = new ExceptionCodec(new JacksonPayloadCodec(),
			(name) -> name.startsWith("dev.durable.codec.ExceptionCodecTests$"), getClass().getClassLoader());

	private Throwable again(Throwable error) {
		Payload recorded = this.codec.encode(this.codec.describe(error));
		return this.codec.rebuild(this.codec.decode(recorded));
	}

	static class Plain extends RuntimeException {

		Plain(String message) {
			super(message);
		}

	}

	static class NoMessage extends RuntimeException {

	}

	static class Declined extends Exception {

		private final int code;

		@JsonCreator
		Declined(@JsonProperty("message") String message, @JsonProperty("code") int code) {
			super(message);
			this.code = code;
		}

		public int getCode() {
			return this.code;
		}

	}

	static class Rewording extends RuntimeException {

		Rewording(String message) {
			super("Sorry: " + message);
		}

	}

	@Test
	void exceptionWithoutFieldsIsRebuiltWithMessageAndStackTrace() {
		Plain original = new Plain("no stock");
		Throwable rebuilt = again(original);
		assertThat(rebuilt).isExactlyInstanceOf(Plain.class).hasMessage("no stock");
		assertThat(rebuilt.getStackTrace()[0].getMethodName()).isEqualTo(original.getStackTrace()[0].getMethodName());
		assertThat(again(new NoMessage())).isExactlyInstanceOf(NoMessage.class);
		assertThat(again(new IllegalStateException("x", new Plain("cause")))).hasMessage("x").hasNoCause();
	}

	@Test
	void exceptionWithFieldsIsRebuiltIfTheySurvive() {
		assertThat(again(new Declined("declined", 51))).isInstanceOfSatisfying(Declined.class, (ex) -> {
			assertThat(ex.getCode()).isEqualTo(51);
			assertThat(ex).hasMessage("declined");
		});
	}

	@Test
	void exceptionThatWouldComeBackDifferentIsNotRebuilt() {
		assertThat(again(new Rewording("x"))).isNull();
		assertThat(again(new SQLException("x", "23505", 7))).isNull();
	}

	@Test
	void exceptionOfAClassThatIsNotAllowedIsNotRebuilt() {
		ErrorObject foreign = ErrorObject.of("org.example.Gadget", "x");
		ErrorObject noThrowable = ErrorObject.of("java.lang.ProcessBuilder", "x");
		assertThat(this.codec.rebuild(foreign)).isNull();
		assertThat(this.codec.rebuild(noThrowable)).isNull();
		assertThat(this.codec.rebuild(
				ErrorObject.of(org.junit.jupiter.api.extension.ExtensionConfigurationException.class.getName(), "x")))
			.isNull();
	}

	@Test
	void exceptionOfTheEngineKeepsTheErrorItCarries() {
		ErrorObject error = ErrorObject.of("Callback.Timeout", "too late");
		assertThat(again(new CallbackTimedOutException("timed out", error)))
			.isInstanceOfSatisfying(CallbackTimedOutException.class, (ex) -> assertThat(ex.error()).isEqualTo(error));
	}

	@Test
	void errorThatIsTooLargeIsCutToFit() {
		ErrorObject error = this.codec.describe(new Plain("x".repeat(100_000)));
		assertThat(Objects.requireNonNull(error.errorMessage())).hasSize(4_000).endsWith("…");
		assertThat(this.codec.encode(error).size()).isLessThan(32_768);
		assertThat(this.codec.rebuild(error)).hasMessage(error.errorMessage());
	}

	@Test
	void messageThatIsTooLongIsNotCutWithinACharacter() {
		ErrorObject error = this.codec.describe(new IllegalStateException("x" + "😀".repeat(3_000)));
		assertThat(this.codec.decode(this.codec.encode(error)).errorMessage()).isEqualTo(error.errorMessage())
			.endsWith("😀…");
	}

	@Test
	void exceptionThatCannotTellItsMessageIsDescribedWithoutOne() {
		ErrorObject error = this.codec.describe(new RuntimeException() {

			private static final long serialVersionUID = 1L;

			@Override
			public String getMessage() {
				throw new IllegalStateException("no message");
			}

		});
		assertThat(error.errorMessage()).isNull();
		assertThat(error.stackTrace()).isNotEmpty();
	}

	@Test
	void exceptionWhosePropertiesABinaryCodecWritesIsRebuiltFromBase64() {
		PayloadCodec json = new JacksonPayloadCodec();
		PayloadCodec binary = new PayloadCodec() {

			@Override
			public Payload encode(@Nullable Object value, Type type) {
				return inverted(json.encode(value, type));
			}

			@Override
			public @Nullable Object decode(Payload payload, Type type) {
				return json.decode(inverted(payload), type);
			}

		};
		ExceptionCodec errors = new ExceptionCodec(binary, (name) -> true, getClass().getClassLoader());
		ErrorObject timeout = ErrorObject.of("Callback.Timeout", "too late");
		ErrorObject described = errors.describe(new CallbackTimedOutException("timed out", timeout));
		assertThat(described.errorData()).startsWith("base64:");
		assertThat(errors.rebuild(errors.decode(errors.encode(described))))
			.isInstanceOfSatisfying(CallbackTimedOutException.class, (ex) -> assertThat(ex.error()).isEqualTo(timeout));
	}

	private static Payload inverted(Payload payload) {
		byte[] bytes = payload.bytes().clone();
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) ~bytes[i];
		}
		return new Payload(bytes);
	}

}
