package dev.durable.payload;

import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EncryptionKeyTests {

	@Test
	void keyWhenItHasOtherThan256BitsIsRefusedWithoutBeingShown() {
		assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKey.of("k1", new byte[16]))
			.withMessage("Key 'k1' must have exactly 256 bits (32 bytes) but has 16 bytes; "
					+ "make one with 'openssl rand -base64 32'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EncryptionKey.ofBase64("k1", Base64.getEncoder().encodeToString(new byte[33])))
			.withMessageContaining("33 bytes");
	}

	@Test
	void keyWhenItIsNoBase64IsRefusedWithoutBeingShown() {
		assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKey.ofBase64("k1", "top$ecret"))
			.withMessageContaining("Key 'k1' must be written in base64")
			.withMessageNotContaining("ecret")
			.withNoCause();
	}

	@Test
	void keyWhenItsIdCouldBreakAnEnvelopeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKey.of("", new byte[32]));
		assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKey.of("k\n1", new byte[32]));
		assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKey.of("k".repeat(129), new byte[32]));
	}

	@Test
	void textOfKeysTellsTheirIdsOnly() {
		EncryptionKey key = EncryptionKey.ofBase64("2026-11", Base64.getEncoder().encodeToString(new byte[32]));
		assertThat(key).hasToString("EncryptionKey[2026-11]");
		assertThat(KeyProvider.of(key)).hasToString("FixedKeys[2026-11]");
	}

	@Test
	void keyWhenItsArrayIsChangedStaysTheSame() {
		byte[] secret = new byte[32];
		EncryptionKey key = EncryptionKey.of("k1", secret);
		secret[0] = 1;
		assertThat(key.secret().getEncoded()).isEqualTo(new byte[32]);
	}

	@Test
	void providerWhenTwoKeysHaveOneIdIsRefused() {
		EncryptionKey key = EncryptionKey.of("k1", new byte[32]);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KeyProvider.of(key, EncryptionKey.of("k1", new byte[32])));
		EncryptionKey former = EncryptionKey.of("k0", new byte[32]);
		assertThatIllegalArgumentException().isThrownBy(() -> KeyProvider.of(key, former, former));
	}

}
