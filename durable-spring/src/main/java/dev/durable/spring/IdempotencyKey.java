package dev.durable.spring;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** A SpEL expression over a function's arguments that names its execution. */
record IdempotencyKey(Expression expression) {

	private static final ParameterNameDiscoverer PARAMETER_NAMES = new DefaultParameterNameDiscoverer();

	static IdempotencyKey parse(String text) {
		try {
			return new IdempotencyKey(new SpelExpressionParser().parseExpression(text));
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException(
					"'idempotencyKey' must be a SpEL expression such as '#order.id' but was '%s': %s".formatted(text,
							ex.getSimpleMessage()),
					ex);
		}
	}

	String evaluate(Method method, @Nullable Object[] arguments) {
		Object value = value(method, arguments);
		if (value == null) {
			throw new IllegalArgumentException(
					"The idempotency key '%s' of %s must name the execution but was null for these arguments"
						.formatted(this.expression.getExpressionString(), MethodText.of(method)));
		}
		return value.toString();
	}

	@SuppressWarnings("NullAway") // Spring's declaration does not say that elements may
									// be null
	private @Nullable Object value(Method method, @Nullable Object[] arguments) {
		try {
			return this.expression.getValue(new MethodBasedEvaluationContext(null, method, arguments, PARAMETER_NAMES));
		}
		catch (EvaluationException ex) {
			throw new IllegalArgumentException(
					"The idempotency key '%s' of %s cannot be evaluated. Parameters are known by name if the class is compiled with '-parameters', else as #p0, #p1"
						.formatted(this.expression.getExpressionString(), MethodText.of(method)),
					ex);
		}
	}

}
