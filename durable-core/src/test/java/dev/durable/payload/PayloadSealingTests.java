package dev.durable.payload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.payload.PayloadPlace.Part;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What is stored, and what becomes of it. */
class PayloadSealingTests {

	private static final ExecutionId EXECUTION = new ExecutionId("order-1");

	private static final PayloadPlace PLACE = PayloadPlace.event(EXECUTION, 3, Part.PAYLOAD);

	private static final PayloadOwner OWNER = new PayloadOwner(EXECUTION, "start-1");

	private static final Supplier<PayloadOwner> NO_OWNER = () -> {
		throw new AssertionError("Nothing should be offloaded");
	};

	private static final Payload PLAIN = Payload.ofText("{\"card\":\"4111 1111\"}");

	private final Objects objects = new Objects();

	private final PayloadSealing encrypting = PayloadSealing.none().withKeys(KeyProvider.of(key("k1", 1)));

	private final PayloadSealing offloading = PayloadSealing.none().withStore(this.objects, 4);

	private static EncryptionKey key(String id, int filling) {
		byte[] secret = new byte[32];
		Arrays.fill(secret, (byte) filling);
		return EncryptionKey.of(id, secret);
	}

	private static boolean shows(Payload stored, Payload plain) {
		return new String(stored.bytes(), StandardCharsets.ISO_8859_1)
			.contains(new String(plain.bytes(), StandardCharsets.ISO_8859_1));
	}

	private static PayloadSealedException sealed(Payload opened) {
		return assertThatExceptionOfType(PayloadSealedException.class).isThrownBy(opened::bytes).actual();
	}

	@Test
	void payloadWithoutEncryptionAndOffloadIsStoredAsItIs() {
		assertThat(PayloadSealing.none().seal(PLACE, PLAIN, NO_OWNER)).isSameAs(PLAIN);
		assertThat(PayloadSealing.none().open(PLACE, PLAIN)).isSameAs(PLAIN);
		Payload empty = new Payload(new byte[0]);
		assertThat(PayloadSealing.none().seal(PLACE, empty, NO_OWNER)).isSameAs(empty);
	}

	@Test
	void payloadThatBeginsAsAnEnvelopeDoesComesBackUnchanged() {
		for (PayloadSealing sealing : new PayloadSealing[] { PayloadSealing.none(), this.encrypting }) {
			Payload prefix = new Payload(new byte[] { (byte) 0xF5, 'd', 'u', 'r' });
			Payload envelope = this.encrypting.seal(PLACE, PLAIN, NO_OWNER);
			for (Payload odd : new Payload[] { prefix, envelope, new Envelope.Plain(PLAIN.bytes()).toPayload() }) {
				Payload stored = sealing.seal(PLACE, odd, NO_OWNER);
				assertThat(stored).isNotEqualTo(odd);
				assertThat(sealing.open(PLACE, stored)).isEqualTo(odd);
			}
		}
	}

	@Test
	void payloadWhenItIsEncryptedTellsItsKeyAndSizeBeforeItIsOpened() {
		Payload stored = this.encrypting.seal(PLACE, PLAIN, NO_OWNER);
		assertThat(shows(stored, PLAIN)).isFalse();
		Payload opened = this.encrypting.open(PLACE, stored);
		assertThat(opened.isLoaded()).isFalse();
		assertThat(opened.size()).isEqualTo(PLAIN.size());
		assertThat(opened.source()).isNotNull();
		assertThat(opened.source().keyId()).isEqualTo("k1");
		assertThat(opened.source().isOffloaded()).isFalse();
		assertThat(opened).isEqualTo(PLAIN);
		assertThat(opened.isLoaded()).isTrue();
	}

	@Test
	void payloadWhenItIsEncryptedTwiceIsStoredInTwoForms() {
		Set<Payload> stored = new HashSet<>();
		for (int i = 0; i < 1_000; i++) {
			stored.add(this.encrypting.seal(PLACE, PLAIN, NO_OWNER));
		}
		assertThat(stored).hasSize(1_000);
	}

	@Test
	void payloadWhenAnyByteOfItIsChangedCannotBeOpened() {
		byte[] stored = this.encrypting.seal(PLACE, PLAIN, NO_OWNER).bytes();
		// after prefix, version and kind: with another kind it is another payload
		for (int i = 6; i < stored.length; i++) {
			byte[] changed = stored.clone();
			changed[i] ^= 1;
			sealed(this.encrypting.open(PLACE, new Payload(changed)));
		}
		for (int length = 4; length < stored.length; length++) {
			sealed(this.encrypting.open(PLACE, new Payload(Arrays.copyOf(stored, length))));
		}
	}

