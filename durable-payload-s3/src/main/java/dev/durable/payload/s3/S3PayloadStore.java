package dev.durable.payload.s3;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import dev.durable.codec.PayloadUnavailableException;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadStore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Keeps payloads in a bucket, as {@code <prefix><execution>/<start>/<key>}. Needs
 * permission to put, get, list and delete objects there. Thread-safe; the client stays
 * its creator's to close.
 */
public final class S3PayloadStore implements PayloadStore {

	private final S3Client client;

	private final String bucket;

	private final String prefix;

	/**
	 * Create a store.
	 * @param client asks S3, with its creator's region, credentials, timeouts and retries
	 * @param bucket where the objects go; it must exist
	 * @param prefix what their keys begin with, such as {@code durable/}; may be empty
	 */
	public S3PayloadStore(S3Client client, String bucket, String prefix) {
		this.client = Objects.requireNonNull(client, "'client' must not be null");
		this.bucket = Objects.requireNonNull(bucket, "'bucket' must not be null");
		this.prefix = Objects.requireNonNull(prefix, "'prefix' must not be null");
		if (bucket.isBlank()) {
			throw new IllegalArgumentException("'bucket' must not be empty");
		}
	}

	@Override
	public void put(PayloadOwner owner, String key, byte[] content) {
		reaching("put", owner,
				() -> this.client.putObject((request) -> request.bucket(this.bucket).key(directory(owner) + key),
						RequestBody.fromBytes(content)));
	}

	@Override
	public Optional<byte[]> get(PayloadOwner owner, String key) {
		return reaching("get", owner, () -> {
			try {
				return Optional.of(this.client
					.getObjectAsBytes((request) -> request.bucket(this.bucket).key(directory(owner) + key))
					.asByteArrayUnsafe());
			}
			catch (NoSuchKeyException ex) {
				return Optional.empty();
			}
		});
	}

	/** A page of the list is as long as one deletion may be: 1,000 objects. */
	@Override
	public void deleteAll(PayloadOwner owner) {
		reaching("delete", owner, () -> {
			this.client.listObjectsV2Paginator((request) -> request.bucket(this.bucket).prefix(directory(owner)))
				.forEach((page) -> delete(owner, page.contents()));
			return owner;
		});
	}

	private void delete(PayloadOwner owner, List<S3Object> objects) {
		if (objects.isEmpty()) {
			return;
		}
		List<ObjectIdentifier> keys = objects.stream()
			.map((object) -> ObjectIdentifier.builder().key(object.key()).build())
			.toList();
		DeleteObjectsResponse response = this.client.deleteObjects(
				(request) -> request.bucket(this.bucket).delete((delete) -> delete.objects(keys).quiet(true)));
		if (response.hasErrors() && !response.errors().isEmpty()) {
			throw new PayloadUnavailableException(
					"S3 did not delete %d of %d payloads of '%s' in bucket '%s' (%s)".formatted(
							response.errors().size(), keys.size(), owner, this.bucket, response.errors().get(0).code()),
					null);
		}
	}

	private String directory(PayloadOwner owner) {
		return this.prefix + owner.execution() + "/" + owner.start() + "/";
	}

	private <T> T reaching(String what, PayloadOwner owner, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (SdkException ex) {
			throw new PayloadUnavailableException("Could not %s payloads of '%s' in bucket '%s': %s".formatted(what,
					owner, this.bucket, ex.getMessage()), ex);
		}
	}

	@Override
	public String toString() {
		return "S3PayloadStore[%s/%s]".formatted(this.bucket, this.prefix);
	}

}
