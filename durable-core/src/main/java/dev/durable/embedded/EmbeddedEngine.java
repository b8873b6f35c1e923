package dev.durable.embedded;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.durable.DurableClient;
import dev.durable.ErrorObject;
import dev.durable.ExecutionId;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.engine.FunctionDefinition;
import dev.durable.engine.InvocationSettings;
import dev.durable.journal.Observation;
import dev.durable.observe.DurableListener;
import dev.durable.observe.DurableListeners;
import dev.durable.operation.Payloads;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.StoreClock;
import org.jspecify.annotations.Nullable;

/** Durable execution inside this process, on a checkpoint store. Thread-safe. */
public final class EmbeddedEngine {

	private final Host host;

	private final Dispatcher dispatcher;

	private final OnDemandWork onDemand;

	private final DurableClient client;

	private final ExecutionQueries queries;

	private EmbeddedEngine(Host host, ExecutionQueries queries, TypedCalls typedCalls) {
		this.host = host;
		this.dispatcher = new Dispatcher(host, new RunningExecutions(host.settings().node().maxConcurrentExecutions()));
		this.onDemand = new OnDemandWork(host, this.dispatcher);
		this.client = new EmbeddedClient(host, this.onDemand::launcher, queries, typedCalls);
		this.queries = queries;
	}

	/**
	 * Return a builder.
	 * @param store where executions are kept
	 * @param queries its read side
	 * @param codec how payloads are written
	 * @return the builder
	 */
	public static Builder builder(CheckpointStore store, ExecutionQueries queries, PayloadCodec codec) {
		return new Builder(store, queries, codec);
	}

	/** Begin to work on executions; returns at once, also when the store is down. */
	public void start() {
		this.onDemand.refuseIfBusy();
		if (!this.dispatcher.isOn()) {
			this.dispatcher.start();
		}
	}

	/**
	 * Stop working on executions: claim nothing more, let running steps finish up to the
	 * shutdown timeout, suspend the rest. Blocks until done.
	 */
	public void stop() {
		if (this.dispatcher.isOn()) {
			this.dispatcher.stop();
		}
	}

	/**
	 * Return whether the engine works on executions.
	 * @return whether it was started and not stopped
	 */
	public boolean isRunning() {
		return this.dispatcher.isOn();
	}

	/**
	 * Return what works for a limited time when it is asked to, instead of
	 * {@link #start()}: for processes that only run now and then.
	 * @return the work on demand
	 */
	public OnDemandWork onDemand() {
		return this.onDemand;
	}

	/**
	 * Return the time that the store's nodes compare.
	 * @return the store's clock
	 */
	public StoreClock clock() {
		return this.host.store().clock();
	}

	/**
	 * Return the client; it can be used before the start.
	 * @return the client
	 */
	public DurableClient client() {
		return this.client;
	}

	/**
	 * Stop an execution with an error of the caller's making, beside what
	 * {@link dev.durable.ExecutionHandle#stop} does with a reason only.
	 * @param id the execution
	 * @param error recorded with the stop
	 * @return {@code false} if it had ended before
	 * @throws dev.durable.UnknownExecutionException if there is no such execution
	 */
	public boolean stopExecution(ExecutionId id, ErrorObject error) {
		return new StoredExecutionHandle<>(this.host, this.onDemand::launcher, id, () -> Object.class,
				new AtomicBoolean())
			.stop(error);
	}

	/**
	 * Return the read side of the store, with payloads opened.
	 * @return the queries
	 */
	public ExecutionQueries queries() {
		return this.queries;
	}

	/** Builds an {@link EmbeddedEngine}; not thread-safe. */
	public static final class Builder {

		private final CheckpointStore store;

		private final ExecutionQueries queries;

		private final PayloadCodec codec;

		private Supplier<? extends Collection<FunctionDefinition>> functions = List::of;

		private EngineSettings settings = EngineSettings.defaults();

		private @Nullable ErrorCodec errorCodec;

		private @Nullable Executor executor;

		private UnaryOperator<Runnable> decorator = UnaryOperator.identity();

		private CallGuard callGuard = (call) -> {
		};

		private TypedCalls typedCalls = new InterfaceCalls();

		private @Nullable Invoker invoker;

		private @Nullable Timers timers;

		private @Nullable Consumer<ExecutionIdentity> elsewhere;

		private List<DurableListener> listeners = List.of();

		private PayloadSealing sealing = PayloadSealing.none();

		private Builder(CheckpointStore store, ExecutionQueries queries, PayloadCodec codec) {
			this.store = Objects.requireNonNull(store, "'store' must not be null");
			this.queries = Objects.requireNonNull(queries, "'queries' must not be null");
			this.codec = Objects.requireNonNull(codec, "'codec' must not be null");
		}

		/**
		 * Set the functions; asked for when the engine first needs them.
		 * @param functions the functions
		 * @return this builder
		 */
		public Builder functions(Supplier<? extends Collection<FunctionDefinition>> functions) {
			this.functions = functions;
			return this;
		}

