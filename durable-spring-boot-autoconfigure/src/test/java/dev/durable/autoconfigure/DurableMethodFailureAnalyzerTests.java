package dev.durable.autoconfigure;

import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Tests of {@link DurableMethodFailureAnalyzer}, as a user meets it. */
@ExtendWith(OutputCaptureExtension.class)
class DurableMethodFailureAnalyzerTests {

	@Test
	void startupWhenASelfCallCannotBeRecordedNamesClassMethodAndLine(CapturedOutput output) {
		assertThatException().isThrownBy(() -> SpringApplication.run(BeanMethodApplication.class));
		assertThat(output).contains("APPLICATION FAILED TO START", "A durable method cannot work as it is written.",
				"class:  " + SelfCalling.class.getName(), "method: pay(String)",
				"called: at " + SelfCalling.class.getName() + ".buy(DurableMethodFailureAnalyzerTests.java:",
				"Do one of these:", "    - ");
	}

	@Test
	void startupWhenADurableMethodIsFinalNamesClassAndMethod(CapturedOutput output) {
		assertThatException().isThrownBy(() -> SpringApplication.run(FinalMethodApplication.class));
		assertThat(output).contains("APPLICATION FAILED TO START", "class:  " + FinalStep.class.getName(),
				"method: pay()", "Do one of these:");
	}

	static class SelfCalling {

		@DurableFunction
		String buy(String order) {
			return pay(order);
		}

		@DurableStep
		String pay(String order) {
			return order;
		}

	}

	static class FinalStep {

		@DurableStep
		final void pay() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
			MemoryStoreAutoConfiguration.class, EmbeddedEngineAutoConfiguration.class })
	static class BeanMethodApplication {

		@Bean
		SelfCalling selfCalling() {
			return new SelfCalling();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
			MemoryStoreAutoConfiguration.class, EmbeddedEngineAutoConfiguration.class })
	@Import(FinalStep.class)
	static class FinalMethodApplication {

	}

}
