package dev.durable.context;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.durable.OperationId;
import org.jspecify.annotations.Nullable;

/**
 * Gives the operations of one context their ids: {@code hex(SHA-256(prefix + n))}, where
 * the prefix is empty for the root and the context's id and a hyphen otherwise, as on
 * AWS. Belongs to the context's thread.
 */
final class OperationIds {

	private final String prefix;

	private int count;

	OperationIds(@Nullable OperationId context) {
		this.prefix = (context != null) ? context.value() + "-" : "";
	}

	OperationId next() {
		this.count++;
		return id(this.count);
	}

	/** The id that {@link #next()} would give. */
	OperationId upcoming() {
		return id(this.count + 1);
	}

	private OperationId id(int number) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest((this.prefix + number).getBytes(StandardCharsets.UTF_8));
			return new OperationId(HexFormat.of().formatHex(hash));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
