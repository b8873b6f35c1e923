package dev.durable.autoconfigure;

import java.util.Arrays;
import java.util.stream.Collectors;

import dev.durable.spring.DurableMethodException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains which durable method cannot work, where it is called, and the ways out. */
class DurableMethodFailureAnalyzer extends AbstractFailureAnalyzer<DurableMethodException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DurableMethodException cause) {
		return new FailureAnalysis(description(cause), action(cause), cause);
	}

	private static String description(DurableMethodException cause) {
		StringBuilder text = new StringBuilder();
		text.append("A durable method cannot work as it is written.%n%n".formatted());
		text.append("    class:  %s%n".formatted(cause.beanClass().getName()));
		text.append("    method: %s%n".formatted(signature(cause)));
		// As in a stack trace, so that IDEs link to the line
		cause.calls().forEach((call) -> text.append("    called: at %s%n".formatted(call)));
		return text.append("%n%s".formatted(cause.problem())).toString();
	}

	private static String signature(DurableMethodException cause) {
		String parameters = Arrays.stream(cause.method().getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", "));
		return "%s(%s)".formatted(cause.method().getName(), parameters);
	}

	private static String action(DurableMethodException cause) {
		return cause.waysOut()
			.stream()
			.map((way) -> "    - " + way + "%n".formatted())
			.collect(Collectors.joining("", "Do one of these:%n%n".formatted(), ""));
	}

}
