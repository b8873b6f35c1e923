package dev.durable.autoconfigure.lambda;

import dev.durable.lambda.LambdaPriming;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Loads what the first invocation of a Lambda durable function needs while the
 * application starts, on a thread of its own: Lambda's initialization has processors to
 * spare, while an invocation is waited for.
 */
final class LambdaWarmUp implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

	private static final String ENGINE = "dev.durable.lambda.LambdaEngine";

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		if (isWanted(event.getEnvironment()) && ClassUtils.isPresent(ENGINE, getClass().getClassLoader())) {
			Thread thread = new Thread(new LoadedClasses(calls(event.getEnvironment())), "durable-warm-up");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private static LambdaPriming.Calls calls(Environment environment) {
		return environment.getProperty("durable.lambda.checkpoint.direct", Boolean.class, true)
				&& DirectCalls.ofProcess().arePossible() ? LambdaPriming.Calls.DIRECT : LambdaPriming.Calls.CLIENT;
	}

	/** Before a snapshot there is time enough, and the priming does the same. */
	private static boolean isWanted(Environment environment) {
		return "lambda".equalsIgnoreCase(environment.getProperty("durable.store.type"))
				&& StringUtils.hasText(environment.getProperty(FunctionSelection.LAMBDA_NAME))
				&& !"snap-start".equals(environment.getProperty("AWS_LAMBDA_INITIALIZATION_TYPE"))
				&& environment.getProperty("durable.lambda.priming", Boolean.class, true)
				&& Runtime.getRuntime().availableProcessors() > 1;
	}

}
