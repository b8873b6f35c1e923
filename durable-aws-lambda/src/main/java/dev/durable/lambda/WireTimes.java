package dev.durable.lambda;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Timestamps in the forms in which they arrive. */
final class WireTimes {

	private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSXXX");

	/** In milliseconds a day in 1973, in seconds one in the year 5138. */
	private static final BigDecimal LEAST_MILLIS = new BigDecimal(100_000_000_000L);

	private WireTimes() {
	}

	/**
	 * Read a timestamp: epoch milliseconds from the service; epoch seconds with a
	 * fraction, as AWS's JSON protocols write them; or the text of local emulators.
	 */
	static @Nullable Instant read(JsonNode node) {
		if (node.isMissingNode() || node.isNull()) {
			return null;
		}
		if (node.isNumber()) {
			BigDecimal number = node.decimalValue();
			BigDecimal millis = (number.abs().compareTo(LEAST_MILLIS) < 0) ? number.movePointRight(3) : number;
			return Instant.ofEpochMilli(millis.longValue());
		}
		return parse(node.asString());
	}

	private static Instant parse(String text) {
		try {
			return OffsetDateTime.parse(text, (text.indexOf(' ') > 0) ? TEXT : DateTimeFormatter.ISO_OFFSET_DATE_TIME)
				.toInstant();
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(
					"A timestamp must be epoch milliseconds or look like '2026-01-31 12:00:00.000000Z' but was '%s'"
						.formatted(text),
					ex);
		}
	}

}
