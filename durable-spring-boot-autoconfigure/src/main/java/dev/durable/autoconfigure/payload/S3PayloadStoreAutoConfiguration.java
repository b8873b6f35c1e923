package dev.durable.autoconfigure.payload;

import dev.durable.autoconfigure.DurableProperties;
import dev.durable.payload.PayloadStore;
import dev.durable.payload.s3.S3PayloadStore;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Keeps large payloads in Amazon S3, asked by the application's client if it has one. */
@AutoConfiguration
@ConditionalOnClass({ S3PayloadStore.class, S3Client.class })
@ConditionalOnProperty(name = "durable.payload.offload.type", havingValue = "s3")
@ConditionalOnMissingBean(PayloadStore.class)
@EnableConfigurationProperties(DurableProperties.class)
public final class S3PayloadStoreAutoConfiguration {

	@Bean
	S3PayloadStore durableS3PayloadStore(PayloadClient client, DurableProperties properties) {
		DurableProperties.OffloadS3 s3 = properties.payload().offload().s3();
		String bucket = s3.bucket();
		if (bucket == null || bucket.isBlank()) {
			throw new PayloadConfigurationException(
					"'durable.payload.offload.type' is 's3', but 'durable.payload.offload.s3.bucket' is not set.",
					"Set it to a bucket that the application may put, get, list and delete objects in.");
		}
		return new S3PayloadStore(client.client(), bucket, s3.prefix());
	}

	@Bean
	PayloadClient durablePayloadS3Client(ObjectProvider<S3Client> clients) {
		S3Client theirs = clients.getIfAvailable();
		if (theirs != null) {
			return new PayloadClient(theirs, () -> {
			});
		}
		try {
			S3Client own = S3Client.create();
			return new PayloadClient(own, own::close);
		}
		catch (SdkClientException ex) {
			throw new PayloadConfigurationException("No S3 client could be created: " + ex.getMessage(),
					"Set the AWS region and credentials in the environment, or define an S3Client bean.");
		}
	}

	/**
	 * Holds the client without being one, so that it is injected nowhere by accident.
	 *
	 * @param client asks S3
	 * @param release closes what is not the application's
	 */
	record PayloadClient(S3Client client, Runnable release) implements AutoCloseable {

		@Override
		public void close() {
			this.release.run();
		}

	}

}
