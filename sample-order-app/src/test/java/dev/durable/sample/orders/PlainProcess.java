package dev.durable.sample.orders;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.durable.lambda.DurableFunctionInvoker;
import dev.durable.lambda.WakeUpScheduler;
import dev.durable.store.dynamodb.DynamoDbCheckpointStore;
import dev.durable.store.tck.CrashPoint;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * One process of a plain Lambda function, with Lambda's handler, that may die at an
 * append. The handler starts its application itself, so that application asks here for
 * what the test gives it.
 */
final class PlainProcess implements AutoCloseable {

	private static @Nullable PlainProcess starting;

	private final DynamoDbAsyncClient dynamoDb;

	private final WakeUpScheduler wakeUps;

	private final MortalStore store;

	private final Set<Thread> others = Thread.getAllStackTraces().keySet();

	private final RequestStreamHandler handler;

	private @Nullable ConfigurableApplicationContext context;

	/**
	 * Start it.
	 * @param properties of the application, as JSON
	 * @param dynamoDb the client of all processes, because it takes seconds to close one
	 * @param wakeUps takes wake-ups until the process dies
	 * @param crashPoint when it dies
	 */
	PlainProcess(String properties, DynamoDbAsyncClient dynamoDb, WakeUpScheduler wakeUps, CrashPoint crashPoint) {
		this.dynamoDb = dynamoDb;
		this.store = new MortalStore(crashPoint, DynamoDbCheckpointStore.class);
		this.wakeUps = (at) -> !this.store.isDead() && wakeUps.schedule(at);
		this.handler = start(properties);
	}

	private RequestStreamHandler start(String properties) {
		starting = this;
		System.setProperty("MAIN_CLASS", PlainOrderApplication.class.getName());
		System.setProperty("spring.application.json", properties);
		try {
			return new DurableFunctionInvoker();
		}
		finally {
			System.clearProperty("spring.application.json");
			System.clearProperty("MAIN_CLASS");
			starting = null;
		}
	}

	static PlainProcess starting() {
		return Objects.requireNonNull(starting, "No process is starting");
	}

	void started(ConfigurableApplicationContext context) {
		this.context = context;
	}

	DynamoDbAsyncClient dynamoDb() {
		return this.dynamoDb;
	}

	WakeUpScheduler wakeUps() {
		return this.wakeUps;
	}

	MortalStore store() {
		return this.store;
	}

	boolean isDead() {
		return this.store.isDead();
	}

	String handle(String event, Context context) throws IOException {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		this.handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, context);
		return output.toString(StandardCharsets.UTF_8);
	}

	/** Whether no thread of the engine does anything but wait for work. */
	boolean isIdle() {
		Map<Thread, StackTraceElement[]> threads = Thread.getAllStackTraces();
		threads.keySet().removeIf((thread) -> !thread.getName().startsWith("durable-") || this.others.contains(thread));
		return !threads.isEmpty() && threads.values().stream().allMatch(PlainProcess::waitsForWork);
	}

	private static boolean waitsForWork(StackTraceElement[] frames) {
		return frames.length == 0 || Stream.of(frames).anyMatch((frame) -> frame.getMethodName().equals("getTask"));
	}

	@Override
	public void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

}
