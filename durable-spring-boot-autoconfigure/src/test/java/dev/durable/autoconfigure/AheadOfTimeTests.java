package dev.durable.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;

import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.autoconfigure.jdbc.JdbcStoreAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.InputStreamSource;
import org.springframework.javapoet.ClassName;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What is generated for an application that is processed ahead of time. */
class AheadOfTimeTests {

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	@Test
	void applicationWhenProcessedAheadOfTimeBuildsSubclassesStoreAndEngine() {
		process(Application.class);
		assertThat(sources())
			.contains("Greeting$$", "JdbcStoreAutoConfiguration", "EmbeddedEngineAutoConfiguration",
					"DurableProperties")
			.doesNotContain("DurableClassPostProcessor", "MemoryStoreAutoConfiguration");
		assertThat(this.files.getGeneratedFiles(Kind.CLASS).keySet()).anyMatch((name) -> name.contains("Greeting$$"));
	}

	private void process(Class<?> application) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of("spring.datasource.url=jdbc:h2:mem:ahead-of-time").applyTo(context);
			context.register(application);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(application)), this.files);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
		}
	}

	private String sources() {
		Map<String, InputStreamSource> sources = this.files.getGeneratedFiles(Kind.SOURCE);
		return sources.values().stream().map(AheadOfTimeTests::text).collect(Collectors.joining());
	}

	private static String text(InputStreamSource source) {
		try (InputStream stream = source.getInputStream()) {
			return new String(stream.readAllBytes(), UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, DurableAutoConfiguration.class,
			DurableCodecAutoConfiguration.class, JdbcStoreAutoConfiguration.class, MemoryStoreAutoConfiguration.class,
			EmbeddedEngineAutoConfiguration.class })
	@Import(Greeting.class)
	static class Application {

	}

	/** Used by this test only, so that its subclass is generated here. */
	static class Greeting {

		@DurableFunction
		String greet(String name) {
			return salute(name);
		}

		@DurableStep
		String salute(String name) {
			return "Hello " + name;
		}

	}

}
