package dev.durable.autoconfigure.lambda;

import dev.durable.lambda.LambdaPriming.Calls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.SdkHttpClient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class LambdaWarmUpTests {

	@ParameterizedTest
	@EnumSource
	void classesAreLoadedWithoutAServiceAndWithoutAFailure(Calls calls, CapturedOutput output) {
		new LoadedClasses(calls).run();
		assertThat(output).doesNotContain("could be loaded early");
	}

	@Test
	void connectionsOpenedAheadAreThoseOfTheFirstCall() {
		SdkHttpClient ahead = ServiceHttp.openAhead();
		assertThat(ServiceHttp.open()).isSameAs(ahead);
		assertThat(ServiceHttp.open()).isNotSameAs(ahead);
	}

	@ParameterizedTest
	@CsvSource({ "jdbc, orders, on-demand, true", "lambda, '', on-demand, true", "lambda, orders, snap-start, true",
			"lambda, orders, on-demand, false" })
	void nothingIsLoadedEarlyWhereItIsOfNoUse(String store, String function, String initialization, String priming) {
		MockEnvironment environment = new MockEnvironment().withProperty("durable.store.type", store)
			.withProperty("AWS_LAMBDA_FUNCTION_NAME", function)
			.withProperty("AWS_LAMBDA_INITIALIZATION_TYPE", initialization)
			.withProperty("durable.lambda.priming", priming);
		new LambdaWarmUp().onApplicationEvent(new ApplicationEnvironmentPreparedEvent(new DefaultBootstrapContext(),
				new SpringApplication(), new String[0], environment));
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("durable-warm-up");
	}

}