	@Test
	void payloadWhenItIsMovedElsewhereCannotBeOpened() {
		Payload stored = this.encrypting.seal(PLACE, PLAIN, NO_OWNER);
		OperationId operation = new OperationId("3");
		PayloadPlace[] others = { PayloadPlace.event(EXECUTION, 4, Part.PAYLOAD),
				PayloadPlace.event(EXECUTION, 3, Part.ERROR),
				PayloadPlace.event(new ExecutionId("order-2"), 3, Part.PAYLOAD),
				PayloadPlace.callback(EXECUTION, operation, Part.PAYLOAD) };
		for (PayloadPlace other : others) {
			assertThat(sealed(this.encrypting.open(other, stored)))
				.hasMessageContaining("cannot be decrypted with key 'k1'")
				.hasMessageContaining("changed or moved");
		}
	}

	@Test
	void payloadWhenItsKeyIsUnknownSaysWhichOneAndWhatToDo() {
		Payload stored = this.encrypting.seal(PLACE, PLAIN, NO_OWNER);
		PayloadSealing otherKey = PayloadSealing.none().withKeys(KeyProvider.of(key("k2", 2)));
		for (PayloadSealing sealing : new PayloadSealing[] { PayloadSealing.none(), otherKey }) {
			assertThat(sealed(sealing.open(PLACE, stored))).hasMessage(
					"The payload at event 3 PAYLOAD of execution 'order-1' is encrypted with key 'k1', which is not known here. "
							+ "Add it to the key provider, or set 'durable.encryption.keys.k1'.");
		}
	}

	@Test
	void payloadWhenItsKeyHasOtherBytesNowCannotBeOpened() {
		Payload stored = this.encrypting.seal(PLACE, PLAIN, NO_OWNER);
		assertThat(sealed(PayloadSealing.none().withKeys(KeyProvider.of(key("k1", 2))).open(PLACE, stored)))
			.hasMessageContaining("Put the former key back under its id.");
	}

	@Test
	void payloadsWhenTheKeyIsReplacedStayReadableAndNewOnesUseTheNewKey() {
		Payload old = this.encrypting.seal(PLACE, PLAIN, NO_OWNER);
		PayloadSealing rotated = PayloadSealing.none().withKeys(KeyProvider.of(key("k2", 2), key("k1", 1)));
		assertThat(rotated.open(PLACE, old)).isEqualTo(PLAIN);
		Payload fresh = rotated.open(PLACE, rotated.seal(PLACE, PLAIN, NO_OWNER));
		assertThat(fresh).isEqualTo(PLAIN);
		assertThat(fresh.source()).isNotNull();
		assertThat(fresh.source().keyId()).isEqualTo("k2");
	}

	@Test
	void payloadWhenItGoesBackToItsPlaceNeedsNoKey() {
		Payload stored = this.encrypting.seal(PLACE, PLAIN, NO_OWNER);
		PayloadSealing keyless = PayloadSealing.none();
		Payload opened = keyless.open(PLACE, stored);
		assertThat(keyless.seal(PLACE, opened, NO_OWNER)).isSameAs(stored);
		assertThatExceptionOfType(PayloadSealedException.class)
			.isThrownBy(() -> keyless.seal(PayloadPlace.event(EXECUTION, 4, Part.PAYLOAD), opened, NO_OWNER));
	}

	@Test
	void payloadWhenItIsReadForAnotherExecutionIsSealedAnew() {
		Payload stored = this.encrypting.seal(PLACE, PLAIN, NO_OWNER);
		PayloadPlace other = PayloadPlace.event(new ExecutionId("order-2"), 9, Part.PAYLOAD);
		Payload moved = this.encrypting.seal(other, this.encrypting.open(PLACE, stored), NO_OWNER);
		assertThat(this.encrypting.open(other, moved)).isEqualTo(PLAIN);
	}

	@Test
	void payloadOfALaterVersionCanBeListedButNotOpened() {
		Payload later = new Payload(new byte[] { (byte) 0xF5, 'd', 'u', 'r', 2, 0, 1 });
		Payload opened = this.encrypting.open(PLACE, later);
		assertThat(opened.size()).isEqualTo(7);
		assertThat(sealed(opened)).hasMessageContaining("a later version");
	}

	@Test
	void payloadWhenItIsLargeIsKeptApartAndFetchedOnce() {
		assertThat(this.offloading.blocks(PLACE, PLAIN)).isTrue();
		Payload stored = this.offloading.seal(PLACE, PLAIN, () -> OWNER);
		assertThat(shows(stored, PLAIN)).isFalse();
		Payload opened = this.offloading.open(PLACE, stored);
		assertThat(opened.size()).isEqualTo(PLAIN.size());
		assertThat(opened.source()).isNotNull();
		assertThat(opened.source().isOffloaded()).isTrue();
		assertThat(opened.source().keyId()).isNull();
		assertThat(opened).hasToString("Payload[%d bytes]".formatted(PLAIN.size()));
		assertThat(this.objects.gets).isZero();
		assertThat(opened.text()).isEqualTo(PLAIN.text());
		assertThat(opened.bytes()).isEqualTo(PLAIN.bytes());
		assertThat(this.objects.gets).isOne();
	}

