package dev.durable.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * The handler of a Lambda function with durable functions:
 * {@code dev.durable.lambda.DurableFunctionInvoker}.
 * <p>
 * It starts the Spring Boot application that {@code MAIN_CLASS}, or the manifest's
 * {@code Start-Class}, names, as Spring Cloud Function's invoker does. Events for durable
 * execution go to the application's {@link DurableEvents}, and never to a log. All others
 * go to Spring Cloud Function's invoker as they came, so that ordinary functions beside
 * durable ones do not notice.
 * <p>
 * The application starts with the handler, in Lambda's initialization. If that takes
 * longer than the ten seconds that Lambda allows, set the environment variable
 * {@value #LATE_START} to {@code true}: then it starts with the first event.
 */
public class DurableFunctionInvoker implements RequestStreamHandler {

	static final String LATE_START = "DURABLE_LATE_START";

	/** Spring Cloud Function's way to start late, which knows nothing of our events. */
	private static final String THEIR_LATE_START = "FUNCTION_INVOKER_LATE_INITIALIZATION";

	private final Object starting = new Object();

	private volatile @Nullable LambdaApplication application;

	/** Create the handler, and start the application unless it is to start late. */
	public DurableFunctionInvoker() {
		if (Boolean.parseBoolean(System.getenv(THEIR_LATE_START))) {
			throw new IllegalStateException(
					"'%s' is set, but would only see ordinary events. Set '%s=true' instead, which does the same for all."
						.formatted(THEIR_LATE_START, LATE_START));
		}
		if (!Boolean.parseBoolean(System.getenv(LATE_START))) {
			application();
		}
	}

	private LambdaApplication application() {
		LambdaApplication started = this.application;
		if (started == null) {
			synchronized (this.starting) {
				started = this.application;
				if (started == null) {
					started = LambdaApplication.start();
					this.application = started;
				}
			}
		}
		return started;
	}

	@Override
	public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
		LambdaApplication started = application();
		byte[] event = input.readAllBytes();
		if (started.isDurable(event)) {
			output.write(started.handle(event, context));
		}
		else {
			started.passOn(new ByteArrayInputStream(event), output, context);
		}
	}

}
