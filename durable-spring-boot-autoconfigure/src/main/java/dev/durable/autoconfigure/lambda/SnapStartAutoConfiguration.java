package dev.durable.autoconfigure.lambda;

import dev.durable.codec.ErrorCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.lambda.LambdaEngine;
import dev.durable.lambda.LambdaPriming;
import dev.durable.spring.DurableFunctions;
import org.crac.Resource;
import software.amazon.awssdk.services.lambda.LambdaClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Prepares the process for a snapshot, such as that of Lambda's SnapStart, if CRaC's API
 * is there.
 */
@AutoConfiguration(after = LambdaEngineAutoConfiguration.class)
@ConditionalOnClass({ Resource.class, LambdaPriming.class })
@ConditionalOnBean(LambdaEngine.class)
@ConditionalOnBooleanProperty(name = "durable.lambda.priming", matchIfMissing = true)
public final class SnapStartAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SnapshotPriming durableSnapshotPriming(PayloadCodec codec, ErrorCodec errors, DurableFunctions functions,
			ServiceConnection<LambdaClient> connection) {
		return new SnapshotPriming(codec, errors, functions, connection);
	}

}