		/**
		 * Set the numbers (default {@link EngineSettings#defaults()}).
		 * @param settings the settings
		 * @return this builder
		 */
		public Builder settings(EngineSettings settings) {
			this.settings = settings;
			return this;
		}

		/**
		 * Set how errors are recorded and rebuilt (default: JDK exceptions are rebuilt).
		 * @param errorCodec the codec
		 * @return this builder
		 */
		public Builder errorCodec(ErrorCodec errorCodec) {
			this.errorCodec = errorCodec;
			return this;
		}

		/**
		 * Set the threads that executions and their branches run on (default: a pool that
		 * grows as needed). It must start every task at once, never queue it.
		 * @param executor the executor
		 * @return this builder
		 */
		public Builder executor(Executor executor) {
			this.executor = executor;
			return this;
		}

		/**
		 * Set what wraps the task of an asynchronous step or branch, on the thread that
		 * starts it (default: nothing).
		 * @param decorator the decorator
		 * @return this builder
		 */
		public Builder taskDecorator(UnaryOperator<Runnable> decorator) {
			this.decorator = decorator;
			return this;
		}

		/**
		 * Set what refuses durable calls at a bad moment (default: nothing).
		 * @param guard the guard
		 * @return this builder
		 */
		public Builder callGuard(CallGuard guard) {
			this.callGuard = guard;
			return this;
		}

		/**
		 * Set how typed starts are recorded (default: interfaces only).
		 * @param typedCalls the recorder of calls
		 * @return this builder
		 */
		public Builder typedCalls(TypedCalls typedCalls) {
			this.typedCalls = typedCalls;
			return this;
		}

		/**
		 * Set where the code of executions runs (default: in this process).
		 * @param invoker runs invocations
		 * @return this builder
		 */
		public Builder invoker(Invoker invoker) {
			this.invoker = invoker;
			return this;
		}

		/**
		 * Set what runs delayed tasks (default: one daemon thread).
		 * @param timers the timers
		 * @return this builder
		 */
		public Builder timers(Timers timers) {
			this.timers = timers;
			return this;
		}

		/**
		 * Set who watches executions (default: nobody).
		 * @param listeners the listeners, in the order in which they are called
		 * @return this builder
		 */
		public Builder listeners(List<? extends DurableListener> listeners) {
			this.listeners = List.copyOf(listeners);
			return this;
		}

		/**
		 * Set who is told of an execution that can go on because of this engine's client,
		 * but not in this process: it was started, or a callback of it was completed,
		 * while the engine is not at work or lacks its function (default: nobody, as
		 * other nodes look for such executions). Costs a read each time.
		 * @param elsewhere takes the execution, after what made it go on is durable
		 * @return this builder
		 */
		public Builder whenRunnableElsewhere(Consumer<ExecutionIdentity> elsewhere) {
			this.elsewhere = elsewhere;
			return this;
		}

		/**
		 * Set how payloads are kept (default: as they are, in the store).
		 * @param sealing encryption and offload
		 * @return this builder
		 */
		public Builder sealing(PayloadSealing sealing) {
			this.sealing = sealing;
			return this;
		}

		/**
		 * Build the engine.
		 * @return the engine, not yet started
		 */
		public EmbeddedEngine build() {
			EngineSettings.Executions executions = this.settings.executions();
			EngineSettings.Branches branches = this.settings.branches();
			ErrorCodec errors = (this.errorCodec != null) ? this.errorCodec
					: new ExceptionCodec(this.codec, (name) -> false, EmbeddedEngine.class.getClassLoader());
			InvocationSettings invocations = new InvocationSettings(
					new Payloads(this.codec, executions.maxPayloadSize()), errors,
					(this.executor != null) ? this.executor : threads(), this.decorator, this.callGuard::check,
					executions.unwindTimeout(), branches.maxRunning(), branches.maxParked(), executions.replayLogging(),
					new Observation.Observers(new DurableListeners(this.listeners), errors));
			CheckpointStore sealed = SealedStore.around(this.store, this.sealing, invocations.executor());
			Functions known = new Functions(this.functions);
			Host host = new Host(sealed, new NodeIdentity(), known, this.settings, invocations,
					(this.invoker != null) ? this.invoker : new LocalInvoker(invocations),
					(this.timers != null) ? this.timers : new ScheduledTimers(),
					new Elsewhere(sealed, known, this.elsewhere));
			return new EmbeddedEngine(host, new SealedQueries(this.queries, this.sealing), this.typedCalls);
		}

		private static Executor threads() {
			AtomicLong count = new AtomicLong();
			return Executors.newCachedThreadPool((task) -> {
				Thread thread = new Thread(task, "durable-" + count.incrementAndGet());
				thread.setDaemon(true);
				return thread;
			});
		}

	}

}
