package dev.durable.embedded;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Ids of executions: random, or derived from what makes a start idempotent, so that the
 * journal's first position decides between two starts.
 */
final class ExecutionIds {

	private ExecutionIds() {
	}

	static ExecutionId of(String function, @Nullable String name) {
		return (name != null) ? derived("named", function, name) : new ExecutionId(UUID.randomUUID().toString());
	}

	static ExecutionId child(ExecutionId parent, OperationId operation) {
		return derived("child", parent.value(), operation.value());
	}

	private static ExecutionId derived(String... parts) {
		byte[] hash = sha256().digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
		return new ExecutionId(HexFormat.of().formatHex(hash, 0, 16));
	}

	/** Keyed by the id, so that equal inputs of two executions do not show as equal. */
	static String inputDigest(ExecutionId id, Payload input) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(id.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return HexFormat.of().formatHex(mac.doFinal(input.bytes()));
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("Every Java platform has HmacSHA256", ex);
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