	@Test
	void payloadWhenItIsNoLargerThanTheThresholdStaysInTheHistory() {
		Payload four = Payload.ofText("1234");
		assertThat(this.offloading.blocks(PLACE, four)).isFalse();
		assertThat(this.offloading.seal(PLACE, four, NO_OWNER)).isSameAs(four);
		assertThatIllegalArgumentException().isThrownBy(() -> PayloadSealing.none().withStore(this.objects, 0));
	}

	@Test
	void payloadWhenItIsEncryptedAndLargeIsEncryptedWhereItIsKept() {
		PayloadSealing both = this.encrypting.withStore(this.objects, 4);
		Payload stored = both.seal(PLACE, PLAIN, () -> OWNER);
		assertThat(this.objects.contents.values()).singleElement()
			.satisfies((content) -> assertThat(shows(new Payload(content), PLAIN)).isFalse());
		Payload opened = both.open(PLACE, stored);
		assertThat(opened.source()).isNotNull();
		assertThat(opened.source().keyId()).isEqualTo("k1");
		assertThat(opened).isEqualTo(PLAIN);
		sealed(both.open(PayloadPlace.event(EXECUTION, 4, Part.PAYLOAD), stored));
		assertThat(sealed(this.offloading.open(PLACE, stored))).hasMessageContaining("durable.encryption.keys.k1");
	}

	@Test
	void payloadWhenWhatIsKeptIsNotEncryptedAsTheReferenceSaysCannotBeOpened() {
		PayloadSealing both = this.encrypting.withStore(this.objects, 4);
		this.offloading.seal(PLACE, PLAIN, () -> OWNER);
		byte[] digest = HexFormat.of().parseHex(Offload.key(PLAIN.bytes()));
		Payload forged = new Envelope.Offloaded("k1", PLAIN.size(), OWNER.start(), digest).toPayload();
		assertThat(sealed(both.open(PLACE, forged))).hasMessageContaining("should be encrypted with key 'k1'");
	}

	@Test
	void payloadWhenItIsKeptApartAndNoStoreIsConfiguredSaysWhatToDo() {
		Payload stored = this.offloading.seal(PLACE, PLAIN, () -> OWNER);
		assertThat(sealed(PayloadSealing.none().open(PLACE, stored)))
			.hasMessageContaining("no payload store is configured")
			.hasMessageContaining("durable.payload.offload.type");
	}

	@Test
	void payloadWhenWhatIsKeptIsMissingOrChangedCannotBeOpened() {
		Payload stored = this.offloading.seal(PLACE, PLAIN, () -> OWNER);
		this.objects.contents.replaceAll((key, content) -> new byte[] { 1, 2, 3 });
		assertThat(sealed(this.offloading.open(PLACE, stored))).hasMessageContaining("has other content")
			.hasMessageContaining(Offload.key(PLAIN.bytes()));
		this.objects.contents.clear();
		assertThat(sealed(this.offloading.open(PLACE, stored)))
			.hasMessageContaining("the payload store has no '%s'".formatted(Offload.key(PLAIN.bytes())));
	}

	@Test
	void payloadWhenItsStoreIsBackIsOpenedAfterAll() {
		Payload opened = this.offloading.open(PLACE, this.offloading.seal(PLACE, PLAIN, () -> OWNER));
		this.objects.reachable = false;
		assertThatExceptionOfType(PayloadUnavailableException.class).isThrownBy(opened::bytes);
		this.objects.reachable = true;
		assertThat(opened).isEqualTo(PLAIN);
	}

	/** Contents by owner and key. */
	private static final class Objects implements PayloadStore {

		private final Map<String, byte[]> contents = new HashMap<>();

		private int gets;

		private boolean reachable = true;

		@Override
		public void put(PayloadOwner owner, String key, byte[] content) {
			this.contents.put(owner + "/" + key, content);
		}

		@Override
		public Optional<byte[]> get(PayloadOwner owner, String key) {
			if (!this.reachable) {
				throw new PayloadUnavailableException("Out of reach", null);
			}
			this.gets++;
			return Optional.ofNullable(this.contents.get(owner + "/" + key));
		}

		@Override
		public void deleteAll(PayloadOwner owner) {
			this.contents.keySet().removeIf((name) -> name.startsWith(owner + "/"));
		}

	}

}
