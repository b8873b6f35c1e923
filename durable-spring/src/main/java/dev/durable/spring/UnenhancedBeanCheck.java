package dev.durable.spring;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.durable.spring.DurableMethodException.Kind;
import dev.durable.spring.SelfCallScan.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for calls that stay unrecorded in beans that Spring did not build from a class.
 */
final class UnenhancedBeanCheck {

	private static final Logger logger = LoggerFactory.getLogger(UnenhancedBeanCheck.class);

	private static final List<String> WAYS_OUT = List.of(
			"let Spring build the bean from its class (@Component or @Import instead of a @Bean method)",
			"move the called method to another bean", "run its code with DurableContext.step",
			"if the calls are meant to be plain, set durable.self-calls to 'warn'");

	private UnenhancedBeanCheck() {
	}

	static void check(DurableMethods methods, SelfCalls mode) {
		List<Finding> findings = SelfCallScan.scan(methods);
		if (findings.isEmpty()) {
			return;
		}
		DurableMethodException problem = problem(methods, findings);
		if (mode == SelfCalls.FAIL) {
			throw problem;
		}
		if (Warned.first(methods.userClass())) {
			logger.warn("{}", problem.getMessage());
		}
	}

	private static DurableMethodException problem(DurableMethods methods, List<Finding> findings) {
		Finding first = findings.get(0);
		String places = findings.stream()
			.map((finding) -> "%s calls '%s'".formatted(finding.place(), finding.method().getName()))
			.collect(Collectors.joining(", "));
		return new DurableMethodException(Kind.SELF_CALL, methods.userClass(), first.method(),
				"%s %s is called on 'this', but the bean was made by a @Bean method or a supplier, so Spring cannot subclass it and the call would not be recorded: %s."
					.formatted(MethodText.annotationOf(first.method()),
							MethodText.of(methods.userClass(), first.method()), places),
				findings.stream().map(Finding::place).toList(), WAYS_OUT, null);
	}

	/** Prototypes are checked again and again, but one warning is enough. */
	private static final class Warned {

		private static final Set<String> CLASSES = ConcurrentHashMap.newKeySet();

		static boolean first(Class<?> type) {
			return CLASSES.add(type.getName());
		}

	}

}
