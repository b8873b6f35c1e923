package dev.durable.context;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.spi.LocationAwareLogger;

/** A logger that says nothing while a condition holds. */
final class QuietLogger extends AbstractLogger {

	private final transient Logger delegate;

	private final transient BooleanSupplier quiet;

	QuietLogger(Logger delegate, BooleanSupplier quiet) {
		this.delegate = delegate;
		this.quiet = quiet;
		this.name = delegate.getName();
	}

	@Override
	protected String getFullyQualifiedCallerName() {
		return AbstractLogger.class.getName();
	}

	@Override
	protected void handleNormalizedLoggingCall(Level level, @Nullable Marker marker, String message,
			@Nullable Object @Nullable [] arguments, @Nullable Throwable throwable) {
		if (this.delegate instanceof LocationAwareLogger located) {
			located.log(marker, getFullyQualifiedCallerName(), level.toInt(), message, arguments, throwable);
			return;
		}
		var event = this.delegate.makeLoggingEventBuilder(level).setMessage(message).setCause(throwable);
		if (arguments != null) {
			for (Object argument : arguments) {
				event = event.addArgument(argument);
			}
		}
		event.log();
	}

	private boolean enabled(Level level) {
		return this.delegate.isEnabledForLevel(level) && !this.quiet.getAsBoolean();
	}

	@Override
	public boolean isTraceEnabled() {
		return enabled(Level.TRACE);
	}

	@Override
	public boolean isTraceEnabled(Marker marker) {
		return this.delegate.isTraceEnabled(marker) && !this.quiet.getAsBoolean();
	}

	@Override
	public boolean isDebugEnabled() {
		return enabled(Level.DEBUG);
	}

	@Override
	public boolean isDebugEnabled(Marker marker) {
		return this.delegate.isDebugEnabled(marker) && !this.quiet.getAsBoolean();
	}

	@Override
	public boolean isInfoEnabled() {
		return enabled(Level.INFO);
	}

	@Override
	public boolean isInfoEnabled(Marker marker) {
		return this.delegate.isInfoEnabled(marker) && !this.quiet.getAsBoolean();
	}

	@Override
	public boolean isWarnEnabled() {
		return enabled(Level.WARN);
	}

	@Override
	public boolean isWarnEnabled(Marker marker) {
		return this.delegate.isWarnEnabled(marker) && !this.quiet.getAsBoolean();
	}

	@Override
	public boolean isErrorEnabled() {
		return enabled(Level.ERROR);
	}

	@Override
	public boolean isErrorEnabled(Marker marker) {
		return this.delegate.isErrorEnabled(marker) && !this.quiet.getAsBoolean();
	}

}
