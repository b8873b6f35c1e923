package dev.durable.conformance.batch;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.durable.BatchItem;
import dev.durable.BatchItemStatus;
import dev.durable.BatchResult;
import dev.durable.CompletionReason;
import dev.durable.ValueCodec;
import tools.jackson.databind.json.JsonMapper;

/** The codecs of an application that writes results in its own way. */
final class Codecs {

	/** Writes the text {@code v} as {@code wrapped:v}. */
	static final ValueCodec<String> PREFIX = ValueCodec.of((value) -> Codecs.WRAPPED + value,
			(text) -> rest(Codecs.WRAPPED, text));

	/** Writes the text {@code v} as <code>{"wrapped":"v"}</code>. */
	static final ValueCodec<String> ENVELOPE = ValueCodec.of(
			(value) -> Codecs.MAPPER.writeValueAsString(new Envelope(value)),
			(text) -> Codecs.MAPPER.readValue(text, Envelope.class).wrapped());

	/** Writes the results of a batch, all of which succeeded, with commas between. */
	static final ValueCodec<BatchResult<String>> JOINED = ValueCodec.of(Codecs::join, Codecs::split);

	private static final String WRAPPED = "wrapped:";

	private static final String JOINED_PREFIX = "OPSERDE:";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private Codecs() {
	}

	private static String join(BatchResult<String> result) {
		return JOINED_PREFIX + String.join(",", result.results());
	}

	private static BatchResult<String> split(String text) {
		List<String> results = Stream.of(rest(JOINED_PREFIX, text).split(",")).toList();
		return new BatchResult<>(IntStream.range(0, results.size())
			.mapToObj((index) -> new BatchItem<>(index, null, BatchItemStatus.SUCCEEDED, results.get(index), null))
			.toList(), CompletionReason.ALL_COMPLETED);
	}

	private static String rest(String prefix, String text) {
		if (!text.startsWith(prefix)) {
			throw new IllegalArgumentException("'text' must start with '%s'".formatted(prefix));
		}
		return text.substring(prefix.length());
	}

	private record Envelope(String wrapped) {
	}

}
