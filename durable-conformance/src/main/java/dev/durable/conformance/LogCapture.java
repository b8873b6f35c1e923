package dev.durable.conformance;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hands on what handlers log and print, as JSON objects. A line that is a JSON object is
 * handed on as it is.
 */
final class LogCapture extends AppenderBase<ILoggingEvent> {

	/** Loggers of handlers: the engine's own entries are none of theirs. */
	private static final List<String> LOGGERS = List.of("dev.durable.function.", "dev.durable.conformance.");

	private final Consumer<JsonNode> sink;

	private final PrintStream formerOut = System.out;

	private LogCapture(Consumer<JsonNode> sink) {
		this.sink = sink;
	}

	/** Hand on what is logged and printed in this process while a task runs. */
	static <T> T during(Supplier<T> task, Consumer<JsonNode> sink) {
		LogCapture capture = new LogCapture(sink);
		capture.begin();
		try {
			return task.get();
		}
		finally {
			capture.end();
		}
	}

	private void begin() {
		start();
		root().addAppender(this);
		System.setOut(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (LOGGERS.stream().anyMatch(event.getLoggerName()::startsWith)) {
			ObjectNode entry = Json.object();
			entry.put("level", event.getLevel().toString());
			entry.put("logger", event.getLoggerName());
			entry.put("message", event.getFormattedMessage());
			event.getMDCPropertyMap().forEach(entry::put);
			this.sink.accept(entry);
		}
	}

	private void printed(String line) {
		JsonNode parsed = Json.parseLeniently(line);
		this.sink.accept(parsed.isObject() ? parsed : Json.object().put("message", line));
	}

	private void end() {
		System.setOut(this.formerOut);
		root().detachAppender(this);
		stop();
	}

	/** Cuts what is printed into lines. */
	private final class Lines extends OutputStream {

		private final ByteArrayOutputStream line = new ByteArrayOutputStream();

		@Override
		public synchronized void write(int value) {
			if (value != '\n') {
				this.line.write(value);
				return;
			}
			String text = this.line.toString(StandardCharsets.UTF_8);
			this.line.reset();
			printed(text);
		}

	}

}
