package dev.durable.store.jdbc;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.durable.ExecutionId;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadStore;
import dev.durable.store.tck.PayloadStoreContract;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The contract for payloads in one database. */
abstract class JdbcPayloadStoreContract extends PayloadStoreContract {

	private static final String KEY = "0a".repeat(32);

	abstract DataSource database();

	@Override
	protected PayloadStore store() {
		return new JdbcPayloadStore(database(), "durable_", true);
	}

	@Override
	protected PayloadStore otherNode() {
		return new JdbcPayloadStore(database(), "durable_", true);
	}

	private static PayloadOwner owner() {
		return new PayloadOwner(new ExecutionId(UUID.randomUUID().toString()), "start");
	}

	@Test
	void tableWhenManyNodesCreateItAtOnceIsCreatedOnce() {
		String prefix = "p" + UUID.randomUUID().toString().substring(0, 8) + "_";
		PayloadOwner owner = owner();
		List<byte[]> read = IntStream.range(0, 8).parallel().mapToObj((i) -> {
			PayloadStore store = new JdbcPayloadStore(database(), prefix, true);
			store.put(owner, KEY, new byte[] { 1 });
			return store.get(owner, KEY).orElseThrow();
		}).toList();
		assertThat(read).hasSize(8).allSatisfy((content) -> assertThat(content).containsExactly(1));
		assertThat(Databases.queryText(database(), "select count(*) from " + prefix + "payload")).isEqualTo("1");
	}

	@Test
	void storeWhenItsTableIsMissingIsUnavailable() {
		PayloadStore store = new JdbcPayloadStore(database(), "missing_", false);
		assertThatExceptionOfType(PayloadUnavailableException.class)
			.isThrownBy(() -> store.put(owner(), KEY, new byte[1]))
			.withMessageStartingWith("Could not put offloaded payloads of '");
	}

	@Test
	void prefixWhenItIsNoIdentifierIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new JdbcPayloadStore(database(), "a b", false));
	}

}
