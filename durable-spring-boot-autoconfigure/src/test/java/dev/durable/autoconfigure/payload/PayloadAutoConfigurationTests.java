package dev.durable.autoconfigure.payload;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.FunctionVersion;
import dev.durable.autoconfigure.DurableAutoConfiguration;
import dev.durable.autoconfigure.DurableCodecAutoConfiguration;
import dev.durable.autoconfigure.DurableEngineCustomizer;
import dev.durable.autoconfigure.DurableProperties;
import dev.durable.autoconfigure.EmbeddedEngineAutoConfiguration;
import dev.durable.autoconfigure.MemoryStoreAutoConfiguration;
import dev.durable.autoconfigure.jdbc.JdbcPayloadStoreAutoConfiguration;
import dev.durable.autoconfigure.jdbc.JdbcStoreAutoConfiguration;
import dev.durable.engine.FunctionDefinition;
import dev.durable.payload.EncryptionKey;
import dev.durable.payload.FileSystemPayloadStore;
import dev.durable.payload.KeyProvider;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadSealing;
import dev.durable.payload.PayloadStore;
import dev.durable.payload.s3.S3PayloadStore;
import dev.durable.store.jdbc.JdbcPayloadStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link PayloadAutoConfiguration} and of the stores' own. */
class PayloadAutoConfigurationTests {

	private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
				MemoryStoreAutoConfiguration.class, EmbeddedEngineAutoConfiguration.class,
				PayloadAutoConfiguration.class, S3PayloadStoreAutoConfiguration.class, JdbcStoreAutoConfiguration.class,
				JdbcPayloadStoreAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withPropertyValues("durable.store.type=memory");

	@TempDir
	Path directory;

	private static FailureAnalysis analysis(Throwable failure) {
		return Objects.requireNonNull(new PayloadConfigurationFailureAnalyzer().analyze(failure));
	}

