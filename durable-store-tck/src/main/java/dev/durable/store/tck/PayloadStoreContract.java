package dev.durable.store.tck;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

import dev.durable.ExecutionId;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** What every store of offloaded payloads must do. A store's tests extend this class. */
public abstract class PayloadStoreContract {

	private static final byte[] CONTENT = "a large content".getBytes(StandardCharsets.UTF_8);

	private final PayloadOwner owner = owner();

	/**
	 * Return the store under test.
	 * @return the store
	 */
	protected abstract PayloadStore store();

	/**
	 * Return the store as another node has it: a second object on the same data.
	 * @return the store
	 */
	protected abstract PayloadStore otherNode();

	private static PayloadOwner owner() {
		return new PayloadOwner(new ExecutionId(UUID.randomUUID().toString()), UUID.randomUUID().toString());
	}

	private static String key(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private void put(PayloadOwner owner, byte[] content) {
		store().put(owner, key(content), content);
	}

	@Test
	void contentWhenItWasPutIsSeenByEveryNode() {
		put(this.owner, CONTENT);
		assertThat(store().get(this.owner, key(CONTENT))).hasValue(CONTENT);
		assertThat(otherNode().get(this.owner, key(CONTENT))).hasValue(CONTENT);
	}

	@Test
	void contentWhenItIsPutAgainStaysTheSame() {
		put(this.owner, CONTENT);
		put(this.owner, CONTENT);
		otherNode().put(this.owner, key(CONTENT), CONTENT);
		assertThat(store().get(this.owner, key(CONTENT))).hasValue(CONTENT);
	}

	@Test
	void contentOfAnyBytesAndOfSeveralMegabytesComesBackUnchanged() {
		byte[] everyByte = new byte[256];
		for (int i = 0; i < everyByte.length; i++) {
			everyByte[i] = (byte) i;
		}
		byte[] large = new byte[5_000_000];
		new Random(1).nextBytes(large);
		put(this.owner, everyByte);
		put(this.owner, large);
		assertThat(store().get(this.owner, key(everyByte))).hasValue(everyByte);
		assertThat(Arrays.equals(store().get(this.owner, key(large)).orElseThrow(), large)).isTrue();
	}

	@Test
	void contentThatWasNeverPutIsNothing() {
		assertThat(store().get(this.owner, key(CONTENT))).isEmpty();
		put(this.owner, new byte[] { 1 });
		assertThat(store().get(this.owner, key(CONTENT))).isEmpty();
	}

	@Test
	void contentBelongsToOneOwnerOnly() {
		put(this.owner, CONTENT);
		assertThat(store().get(owner(), key(CONTENT))).isEmpty();
		assertThat(store().get(new PayloadOwner(this.owner.execution(), "another-start"), key(CONTENT))).isEmpty();
	}

	@Test
	void contentsWhenTheirOwnersAreDeletedAreGoneForEveryNode() {
		put(this.owner, CONTENT);
		put(this.owner, new byte[] { 1 });
		store().deleteAll(this.owner);
		assertThat(store().get(this.owner, key(CONTENT))).isEmpty();
		assertThat(otherNode().get(this.owner, key(new byte[] { 1 }))).isEmpty();
	}

	@Test
	void contentsOfOthersWhenAnOwnerIsDeletedStay() {
		PayloadOwner later = new PayloadOwner(this.owner.execution(), this.owner.start() + "0");
		PayloadOwner other = owner();
		put(this.owner, CONTENT);
		put(later, CONTENT);
		put(other, CONTENT);
		store().deleteAll(this.owner);
		assertThat(store().get(later, key(CONTENT))).hasValue(CONTENT);
		assertThat(store().get(other, key(CONTENT))).hasValue(CONTENT);
	}

	@Test
	void ownerWithoutContentsCanBeDeletedAgainAndAgain() {
		put(this.owner, CONTENT);
		store().deleteAll(this.owner);
		assertThatCode(() -> store().deleteAll(this.owner)).doesNotThrowAnyException();
		assertThatCode(() -> store().deleteAll(owner())).doesNotThrowAnyException();
	}

	@Test
	void contentWhenItWasDeletedCanBePutAgain() {
		put(this.owner, CONTENT);
		store().deleteAll(this.owner);
		put(this.owner, CONTENT);
		assertThat(otherNode().get(this.owner, key(CONTENT))).hasValue(CONTENT);
	}

}
