package dev.durable.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import com.amazonaws.services.lambda.runtime.Context;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.cloud.function.adapter.aws.FunctionInvoker;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.function.ThrowingSupplier;

/** The Spring Boot application of a Lambda function, started once for all its events. */
final class LambdaApplication {

	private final FunctionInvoker invoker;

	private final ClassLoader classLoader;

	private final @Nullable DurableEvents events;

	private LambdaApplication(FunctionInvoker invoker, ConfigurableApplicationContext context) {
		this.invoker = invoker;
		ClassLoader own = context.getClassLoader();
		this.classLoader = (own != null) ? own : LambdaApplication.class.getClassLoader();
		this.events = context.getBeanProvider(DurableEvents.class).getIfAvailable();
	}

	/**
	 * Start the application. It is the invoker that starts it; we only look on to know
	 * its context.
	 */
	static LambdaApplication start() {
		AtomicReference<@Nullable ConfigurableApplicationContext> context = new AtomicReference<>();
		ClassLoader classLoader = LambdaApplication.class.getClassLoader();
		ThrowingSupplier<FunctionInvoker> start = FunctionInvoker::new;
		FunctionInvoker invoker = with(classLoader,
				() -> SpringApplication.withHook((application) -> new Watcher(context), start));
		ConfigurableApplicationContext started = context.get();
		if (started == null) {
			throw new IllegalStateException(
					"Spring Cloud Function's invoker has started no application. Name its class in the environment variable MAIN_CLASS.");
		}
		return new LambdaApplication(invoker, started);
	}

	/**
	 * Return whether an event is for durable execution.
	 * @throws IllegalStateException if it is, but this application is not made for it:
	 * the invoker would log its payload and do nothing of use
	 */
	boolean isDurable(byte[] event) {
		if (this.events != null && this.events.isOwn(event)) {
			return true;
		}
		if (LambdaEngine.isEnvelope(event)) {
			throw new IllegalStateException(
					"The Lambda function was invoked as a durable one, but its application keeps executions elsewhere. "
							+ "Set 'durable.store.type=lambda', or create the function without DurableConfig.");
		}
		return false;
	}

	byte[] handle(byte[] event, Context context) {
		DurableEvents events = this.events;
		if (events == null) {
			throw new IllegalStateException("The event is not for durable execution");
		}
		return with(this.classLoader, () -> events.handle(event, context));
	}

	/** Give an event to Spring Cloud Function, on the thread as Lambda set it up. */
	void passOn(InputStream event, OutputStream output, Context context) throws IOException {
		DurableEvents events = this.events;
		if (events == null) {
			this.invoker.handleRequest(event, output, context);
			return;
		}
		try {
			events.during(context, () -> this.invoker.handleRequest(event, output, context));
		}
		catch (IOException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException("The function failed in an unexpected way", ex);
		}
	}

	/** Lambda may call on a thread of its own, which need not know the application. */
	private static <T> T with(ClassLoader classLoader, Call<T> call) {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(classLoader);
		try {
			return call.call();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	@FunctionalInterface
	private interface Call<T> {

		T call();

	}

	/** Notes the context; the main application is the last one to have started. */
	private record Watcher(
			AtomicReference<@Nullable ConfigurableApplicationContext> context) implements SpringApplicationRunListener {

		@Override
		public void started(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
			this.context.set(context);
		}

	}

}
