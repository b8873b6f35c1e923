package dev.durable.store.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;
import dev.durable.codec.Payload;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.CallbackRow;
import dev.durable.store.ClaimRequest;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.RowChange;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.tck.VirtualTime;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What DynamoDB does not do, or not at once, is done in the end or told. */
class FaultTests {

	private static final NodeId NODE = new NodeId("node");

	private static final FunctionVersion FUNCTION = new FunctionVersion("process-order", "1");

	private final VirtualTime time = new VirtualTime();

	private final String table = LocalDynamoDb.freshTable();

	@Test
	void deleteWhenABatchIsDoneInPartsSendsTheRestAgain() {
		DynamoDbCheckpointStore store = store(LocalDynamoDb.client());
		ExecutionId id = new ExecutionId("large");
		append(store, create(id));
		append(store, end(id, 2, 2_000_000));
		AtomicInteger batches = new AtomicInteger();
		store(oneItemABatch(batches)).delete(List.of(id));
		assertThat(batches.get()).isGreaterThan(3);
		assertThat(store.find(id)).isEmpty();
		assertThat(store.event(id, 2)).isEmpty();
	}

	@Test
	void appendWhenDynamoDbThrottlesIsUnknownAndCanBeSentAgain() {
		AtomicInteger puts = new AtomicInteger();
		DynamoDbCheckpointStore store = store(failing((request) -> {
			// the settings, the entry, and then the head
			if (request instanceof PutItemRequest && puts.incrementAndGet() == 3) {
				throw ProvisionedThroughputExceededException.builder().message("Slow down").build();
			}
			return request;
		}));
		ExecutionId id = new ExecutionId("throttled");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> append(store, create(id)))
			.withCauseInstanceOf(StoreUnavailableException.class)
			.withMessageContaining("Slow down");
		assertThat(store.find(id)).isEmpty();
		append(store, create(id));
		assertThat(store.find(id)).isPresent();
	}

	@Test
	void appendWhenTheClientSentItTwiceSucceeds() {
		AtomicInteger heads = new AtomicInteger();
		DynamoDbAsyncClient client = LocalDynamoDb.client();
		DynamoDbCheckpointStore store = store(failing((request) -> {
			if (request instanceof PutItemRequest put && put.item().get("sk").s().startsWith("J#")
					&& heads.incrementAndGet() == 1) {
				client.putItem(put).join(); // whose answer was lost, so that it goes out
											// again
			}
			return request;
		}));
		ExecutionId id = new ExecutionId("twice");
		append(store, create(id));
		assertThat(store.find(id)).isPresent();
	}

	@Test
	void appendWhenItsFirstAttemptComesInBetweenKeepsItsCallbacks() {
		AtomicReference<TransactWriteItemsRequest> first = new AtomicReference<>();
		DynamoDbAsyncClient client = LocalDynamoDb.client();
		DynamoDbCheckpointStore store = store(failing((request) -> {
			if (request instanceof TransactWriteItemsRequest transaction) {
				if (first.compareAndSet(null, transaction)) {
					throw ProvisionedThroughputExceededException.builder().message("Slow down").build();
				}
				client.transactWriteItems(first.get()).join();
			}
			return request;
		}));
		ExecutionId id = new ExecutionId("twice");
		append(store, create(id));
		CallbackRow callback = new CallbackRow(new CallbackRow.Key("lookup", "hash"), id, new OperationId("approval"),
				new CallbackRow.Deadlines(null, null, null), CallbackRow.Outcome.PENDING);
		Append append = new Append(id, List.of(event(2, EventType.INVOCATION_COMPLETED, 0)), new RowChange.None(),
				new Effects(List.of(callback), List.of(), List.of(), false), "invocation");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> append(store, append))
			.withCauseInstanceOf(StoreUnavailableException.class);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> append(store, append))
			.withCauseInstanceOf(AppendConflictException.class);
		assertThat(store.event(id, 2)).isPresent();
		assertThat(store.callback("lookup")).contains(callback);
	}

	@Test
	void claimWhenTheClientSentItTwiceIsFoundAmongWhatTheNodeOwns() {
		DynamoDbAsyncClient client = LocalDynamoDb.client();
		DynamoDbCheckpointStore store = store(failing((request) -> {
			if (request instanceof UpdateItemRequest update) {
				client.updateItem(update).join(); // whose answer was lost
			}
			return request;
		}));
		ExecutionId id = new ExecutionId("twice");
		append(store, create(id, ExecutionState.sleeping(this.time.instant())));
		store.claim(request());
		assertThat(store.find(id).orElseThrow().state().node()).isEqualTo(NODE);
		assertThat(store.ownedBy(NODE, Set.of())).hasSize(1);
	}

	@Test
	void releaseWhenTheClientSentItTwiceLeadsToItsWakeUp() {
		DynamoDbAsyncClient client = LocalDynamoDb.client();
		DynamoDbCheckpointStore store = store(failing((request) -> {
			if (request instanceof UpdateItemRequest update) {
				client.updateItem(update).join(); // whose answer was lost
			}
			return request;
		}));
		ExecutionId id = new ExecutionId("twice");
		append(store, create(id));
		assertThat(store.release(id, NODE, ExecutionState.sleeping(this.time.instant()))).isTrue();
		assertThat(store(client).claim(request())).hasSize(1);
	}

	@Test
	void claimWhenItStoodStillForHoursIsFoundThoughOthersHaveTidiedUp() {
		DynamoDbCheckpointStore other = store(LocalDynamoDb.client());
		ExecutionId id = new ExecutionId("slow");
		DynamoDbCheckpointStore store = store(failing((request) -> {
			if (request instanceof UpdateItemRequest) {
				this.time.advance(Duration.ofHours(2));
				assertThat(other.ownedBy(NODE, Set.of())).isEmpty();
			}
			return request;
		}));
		append(store, create(id, ExecutionState.sleeping(this.time.instant())));
		assertThat(store.claim(request())).hasSize(1);
		assertThat(other.ownedBy(NODE, Set.of())).hasSize(1);
	}

	@Test
	void executionWhenItsTimeToLiveHasPassedIsGoneBeforeDynamoDbRemovesIt() {
		DynamoDbCheckpointStore store = store(LocalDynamoDb.client());
		ExecutionId id = new ExecutionId("named");
		append(store, create(id));
		append(store, end(id, 2, 10));
		this.time.advance(Duration.ofDays(1 + 14 + 2));
		assertThat(store.find(id)).isEmpty();
		assertThat(store.lastEvent(id)).isEmpty();
		append(store, create(id));
		assertThat(store.find(id).orElseThrow().state().status()).isEqualTo(ExecutionStatus.RUNNING);
		assertThat(store.lastEvent(id).orElseThrow().position()).isEqualTo(1);
		append(store, end(id, 2, 20));
		assertThat(store.event(id, 2).orElseThrow().content().payload().size()).isEqualTo(20);
	}

	private DynamoDbCheckpointStore store(DynamoDbAsyncClient client) {
		return DynamoDbCheckpointStore.builder(client).table(this.table).clock(this.time).build();
	}

	private static void append(DynamoDbCheckpointStore store, Append append) {
		store.append(append).toCompletableFuture().join();
	}

	private ClaimRequest request() {
		return new ClaimRequest(NODE, Set.of(FUNCTION), this.time.instant(), 10);
	}

	private Append create(ExecutionId id) {
		return create(id, ExecutionState.owned(NODE, 0));
	}

	private Append create(ExecutionId id, ExecutionState state) {
		ExecutionIdentity identity = new ExecutionIdentity(id, FUNCTION, null, null, "digest", this.time.instant(),
				this.time.instant().plus(Duration.ofDays(1)));
		return new Append(id, List.of(event(1, EventType.EXECUTION_STARTED, 0)),
				new RowChange.Create(new ExecutionRow(identity, state)), Effects.NONE);
	}

	private Append end(ExecutionId id, long position, int size) {
		return new Append(id, List.of(event(position, EventType.EXECUTION_SUCCEEDED, size)),
				new RowChange.Update(
						ExecutionState.ended(ExecutionStatus.SUCCEEDED, this.time.instant(), this.time.instant())),
				Effects.NONE);
	}

	private Event event(long position, EventType type, int size) {
		return new Event(position, type, "invocation", this.time.instant(), null,
				new EventContent(new Payload(new byte[size]), null, EventDetails.NONE));
	}

	private static DynamoDbAsyncClient failing(UnaryOperator<DynamoDbRequest> before) {
		DynamoDbAsyncClient delegate = LocalDynamoDb.client();
		return (DynamoDbAsyncClient) Proxy.newProxyInstance(FaultTests.class.getClassLoader(),
				new Class<?>[] { DynamoDbAsyncClient.class }, (proxy, method, arguments) -> {
					if (!LocalDynamoDb.isRequest(method)) {
						return InvocationHandler.invokeDefault(proxy, method, arguments);
					}
					try {
						return method.invoke(delegate, before.apply((DynamoDbRequest) arguments[0]));
					}
					catch (ProvisionedThroughputExceededException ex) {
						return CompletableFuture.failedFuture(ex);
					}
				});
	}

	/** A client that does one write of each batch, as DynamoDB may. */
	private DynamoDbAsyncClient oneItemABatch(AtomicInteger batches) {
		DynamoDbAsyncClient delegate = LocalDynamoDb.client();
		return (DynamoDbAsyncClient) Proxy.newProxyInstance(FaultTests.class.getClassLoader(),
				new Class<?>[] { DynamoDbAsyncClient.class }, (proxy, method, arguments) -> {
					if (LocalDynamoDb.isRequest(method) && arguments[0] instanceof BatchWriteItemRequest batch) {
						batches.incrementAndGet();
						List<WriteRequest> writes = batch.requestItems().get(this.table);
						delegate
							.batchWriteItem(
									batch.toBuilder().requestItems(Map.of(this.table, writes.subList(0, 1))).build())
							.join();
						return CompletableFuture.completedFuture(BatchWriteItemResponse.builder()
							.unprocessedItems((writes.size() > 1) ? Map.of(this.table, writes.subList(1, writes.size()))
									: Map.of())
							.build());
					}
					return LocalDynamoDb.isRequest(method) ? method.invoke(delegate, arguments)
							: InvocationHandler.invokeDefault(proxy, method, arguments);
				});
	}

}
