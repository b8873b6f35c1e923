package dev.durable.payload.s3;

import java.io.IOException;

import dev.durable.ExecutionId;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadStore;
import dev.durable.store.tck.PayloadStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class S3PayloadStoreTests extends PayloadStoreContract {

	private static final String KEY = "0f".repeat(32);

	private static final PayloadOwner OWNER = new PayloadOwner(new ExecutionId("order-1"), "start-1");

	private LoopbackS3 s3;

	private S3Client client;

	@BeforeEach
	void connect() throws IOException {
		this.s3 = new LoopbackS3();
		this.client = S3Client.builder()
			.endpointOverride(this.s3.endpoint())
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
			.httpClient(UrlConnectionHttpClient.create())
			.forcePathStyle(true)
			.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
			.serviceConfiguration((service) -> service.chunkedEncodingEnabled(false))
			.overrideConfiguration((configuration) -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
			.build();
	}

	@AfterEach
	void disconnect() {
		this.client.close();
		this.s3.close();
	}

	@Override
	protected PayloadStore store() {
		return new S3PayloadStore(this.client, LoopbackS3.BUCKET, "durable/");
	}

	@Override
	protected PayloadStore otherNode() {
		return new S3PayloadStore(this.client, LoopbackS3.BUCKET, "durable/");
	}

	@Test
	void objectLiesUnderThePrefixItsExecutionAndItsStart() {
		store().put(OWNER, KEY, new byte[] { 1, 2 });
		assertThat(this.s3.objects).containsOnlyKeys("durable/order-1/start-1/" + KEY);
	}

	@Test
	void objectsWhenThereAreSeveralPagesAreDeletedPageByPage() {
		for (int i = 0; i < 5; i++) {
			store().put(OWNER, ("0" + i).repeat(32), new byte[] { 1 });
		}
		store().put(new PayloadOwner(OWNER.execution(), "start-10"), KEY, new byte[] { 1 });
		store().deleteAll(OWNER);
		assertThat(this.s3.objects).containsOnlyKeys("durable/order-1/start-10/" + KEY);
		assertThat(this.s3.deletions).hasValue(3);
	}

	@Test
	void objectsThatS3DoesNotDeleteAreReported() {
		store().put(OWNER, KEY, new byte[] { 1 });
		this.s3.locked = true;
		assertThatExceptionOfType(PayloadUnavailableException.class).isThrownBy(() -> store().deleteAll(OWNER))
			.withMessage("S3 did not delete 1 of 1 payloads of 'order-1/start-1' in bucket 'payloads' (AccessDenied)");
	}

	@Test
	void storeWhenS3FailsIsUnavailable() {
		this.s3.failing = 503;
		assertThatExceptionOfType(PayloadUnavailableException.class)
			.isThrownBy(() -> store().put(OWNER, KEY, new byte[1]))
			.withMessageStartingWith("Could not put payloads of 'order-1/start-1' in bucket 'payloads': ");
		assertThatExceptionOfType(PayloadUnavailableException.class).isThrownBy(() -> store().get(OWNER, KEY));
		assertThatExceptionOfType(PayloadUnavailableException.class).isThrownBy(() -> store().deleteAll(OWNER));
	}

	@Test
	void storeWhenItsBucketIsMissingIsUnavailableRatherThanEmpty() {
		S3PayloadStore store = new S3PayloadStore(this.client, "another", "");
		assertThatExceptionOfType(PayloadUnavailableException.class).isThrownBy(() -> store.get(OWNER, KEY));
	}

	@Test
	void storeWithoutABucketIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new S3PayloadStore(this.client, " ", ""));
	}

}
