package dev.durable.lambda;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import dev.durable.DurableClient;
import dev.durable.FunctionVersion;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.engine.FunctionBody;
import dev.durable.engine.FunctionDefinition;
import dev.durable.store.CheckpointStore;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.memory.MemoryCheckpointStore;
import dev.durable.store.tck.CrashPoint;
import dev.durable.store.tck.CrashingStore;
import dev.durable.store.tck.ProcessCrashed;
import dev.durable.store.tck.QuietExecutor;
import dev.durable.store.tck.VirtualTime;

/**
 * A Lambda function of three instances with a time limit of 3 seconds, the schedule of
 * its wake-ups, and a web application beside it that shares its store.
 */
final class SimulatedLambda implements WakeUpScheduler {

	static final Duration LIMIT = Duration.ofSeconds(3);

	private static final int INSTANCES = 3;

	final VirtualTime time = new VirtualTime();

	final MemoryCheckpointStore data = new MemoryCheckpointStore(this.time);

	/** When wake-ups were asked for that have not been delivered. */
	final Queue<Instant> scheduled = new ConcurrentLinkedQueue<>();

	private final List<FunctionDefinition> functions = new ArrayList<>();

	private final List<Instance> instances = new ArrayList<>();

	private final Random random;

	private Instance mortal;

	int invocations;

	/** While set, no wake-up can be scheduled. */
	volatile boolean refuses;

	/** While set, no instance can reach the store. */
	volatile boolean unreachable;

	SimulatedLambda(long seed) {
		this.random = new Random(seed);
	}

	SimulatedLambda function(String name, FunctionBody body) {
		this.functions
			.add(new FunctionDefinition(new FunctionVersion(name, "1"), Object.class, Object.class, null, body));
		return this;
	}

	List<FunctionDefinition> functions() {
		return this.functions;
	}

	@Override
	public boolean schedule(Instant at) {
		return !this.refuses && this.scheduled.add(WakeUpTimes.roundUp(at));
	}

	/** The client of a web application that never works on executions. */
	DurableClient web() {
		return web(List.of());
	}

	DurableClient web(List<FunctionDefinition> functions) {
		return EmbeddedEngine.builder(this.data, this.data, new JacksonPayloadCodec())
			.functions(() -> functions)
			.whenRunnableElsewhere(whenRunnable(this.time))
			.build()
			.client();
	}

	/** From now on events go to a new instance, until it dies at an append. */
	void killAt(CrashPoint point) {
		this.mortal = new Instance(CrashingStore.crashingAt(this.data, point));
	}

	/** Invoke the function with an event that it hands to the client. */
	<T> T call(Function<DurableClient, T> task) {
		return invoke(
				(instance, context) -> instance.worker.during(context, () -> task.apply(instance.engine.client())));
	}

	/** Deliver an event now, and return the answer. */
	String deliver(String event) {
		byte[] answer = invoke(
				(instance, context) -> instance.worker.wakeUp(event.getBytes(StandardCharsets.UTF_8), context));
		return new String(answer, StandardCharsets.UTF_8);
	}

	/** Move time to the next wake-up and deliver it; returns whether there was one. */
	boolean deliverNext() {
		Optional<Instant> next = this.scheduled.stream().min(Comparator.naturalOrder());
		next.ifPresent((at) -> {
			this.scheduled.remove(at);
			passUntil(at);
			deliver(new WakeUpEvent.Due(at).json());
		});
		return next.isPresent();
	}

	void passUntil(Instant at) {
		if (at.isAfter(this.time.instant())) {
			this.time.advance(Duration.between(this.time.instant(), at));
		}
	}

	void sweepAfter(Duration pause) {
		this.time.advance(pause);
		deliver(WakeUpEvent.SWEEP);
	}

	private <T> T invoke(Invocation<T> invocation) {
		Instance instance = (this.mortal != null) ? this.mortal : instance();
		FakeContext context = FakeContext.of(this.time, LIMIT);
		this.invocations++;
		try {
			T result = instance.threads.callWhileTimePasses(this.time, () -> invocation.run(instance, context));
			if (context.getRemainingTimeInMillis() <= 0) {
				throw new AssertionError("The invocation took longer than " + LIMIT);
			}
			return result;
		}
		catch (ProcessCrashed ex) {
			this.mortal = null;
			throw ex;
		}
	}

	/** Whichever Lambda chooses. */
	private Instance instance() {
		int number = this.random.nextInt(INSTANCES);
		while (this.instances.size() <= number) {
			this.instances.add(new Instance(CrashingStore.counting(this.data)));
		}
		return this.instances.get(number);
	}

	/** One execution environment, with threads of its own. */
	final class Instance {

		final QuietExecutor threads = new QuietExecutor();

		final EmbeddedEngine engine;

		final LambdaWorker worker;

		private Instance(CrashingStore store) {
			store.whenCrashed(this.threads::kill);
			CheckpointStore reached = (CheckpointStore) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { CheckpointStore.class }, (proxy, method, arguments) -> {
						if (SimulatedLambda.this.unreachable && !method.getName().equals("clock")) {
							throw new StoreUnavailableException("The network is down", null);
						}
						try {
							return method.invoke(store, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
			this.engine = EmbeddedEngine.builder(reached, SimulatedLambda.this.data, new JacksonPayloadCodec())
				.functions(() -> SimulatedLambda.this.functions)
				.settings(EngineSettings.defaults())
				.whenRunnableElsewhere(whenRunnable(SimulatedLambda.this.time))
				.executor(this.threads)
				.timers((delay, task) -> SimulatedLambda.this.time.schedule(delay, () -> {
					if (!store.isCrashed()) {
						task.run();
					}
				}))
				.build();
			this.worker = new LambdaWorker(this.engine, (at) -> !store.isCrashed() && schedule(at),
					LambdaWorker.Settings.defaults());
		}

	}

	/** What an event does in an instance. */
	@FunctionalInterface
	private interface Invocation<T> {

		T run(Instance instance, FakeContext context) throws Exception;

	}

}
