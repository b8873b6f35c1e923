package dev.durable.codec;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PayloadTests {

	@Test
	void payloadsWithTheSameBytesAreEqual() {
		assertThat(Payload.ofText("ü")).isEqualTo(new Payload(new byte[] { (byte) 0xC3, (byte) 0xBC }))
			.hasSameHashCodeAs(new Payload(new byte[] { (byte) 0xC3, (byte) 0xBC }))
			.isNotEqualTo(Payload.ofText("u"))
			.isNotEqualTo("ü");
	}

	@Test
	void payloadTellsItsSizeButNotItsBytes() {
		assertThat(Payload.ofText("secret")).hasToString("Payload[6 bytes]");
	}

	@Test
	void lazyPayloadIsLoadedOnceAndOnlyWhenItsBytesAreAskedFor() {
		Counting source = new Counting();
		Payload payload = Payload.lazy(source);
		assertThat(payload.size()).isEqualTo(5);
		assertThat(payload).hasToString("Payload[5 bytes]");
		assertThat(payload.isLoaded()).isFalse();
		assertThat(source.loads).isZero();
		assertThat(payload).isEqualTo(Payload.ofText("bytes")).hasSameHashCodeAs(Payload.ofText("bytes"));
		assertThat(payload.text()).isEqualTo("bytes");
		assertThat(payload.isLoaded()).isTrue();
		assertThat(source.loads).isOne();
	}

	@Test
	void lazyPayloadWhenLoadingFailedIsLoadedAgain() {
		Counting source = new Counting();
		source.fails = true;
		Payload payload = Payload.lazy(source);
		assertThatExceptionOfType(PayloadUnavailableException.class).isThrownBy(payload::bytes);
		source.fails = false;
		assertThat(payload.text()).isEqualTo("bytes");
	}

	private static final class Counting implements PayloadSource {

		private int loads;

		private boolean fails;

		@Override
		public int size() {
			return 5;
		}

		@Override
		public @Nullable String keyId() {
			return null;
		}

		@Override
		public boolean isOffloaded() {
			return true;
		}

		@Override
		public byte[] load() {
			if (this.fails) {
				throw new PayloadUnavailableException("Out of reach", null);
			}
			this.loads++;
			return "bytes".getBytes(StandardCharsets.UTF_8);
		}

	}

}
