package dev.durable.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** What a class logs. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final BlockingQueue<ILoggingEvent> events = new LinkedBlockingQueue<>();

	private final Logger logger;

	private LogLines(Logger logger) {
		this.logger = logger;
	}

	static LogLines of(Class<?> type) {
		LogLines lines = new LogLines((Logger) LoggerFactory.getLogger(type));
		lines.start();
		lines.logger.addAppender(lines);
		return lines;
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.events.add(event);
	}

	/** Wait for a line that begins so. */
	void await(String beginning) throws InterruptedException {
		ILoggingEvent event = this.events.poll(10, TimeUnit.SECONDS);
		while (event != null && !event.getFormattedMessage().startsWith(beginning)) {
			event = this.events.poll(10, TimeUnit.SECONDS);
		}
		if (event == null) {
			throw new AssertionError("Nobody logged '" + beginning + "'");
		}
	}

	/** All lines so far, each with its level. */
	List<String> lines() {
		List<String> lines = new ArrayList<>();
		this.events.forEach((event) -> lines.add(event.getLevel() + " " + event.getFormattedMessage()));
		return lines;
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
	}

}
