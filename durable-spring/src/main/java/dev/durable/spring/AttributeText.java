package dev.durable.spring;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.StringValueResolver;

/**
 * Reads annotation attributes that are given as a number or as text with placeholders.
 */
final class AttributeText {

	private final StringValueResolver resolver;

	AttributeText(StringValueResolver resolver) {
		this.resolver = resolver;
	}

	@Nullable Long number(String attribute, long value, String text) {
		String resolved = resolve(text);
		if (resolved.isEmpty()) {
			return (value < 0) ? null : value;
		}
		try {
			return Long.valueOf(resolved);
		}
		catch (NumberFormatException ex) {
			throw invalid(attribute, "a whole number", text, resolved, ex);
		}
	}

	@Nullable Double factor(String attribute, double value, String text) {
		String resolved = resolve(text);
		if (resolved.isEmpty()) {
			return (value < 0) ? null : value;
		}
		try {
			return Double.valueOf(resolved);
		}
		catch (NumberFormatException ex) {
			throw invalid(attribute, "a number", text, resolved, ex);
		}
	}

	@Nullable Duration duration(String attribute, long value, String text, TimeUnit unit) {
		if (resolve(text).isEmpty()) {
			return (value < 0) ? null : Duration.of(value, unit.toChronoUnit());
		}
		return duration(attribute, text, DurationFormat.Unit.fromChronoUnit(unit.toChronoUnit()));
	}

	@Nullable Duration duration(String attribute, String text, DurationFormat.Unit unit) {
		String resolved = resolve(text);
		if (resolved.isEmpty()) {
			return null;
		}
		try {
			return DurationFormatterUtils.detectAndParse(resolved, unit);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(attribute, "a duration such as '500ms', '30d' or 'PT1H'", text, resolved, ex);
		}
	}

	private String resolve(String text) {
		if (text.isBlank()) {
			return "";
		}
		String resolved = this.resolver.resolveStringValue(text);
		return (resolved != null) ? resolved.strip() : "";
	}

	private static IllegalArgumentException invalid(String attribute, String expected, String text, String resolved,
			Exception cause) {
		return new IllegalArgumentException(
				"'%s' must be %s but was '%s' (from '%s')".formatted(attribute, expected, resolved, text), cause);
	}

}
