package dev.durable.conformance;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import dev.durable.OperationSubType;
import dev.durable.observe.AttemptInfo;
import dev.durable.observe.DurableListener;
import dev.durable.observe.InvocationEndInfo;
import dev.durable.observe.InvocationInfo;
import dev.durable.observe.InvocationStatus;
import dev.durable.observe.OperationChange;
import dev.durable.observe.OperationInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FunctionListenerTests {

	private static final OperationRef STEP = new OperationRef(new OperationId("1"), null, "greet",
			OperationSubType.STEP);

	private final List<String> told = new ArrayList<>();

	private final DurableListener listener = (DurableListener) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { DurableListener.class }, (proxy, method, arguments) -> this.told.add(method.getName()));

	private static void tellEverything(DurableListener to, String function) {
		ExecutionId execution = new ExecutionId("execution-of-" + function);
		InvocationInfo invocation = new InvocationInfo(execution, new FunctionVersion(function, "1"), "request", true,
				Instant.EPOCH, Map.of(), Map.of());
		OperationInfo operation = new OperationInfo(execution, STEP, OperationStatus.SUCCEEDED, 1, Instant.EPOCH,
				Instant.EPOCH, null, null, false);
		AttemptInfo attempt = new AttemptInfo(execution, STEP, 1, Instant.EPOCH, Instant.EPOCH, false, false, null);
		to.onInvocationStart(invocation);
		to.onOperationStart(operation);
		to.onAttemptStart(attempt);
		to.onAttemptEnd(attempt);
		to.onOperationChange(new OperationChange(execution, Map.of(), Map.of()));
		to.onOperationEnd(operation);
		to.onInvocationEnd(new InvocationEndInfo(invocation, InvocationStatus.SUCCEEDED, null));
	}

	@Test
	void listenerIsToldOfItsOwnFunctionsOnly() {
		FunctionListener listening = new FunctionListener(this.listener, Set.of("mine"));
		tellEverything(listening, "other");
		assertThat(this.told).isEmpty();
		tellEverything(listening, "mine");
		// Coverage adds a method of its own, a synthetic one
		assertThat(this.told).containsExactlyInAnyOrderElementsOf(Stream.of(DurableListener.class.getDeclaredMethods())
			.filter((method) -> !method.isSynthetic())
			.map(Method::getName)
			.toList());
	}

	@Test
	void listenerWithoutFunctionsIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> FunctionListener.of(new DurableListener() {
		})).withMessageContaining("must be annotated with @ListensTo");
	}

}
