package dev.durable.lambda.crash;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.durable.ExecutionId;
import dev.durable.embedded.Timers;
import dev.durable.lambda.crash.Death.Moment;
import dev.durable.lambda.emulator.CheckpointCall;
import dev.durable.lambda.emulator.CheckpointListener;
import dev.durable.lambda.emulator.EmulatedFunction;
import dev.durable.lambda.emulator.LambdaEmulator;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.memory.MemoryCheckpointStore;
import dev.durable.store.tck.CrashProgram;
import dev.durable.store.tck.CrashPrograms;
import dev.durable.store.tck.ObservedExecution;
import dev.durable.store.tck.Outsider;
import dev.durable.store.tck.Witness;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import tools.jackson.databind.json.JsonMapper;

/** The service, whose functions die while it runs their executions. */
final class EmulatedLambda implements AutoCloseable {

	/** How many times faster time passes than on AWS. */
	static final int FAST = 1_000;

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final int SIDE_BY_SIDE = 16;

	private static final Duration LONGEST = Duration.ofDays(366);

	/** More in a row than any run has deaths. */
	private static final int ATTEMPTS = 10;

	private final MemoryCheckpointStore store = new MemoryCheckpointStore();

	private final Map<String, LambdaRun> runs = new ConcurrentHashMap<>();

	/** Something happened that may be worth a look. */
	private final Semaphore changes = new Semaphore(0);

	private final ScheduledExecutorService timer = Executors
		.newSingleThreadScheduledExecutor((task) -> new Thread(task, "outsider"));

	private final int speed;

	private final LambdaEmulator emulator;

	private final LambdaClient client;

	/**
	 * Start the service.
	 * @param programs what it can run, beside what they invoke
	 * @param platform where it runs them
	 * @param speed how many times faster time passes than on AWS
	 */
	EmulatedLambda(Collection<CrashProgram> programs, Platform platform, int speed) {
		List<String> names = Stream.concat(programs.stream(), CrashPrograms.invoked().stream())
			.map(CrashProgram::name)
			.toList();
		this.speed = speed;
		this.emulator = LambdaEmulator.builder()
			.store(this.store)
			.function(EmulatedFunction.of(names, platform.code(this)).withExecutionTimeout(LONGEST))
			.speed(speed)
			.invocationRetries(ATTEMPTS, Duration.ZERO)
			.checkpoints(new Killer(platform))
			.processOutput(platform.output())
			.start();
		this.client = client(this.emulator.endpoint());
	}

	/** Return a client that does not call again: a dead process would not either. */
	static LambdaClient client(URI endpoint) {
		return LambdaClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.httpClient(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(1)).build())
			.overrideConfiguration((override) -> override.retryStrategy((strategy) -> strategy.maxAttempts(1)))
			.build();
	}

	LambdaClient client() {
		return this.client;
	}

	/** Prepare a run. */
	LambdaRun run(CrashProgram program, String name, List<Death> deaths) {
		Outsider outsider = new Outsider(new SdkCallbacks(this.client), timers());
		LambdaRun run = new LambdaRun(program, name, new Deaths(deaths), new Witness(this.store), outsider);
		this.runs.put(name, run);
		return run;
	}

	private Timers timers() {
		return (delay, task) -> {
			Future<?> scheduled = this.timer.schedule(task, delay.toMillis() / this.speed, TimeUnit.MILLISECONDS);
			return () -> scheduled.cancel(false);
		};
	}

	/**
	 * Run a program without deaths, which tells its moments, and then with the deaths
	 * that are chosen of them; all runs must come to the same end.
	 * @return how the deaths that were planned came about
	 */
	Toll crash(CrashProgram program, Function<List<Death>, Stream<List<Death>>> choice) {
		LambdaRun undisturbed = run(program, "undisturbed-" + program, List.of());
		toTheirEnds(List.of(undisturbed));
		undisturbed.check();
		List<LambdaRun> runs = new ArrayList<>();
		choice.apply(undisturbed.deaths().possible())
			.forEach((deaths) -> runs.add(run(program, program + "-" + runs.size(), deaths)));
		toTheirEnds(runs);
		runs.forEach((run) -> run.check(undisturbed));
		return new Toll(runs.size(), (int) runs.stream().filter((run) -> run.deaths().count() > 0).count());
	}

	/** Start runs, some of them side by side, and return when all have ended. */
	void toTheirEnds(Collection<LambdaRun> all) {
		Deque<LambdaRun> waiting = new ArrayDeque<>(all);
		List<LambdaRun> running = new ArrayList<>();
		while (!waiting.isEmpty() || !running.isEmpty()) {
			while (!waiting.isEmpty() && running.size() < SIDE_BY_SIDE) {
				running.add(waiting.element());
				start(waiting.remove());
			}
			running.removeIf(LambdaRun::goOn);
			awaitChange();
		}
	}

	private void start(LambdaRun run) {
		String arn = this.client
			.invoke((request) -> request.functionName(run.program().name())
				.qualifier("$LATEST")
				.durableExecutionName(run.name())
				.invocationType(InvocationType.EVENT)
				.payload(SdkBytes.fromUtf8String("\"input\"")))
			.durableExecutionArn();
		run.started(new ObservedExecution(execution(arn), run.program(), this.store, this.store));
	}

	/** The execution that an event invokes a function for. */
	static ExecutionId executionOf(byte[] event) {
		return execution(MAPPER.readTree(event).path("DurableExecutionArn").stringValue());
	}

	private static ExecutionId execution(String arn) {
		return new ExecutionId(arn.substring(arn.lastIndexOf('/') + 1));
	}

	/** An end is recorded a little after what this is told of. */
	private void awaitChange() {
		try {
			if (this.changes.tryAcquire(2, TimeUnit.MILLISECONDS)) {
				this.changes.drainPermits();
			}
		}
		catch (InterruptedException ex) {
			throw new AssertionError("Interrupted while executions run", ex);
		}
	}

	/** The run that an execution, or what invoked it, belongs to. */
	LambdaRun runOf(ExecutionId execution) {
		ExecutionIdentity identity = this.store.find(execution).orElseThrow().identity();
		return (identity.parent() != null) ? runOf(identity.parent().execution())
				: Objects.requireNonNull(this.runs.get(identity.name()));
	}

	/** Whether the process that is about to answer for an execution dies instead. */
	boolean diesAnswering(ExecutionId execution) {
		this.changes.release();
		return runOf(execution).deaths().isNow(Moment.ANSWERED);
	}

	@Override
	public void close() {
		this.emulator.close();
		this.timer.shutdownNow();
		this.client.close();
	}

	/** Kills who makes a checkpoint at a planned moment. */
	private final class Killer implements CheckpointListener {

		private final Platform platform;

		Killer(Platform platform) {
			this.platform = platform;
		}

		@Override
		public void received(CheckpointCall call) {
			at(Moment.RECEIVED, call);
		}

		@Override
		public void recorded(CheckpointCall call) {
			at(Moment.RECORDED, call);
		}

		private void at(Moment moment, CheckpointCall call) {
			if (runOf(call.execution()).deaths().isNow(moment)) {
				this.platform.dies(call.execution());
				call.caller().kill();
			}
			EmulatedLambda.this.changes.release();
		}

	}

}
