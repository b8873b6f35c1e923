package dev.durable.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import dev.durable.codec.ErrorCodec;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.journal.Observation;
import dev.durable.observe.DurableListeners;
import dev.durable.operation.Payloads;

import static org.assertj.core.api.Assertions.assertThat;

/** The threads of one invocation, whose every move is made by the test. */
final class Stage {

	private static final int PLENTY = 100;

	private final HandExecutor executor = new HandExecutor();

	private final HandFlushing flushing = new HandFlushing();

	private final InvocationThreads threads;

	private final Actor root = new Actor(this);

	private Stage(int maxRunning, int maxParked, UnaryOperator<Runnable> decorator) {
		this.threads = new InvocationThreads(settings(this.executor, decorator, maxRunning, maxParked), this.flushing);
		Thread thread = new Thread(() -> this.threads.runAsRoot(this.root), "root");
		thread.setDaemon(true);
		thread.setUncaughtExceptionHandler((any, failure) -> {
			// a function may end with any error
		});
		thread.start();
		this.root.awaitBegun();
	}

	static Stage roomy() {
		return new Stage(PLENTY, PLENTY, UnaryOperator.identity());
	}

	static Stage withRunning(int maxRunning) {
		return new Stage(maxRunning, PLENTY, UnaryOperator.identity());
	}

	static Stage withParked(int maxParked) {
		return new Stage(PLENTY, maxParked, UnaryOperator.identity());
	}

	static Stage with(int maxRunning, int maxParked) {
		return new Stage(maxRunning, maxParked, UnaryOperator.identity());
	}

	static Stage decorated(UnaryOperator<Runnable> decorator) {
		return new Stage(PLENTY, PLENTY, decorator);
	}

	static InvocationSettings settings(Executor executor, UnaryOperator<Runnable> decorator, int maxRunning,
			int maxParked) {
		JacksonPayloadCodec codec = new JacksonPayloadCodec();
		ErrorCodec errors = new ExceptionCodec(codec, (name) -> false, Stage.class.getClassLoader());
		return new InvocationSettings(new Payloads(codec, 1024), errors, executor, decorator, (call) -> {
		}, Duration.ofSeconds(1), maxRunning, maxParked, false,
				new Observation.Observers(DurableListeners.NONE, errors));
	}

	InvocationThreads threads() {
		return this.threads;
	}

	HandExecutor executor() {
		return this.executor;
	}

	HandFlushing flushing() {
		return this.flushing;
	}

	Actor root() {
		return this.root;
	}

	/** Let the root fork a strand and begin it. */
	Actor running() {
		return runningBelow(this.root);
	}

	Actor runningBelow(Actor parent) {
		Actor child = parent.forks();
		this.executor.begin();
		return child.awaitBegun();
	}

	/** Let something happen, as the journal does. */
	void happens(Happening happening) {
		happening.happens();
		this.threads.changed(happening);
	}

	/** Check that no strand gets a thread; who was dropped is told on one. */
	void nobodyBegins() {
		while (this.executor.waiting() > 0) {
			Within.left(this.executor.begin());
		}
	}

	/** Let the root wait for ever; whether that suspends tells whether others run. */
	void rootBlocksAndOthersRun() {
		this.root.blocksOn(new Happening());
		assertThat(this.threads.ending()).as("somebody else is running").isNull();
	}

	/** Check that nobody but the root runs, by blocking it. */
	void rootIsTheLastOneRunning() {
		assertThat(this.threads.ending()).isNull();
		this.root.isRefused(() -> this.threads.await(new Happening(), () -> false));
		assertThat(this.threads.ending()).isEqualTo(new Ending.Suspended());
	}

	void assertSuspended() {
		assertThat(this.threads.ending()).isEqualTo(new Ending.Suspended());
	}

}
