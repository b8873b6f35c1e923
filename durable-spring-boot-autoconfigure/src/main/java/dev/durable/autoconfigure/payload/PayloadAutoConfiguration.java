package dev.durable.autoconfigure.payload;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

import dev.durable.autoconfigure.DurableEngineCustomizer;
import dev.durable.autoconfigure.DurableProperties;
import dev.durable.autoconfigure.EmbeddedEngineAutoConfiguration;
import dev.durable.payload.FileSystemPayloadStore;
import dev.durable.payload.KeyProvider;
import dev.durable.payload.PayloadSealing;
import dev.durable.payload.PayloadStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Encrypts payloads, and keeps large ones apart from the history. */
@AutoConfiguration(before = EmbeddedEngineAutoConfiguration.class, after = S3PayloadStoreAutoConfiguration.class,
		afterName = "dev.durable.autoconfigure.jdbc.JdbcPayloadStoreAutoConfiguration")
@EnableConfigurationProperties(DurableProperties.class)
public final class PayloadAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty("durable.encryption.key-id")
	KeyProvider durableKeyProvider(DurableProperties properties) {
		return ConfiguredKeys.of(Objects.requireNonNull(properties.encryption().keyId()), properties.encryption());
	}

	@Bean
	@ConditionalOnMissingBean(PayloadStore.class)
	@ConditionalOnProperty(name = "durable.payload.offload.type", havingValue = "file")
	FileSystemPayloadStore durableFileSystemPayloadStore(DurableProperties properties) {
		Path directory = properties.payload().offload().file().directory();
		if (directory == null) {
			throw new PayloadConfigurationException(
					"'durable.payload.offload.type' is 'file', but 'durable.payload.offload.file.directory' is not set.",
					"Set it to a directory that all nodes see.");
		}
		return new FileSystemPayloadStore(directory);
	}

	@Bean
	@ConditionalOnMissingBean
	PayloadSealing durablePayloadSealing(ObjectProvider<KeyProvider> keys, ObjectProvider<PayloadStore> stores,
			DurableProperties properties) {
		PayloadSealing sealing = PayloadSealing.none();
		KeyProvider provider = keys.getIfAvailable();
		if (provider != null) {
			sealing = sealing.withKeys(provider);
		}
		else if (!properties.encryption().keys().isEmpty()) {
			throw new PayloadConfigurationException(
					"'durable.encryption.keys' has %s, but 'durable.encryption.key-id' is not set, so nothing would be encrypted."
						.formatted(properties.encryption().keys().keySet()),
					"Set 'durable.encryption.key-id' to the key that new payloads are encrypted with.");
		}
		PayloadStore store = stores.getIfAvailable();
		DurableProperties.Offload offload = properties.payload().offload();
		if (store != null) {
			return sealing.withStore(store, Math.toIntExact(offload.threshold().toBytes()));
		}
		if (offload.type() != null) {
			throw missing(offload.type());
		}
		return sealing;
	}

	private static PayloadConfigurationException missing(DurableProperties.OffloadType type) {
		String action = switch (type) {
			case FILE -> "Define no other PayloadStore.";
			case JDBC ->
				"It needs the JDBC store: set 'durable.store.type=jdbc' and give the application a DataSource, "
						+ "or define a PayloadStore bean.";
			case S3 -> "Add the dependency 'dev.durable:durable-payload-s3', or define a PayloadStore bean.";
		};
		return new PayloadConfigurationException(
				"'durable.payload.offload.type' is '%s', but there is no such payload store."
					.formatted(type.name().toLowerCase(Locale.ROOT)),
				action);
	}

	/** First, so that the application's customizers have the last word. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	DurableEngineCustomizer durablePayloadSealingCustomizer(PayloadSealing sealing) {
		return (builder) -> builder.sealing(sealing);
	}

}
