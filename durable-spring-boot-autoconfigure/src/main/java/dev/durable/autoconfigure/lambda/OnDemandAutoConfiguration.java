package dev.durable.autoconfigure.lambda;

import dev.durable.autoconfigure.EmbeddedEngineAutoConfiguration;
import dev.durable.autoconfigure.OnDemandCondition;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.lambda.DurableEvents;
import dev.durable.lambda.LambdaWorker;
import dev.durable.lambda.WakeUpScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Works on executions in a store of ours within the invocations of a Lambda function, and
 * at no other time.
 */
@AutoConfiguration(after = { EmbeddedEngineAutoConfiguration.class, WakeUpAutoConfiguration.class })
@ConditionalOnClass(LambdaWorker.class)
@ConditionalOnBean(EmbeddedEngine.class)
@ConditionalOnBooleanProperty(name = "durable.worker.enabled", matchIfMissing = true)
@Conditional(OnDemandCondition.class)
@EnableConfigurationProperties(LambdaProperties.class)
public final class OnDemandAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(OnDemandAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	LambdaWorker durableLambdaWorker(EmbeddedEngine engine, ObjectProvider<WakeUpScheduler> wakeUps,
			LambdaProperties lambda) {
		return new LambdaWorker(engine, wakeUps.getIfAvailable(OnDemandAutoConfiguration::none),
				new LambdaWorker.Settings(lambda.margin(), lambda.wakeUp().horizon()));
	}

	private static WakeUpScheduler none() {
		logger.warn("Nothing wakes this Lambda function when executions are due, so only its sweep does: "
				+ "set 'durable.lambda.wake-up.type' to 'scheduler', 'sqs' or 'both'.");
		return (at) -> false;
	}

	@Bean
	@ConditionalOnMissingBean
	DurableEvents durableEvents(LambdaWorker worker, ObjectProvider<InvokedFunction> invoked) {
		return new OnDemandEvents(worker, invoked.getIfAvailable(InvokedFunction::new));
	}

}
