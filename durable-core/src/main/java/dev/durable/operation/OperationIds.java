package dev.durable.operation;

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
public final class OperationIds {

	private final String prefix;

	private int count;

	/**
	 * Create the ids of a context.
	 * @param context the context's id, or {@code null} for the root
	 */
	public OperationIds(@Nullable OperationId context) {
		this.prefix = (context != null) ? context.value() + "-" : "";
	}

	/**
	 * Take the next id.
	 * @return the id
	 */
	public OperationId next() {
		this.count++;
		return at(this.count);
	}

	/**
	 * Look at an id that is not taken yet.
	 * @param ahead 1 for the id that {@link #next()} would give
	 * @return the id
	 */
	public OperationId upcoming(int ahead) {
		return at(this.count + ahead);
	}

	/**
	 * Return the id with a number, taken or not.
	 * @param number from 1
	 * @return the id
	 */
	public OperationId at(int number) {
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
