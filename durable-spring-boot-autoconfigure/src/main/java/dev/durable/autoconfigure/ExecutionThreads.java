package dev.durable.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.boot.system.JavaVersion;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.util.ClassUtils;

/**
 * What executions and their branches run on, and what their threads inherit.
 *
 * @param executor starts each task on a thread of its own, or nothing for the engine's
 * default
 * @param decorator wraps a branch's task, on the thread that starts it
 */
public record ExecutionThreads(Optional<Executor> executor, UnaryOperator<Runnable> decorator) {

	/**
	 * Choose threads, and hand branches the starting thread's logging context and what
	 * the application's decorators, or else Micrometer's context propagation, hand on.
	 */
	static ExecutionThreads of(DurableProperties.Threads threads, Environment environment,
			List<TaskDecorator> decorators) {
		List<TaskDecorator> chosen = (decorators.isEmpty() && propagatesContext())
				? List.of(new ContextPropagatingTaskDecorator()) : List.copyOf(decorators);
		return new ExecutionThreads(virtual(threads, environment)
				? Optional.of(new VirtualThreadTaskExecutor("durable-")) : Optional.empty(),
				(task) -> decorated(task, chosen));
	}

	static boolean virtual(DurableProperties.Threads threads, Environment environment) {
		Boolean virtual = threads.virtual();
		return (virtual != null) ? virtual && JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE)
				: Threading.VIRTUAL.isActive(environment);
	}

	private static Runnable decorated(Runnable task, List<TaskDecorator> decorators) {
		Runnable decorated = task;
		for (TaskDecorator decorator : decorators) {
			decorated = decorator.decorate(decorated);
		}
		return withLoggingContext(decorated);
	}

	private static Runnable withLoggingContext(Runnable task) {
		Map<String, String> inherited = MDC.getCopyOfContextMap();
		return () -> {
			Map<String, String> before = MDC.getCopyOfContextMap();
			setLoggingContext(inherited);
			try {
				task.run();
			}
			finally {
				setLoggingContext(before);
			}
		};
	}

	private static void setLoggingContext(@Nullable Map<String, String> values) {
		if (values == null) {
			MDC.clear();
		}
		else {
			MDC.setContextMap(values);
		}
	}

	private static boolean propagatesContext() {
		return ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory",
				ExecutionThreads.class.getClassLoader());
	}

}
