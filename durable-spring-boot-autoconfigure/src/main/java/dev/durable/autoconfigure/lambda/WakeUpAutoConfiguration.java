package dev.durable.autoconfigure.lambda;

import java.util.function.Supplier;

import dev.durable.autoconfigure.DurableEngineCustomizer;
import dev.durable.autoconfigure.EmbeddedEngineAutoConfiguration;
import dev.durable.autoconfigure.MemoryStoreAutoConfiguration;
import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.autoconfigure.lambda.LambdaProperties.WakeUpType;
import dev.durable.lambda.WakeUpScheduler;
import dev.durable.store.CheckpointStore;
import dev.durable.store.StoreClock;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Has a Lambda function invoked when executions in a store of ours can go on there: by
 * the function itself, and by other applications with the same store.
 */
@AutoConfiguration(before = EmbeddedEngineAutoConfiguration.class, after = MemoryStoreAutoConfiguration.class)
@ConditionalOnClass(WakeUpScheduler.class)
@ConditionalOnBean(CheckpointStore.class)
@EnableConfigurationProperties(LambdaProperties.class)
public final class WakeUpAutoConfiguration {

	@Bean
	InvokedFunction durableInvokedFunction() {
		return new InvokedFunction();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty("durable.lambda.wake-up.type")
	WakeUpScheduler durableWakeUpScheduler(LambdaProperties lambda, CheckpointStore store,
			ObjectProvider<QueueWakeUps> queues, ObjectProvider<ScheduleWakeUps> schedules) {
		StoreClock clock = store.clock();
		Supplier<WakeUpScheduler> near = () -> queues.orderedStream()
			.findFirst()
			.orElseThrow(() -> missing("Amazon SQS", "software.amazon.awssdk:sqs"))
			.scheduler(clock);
		Supplier<WakeUpScheduler> far = () -> schedules.orderedStream()
			.findFirst()
			.orElseThrow(() -> missing("Amazon EventBridge Scheduler", "software.amazon.awssdk:scheduler"))
			.scheduler(clock);
		WakeUpType type = lambda.wakeUp().type();
		if (type == WakeUpType.SQS) {
			return near.get();
		}
		return (type == WakeUpType.SCHEDULER) ? far.get() : WakeUpScheduler.byDistance(near.get(), far.get(), clock);
	}

	private static StoreSelectionException missing(String what, String dependency) {
		return new StoreSelectionException(
				"'durable.lambda.wake-up.type' needs the AWS SDK for %s, which is not on the class path."
					.formatted(what),
				"Add the dependency %s.".formatted(dependency));
	}

	/** First, so that the application's customizers have the last word. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	DurableEngineCustomizer durableWakeUpCustomizer(ObjectProvider<WakeUpScheduler> wakeUps, CheckpointStore store) {
		return (builder) -> wakeUps
			.ifAvailable((scheduler) -> builder.whenRunnableElsewhere(scheduler.whenRunnable(store.clock())));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SqsClient.class)
	static class QueueConfiguration {

		@Bean
		QueueWakeUps durableQueueWakeUps(ObjectProvider<SqsClient> clients, LambdaProperties lambda) {
			return new QueueWakeUps(
					new ServiceConnection<>(clients.getIfUnique(),
							() -> SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()),
					lambda.wakeUp());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SchedulerClient.class)
	static class ScheduleConfiguration {

		@Bean
		ScheduleWakeUps durableScheduleWakeUps(ObjectProvider<SchedulerClient> clients, LambdaProperties lambda,
				InvokedFunction invoked) {
			return new ScheduleWakeUps(new ServiceConnection<>(clients.getIfUnique(),
					() -> SchedulerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()),
					lambda.wakeUp(), invoked);
		}

	}

}