	@Test
	void payloadsWhenNothingIsSetAreNeitherEncryptedNorOffloaded() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(KeyProvider.class).doesNotHaveBean(PayloadStore.class);
			assertThat(context.getBean(PayloadSealing.class)).isSameAs(PayloadSealing.none());
		});
	}

	@Test
	void payloadsWhenAKeyAndADirectoryAreSetAreEncryptedAndOffloaded() {
		Path files = this.directory.resolve("payloads");
		this.contextRunner.withUserConfiguration(Echo.class)
			.withPropertyValues("durable.encryption.key-id=k1", "durable.encryption.keys.k1=" + SECRET,
					"durable.payload.offload.type=file", "durable.payload.offload.threshold=100B",
					"durable.payload.offload.file.directory=" + files)
			.run((context) -> {
				ExecutionHandle<Object> handle = context.getBean(DurableClient.class)
					.function("echo")
					.start("marker".repeat(50));
				assertThat(handle.result(Duration.ofSeconds(30))).isEqualTo("marker".repeat(50));
				assertThat(handle.history().get(0).details()).containsEntry("encrypted", "k1")
					.containsEntry("offloaded", "302");
				try (Stream<Path> written = Files.walk(files)) {
					assertThat(written.filter(Files::isRegularFile)).hasSize(2)
						.allSatisfy((file) -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
							.doesNotContain("marker"));
				}
			});
	}

	@Test
	void keysOfTheApplicationWinOverProperties() {
		KeyProvider own = KeyProvider.of(EncryptionKey.of("own", new byte[32]));
		this.contextRunner.withBean(KeyProvider.class, () -> own)
			.withPropertyValues("durable.encryption.key-id=k1", "durable.encryption.keys.k1=" + SECRET)
			.run((context) -> assertThat(context.getBean(KeyProvider.class)).isSameAs(own));
	}

	@Test
	void formerKeysAreKnownBesideTheCurrentOne() {
		this.contextRunner
			.withPropertyValues("durable.encryption.key-id=2026-11", "durable.encryption.keys.2026-11=" + SECRET,
					"durable.encryption.keys.2025-11=" + SECRET)
			.run((context) -> {
				KeyProvider keys = context.getBean(KeyProvider.class);
				assertThat(keys.current().id()).isEqualTo("2026-11");
				assertThat(keys.find("2025-11")).isPresent();
				assertThat(keys.find("2024-11")).isEmpty();
				assertThat(context.getBean(DurableProperties.class).toString()).doesNotContain(SECRET);
			});
	}

	@Test
	void startupWhenAKeyIsTooShortFailsWithoutShowingIt() {
		String secret = Base64.getEncoder().encodeToString(new byte[16]);
		this.contextRunner.withPropertyValues("durable.encryption.key-id=k1", "durable.encryption.keys.k1=" + secret)
			.run((context) -> {
				FailureAnalysis analysis = analysis(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("Key 'k1' must have exactly 256 bits")
					.doesNotContain(secret);
				assertThat(analysis.getAction()).contains("openssl rand -base64 32")
					.contains("durable.encryption.keys.k1");
			});
	}

	@Test
	void startupWhenTheCurrentKeyIsMissingFails() {
		this.contextRunner.withPropertyValues("durable.encryption.key-id=k2", "durable.encryption.keys.k1=" + SECRET)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.isEqualTo("'durable.encryption.key-id' is 'k2', but 'durable.encryption.keys' has only [k1]."));
	}

	@Test
	void startupWhenKeysWouldNotBeUsedFails() {
		this.contextRunner.withPropertyValues("durable.encryption.keys.k1=" + SECRET)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("nothing would be encrypted"));
	}

	@Test
	void startupWhenTheDirectoryIsMissingFails() {
		this.contextRunner.withPropertyValues("durable.payload.offload.type=file")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("durable.payload.offload.file.directory"));
	}

	@Test
	void startupWhenTheJdbcStoreIsMissingFails() {
		this.contextRunner.withPropertyValues("durable.payload.offload.type=jdbc")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getAction())
				.contains("durable.store.type=jdbc"));
	}

	@Test
	void payloadsWhenJdbcIsChosenAreKeptBesideTheJournal() {
		this.contextRunner.withUserConfiguration(Echo.class)
			.withPropertyValues("durable.store.type=jdbc", "durable.payload.offload.type=jdbc",
					"durable.payload.offload.threshold=100B", "spring.datasource.url=jdbc:h2:mem:payloads")
			.run((context) -> {
				assertThat(context).hasSingleBean(JdbcPayloadStore.class);
				ExecutionHandle<Object> handle = context.getBean(DurableClient.class)
					.function("echo")
					.start("x".repeat(300));
				assertThat(handle.result(Duration.ofSeconds(30))).isEqualTo("x".repeat(300));
				assertThat(handle.history().get(0).details()).containsEntry("offloaded", "302");
			});
	}

	@Test
	void payloadsWhenS3IsChosenGoThroughTheApplicationsClient() {
		this.contextRunner
			.withBean(S3Client.class,
					() -> S3Client.builder()
						.region(Region.EU_CENTRAL_1)
						.credentialsProvider(AnonymousCredentialsProvider.create())
						.build())
			.withPropertyValues("durable.payload.offload.type=s3", "durable.payload.offload.s3.bucket=b")
			.run((context) -> assertThat(context.getBean(PayloadStore.class)).isInstanceOf(S3PayloadStore.class)
				.hasToString("S3PayloadStore[b/durable/]"));
	}

	@Test
	void startupWhenTheBucketIsMissingFails() {
		this.contextRunner
			.withBean(S3Client.class,
					() -> S3Client.builder()
						.region(Region.EU_CENTRAL_1)
						.credentialsProvider(AnonymousCredentialsProvider.create())
						.build())
			.withPropertyValues("durable.payload.offload.type=s3")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("durable.payload.offload.s3.bucket"));
	}

	@Test
	void startupWhenTheS3ModuleIsMissingSaysWhatToAdd() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(S3PayloadStore.class))
			.withPropertyValues("durable.payload.offload.type=s3", "durable.payload.offload.s3.bucket=b")
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getAction())
				.contains("dev.durable:durable-payload-s3"));
	}

	@Test
	void storeOfTheApplicationWinsOverProperties() {
		this.contextRunner.withBean(PayloadStore.class, OwnStore::new)
			.withPropertyValues("durable.payload.offload.type=file",
					"durable.payload.offload.file.directory=" + this.directory)
			.run((context) -> {
				assertThat(context).hasSingleBean(PayloadStore.class).doesNotHaveBean(FileSystemPayloadStore.class);
				assertThat(context.getBean(PayloadSealing.class).offloads()).isTrue();
			});
	}

	@Test
	void startupWhenTheThresholdIsNothingFails() {
		this.contextRunner.withPropertyValues("durable.payload.offload.threshold=0B")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("'durable.payload.offload.threshold' must be from 1B to 2GB"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		DurableEngineCustomizer functions() {
			FunctionDefinition echo = new FunctionDefinition(new FunctionVersion("echo", "1"), String.class,
					String.class, null, (context, input) -> input);
			return (builder) -> builder.functions(() -> List.of(echo));
		}

	}

	private static final class OwnStore implements PayloadStore {

		@Override
		public void put(PayloadOwner owner, String key, byte[] content) {
		}

		@Override
		public Optional<byte[]> get(PayloadOwner owner, String key) {
			return Optional.empty();
		}

		@Override
		public void deleteAll(PayloadOwner owner) {
		}

	}

}
