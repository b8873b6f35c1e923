package dev.durable.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Matches in processes that are frozen between the events that they handle, such as those
 * of a Lambda function: nothing can run there in the background.
 */
public class OnDemandCondition extends SpringBootCondition {

	private static final String PROPERTY = "durable.lambda.on-demand";

	/** Set by Lambda in its execution environments. */
	private static final String LAMBDA_NAME = "AWS_LAMBDA_FUNCTION_NAME";

	private static final String WORKER = "dev.durable.lambda.LambdaWorker";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("On demand");
		if (!ClassUtils.isPresent(WORKER, context.getClassLoader())) {
			return ConditionOutcome.noMatch(message.didNotFind("class").items(WORKER));
		}
		Environment environment = context.getEnvironment();
		Boolean configured = environment.getProperty(PROPERTY, Boolean.class);
		if (configured != null) {
			return new ConditionOutcome(configured, message.because(PROPERTY + " is " + configured));
		}
		boolean lambda = StringUtils.hasText(environment.getProperty(LAMBDA_NAME));
		return new ConditionOutcome(lambda, message.because(LAMBDA_NAME + (lambda ? " is set" : " is not set")));
	}

	/** Matches in all other processes. */
	static class Not extends NoneNestedConditions {

		Not() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@Conditional(OnDemandCondition.class)
		static class OnDemand {

		}

	}

}
