package dev.durable.lambda;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.amazonaws.services.lambda.runtime.Context;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.embedded.CallGuard;
import dev.durable.engine.FunctionDefinition;
import dev.durable.observe.DurableListener;
import dev.durable.observe.DurableListeners;
import dev.durable.payload.PayloadSealing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Runs durable functions as Lambda durable functions: the service keeps their executions
 * and invokes them. Thread-safe; does nothing and holds nothing before and between
 * invocations, so it may be part of a snapshot.
 */
public final class LambdaEngine {

	private final CheckpointApi service;

	private final FunctionChoice functions;

	private final LambdaHost host;

	private final InvocationTime time;

	private LambdaEngine(CheckpointApi service, FunctionChoice functions, LambdaHost host, InvocationTime time) {
		this.service = service;
		this.functions = functions;
		this.host = host;
		this.time = time;
	}

	/**
	 * Return a builder.
	 * @param client gives the client, asked once, when it is first needed
	 * @param codec how payloads are written
	 * @return the builder
	 */
	public static Builder builder(Supplier<LambdaClient> client, PayloadCodec codec) {
		return new Builder(client, codec);
	}

	/**
	 * Return whether an event is the envelope of a durable execution.
	 * @param event the event
	 * @return whether {@link #invoke} can take it
	 */
	public static boolean isEnvelope(byte[] event) {
		return DurableEnvelope.isPresent(event);
	}

	/**
	 * Run one invocation; what it started has ended when this returns.
	 * @param event the envelope
	 * @param context what Lambda tells of the invocation
	 * @return the answer to the service
	 * @throws LambdaInvocationException if the service must invoke the function again
	 */
	public byte[] invoke(byte[] event, Context context) {
		Instant timeIsUpAt = this.time.clock()
			.instant()
			.plus(LambdaTime.without(this.host.settings().invocations().drainBefore(), context));
		DurableEnvelope envelope = DurableEnvelope.read(event);
		List<String> names = new ArrayList<>();
		addName(names, envelope.functionName());
		addName(names, context.getFunctionName());
		FunctionDefinition function = this.functions.choose(names);
		CheckpointCalls calls = new CheckpointCalls(this.service, envelope.arn(), envelope.token());
		String requestId = Objects.requireNonNullElse(context.getAwsRequestId(), "unknown");
		return this.host.invoke(envelope, calls, function, requestId, this.time, timeIsUpAt);
	}

	private static void addName(List<String> names, @Nullable String name) {
		if (name != null && !names.contains(name)) {
			names.add(name);
		}
	}

	/** Builds a {@link LambdaEngine}; not thread-safe. */
	public static final class Builder {

		private CheckpointApi service;

		private final PayloadCodec codec;

		private Supplier<? extends Collection<FunctionDefinition>> functions = List::of;

		private @Nullable String function;

		private @Nullable LambdaTargets targets;

		private LambdaSettings settings = LambdaSettings.defaults();

		private @Nullable ErrorCodec errorCodec;

		private @Nullable Executor executor;

		private UnaryOperator<Runnable> decorator = UnaryOperator.identity();

		private CallGuard callGuard = (call) -> {
		};

		private List<DurableListener> listeners = List.of();

		private PayloadSealing sealing = PayloadSealing.none();

		private InvocationTime time = InvocationTime.ofMachine();

		private Builder(Supplier<LambdaClient> client, PayloadCodec codec) {
			this.service = CheckpointApi.of(client);
			this.codec = Objects.requireNonNull(codec, "'codec' must not be null");
		}

		/**
		 * Set the functions; asked for at each invocation.
		 * @param functions the functions
		 * @return this builder
		 */
		public Builder functions(Supplier<? extends Collection<FunctionDefinition>> functions) {
			this.functions = functions;
			return this;
		}

		/**
		 * Set which function to run (default: the only one there is, or the one that is
		 * named like the Lambda function).
		 * @param function its name, or {@code null} for the default
		 * @return this builder
		 */
		public Builder function(@Nullable String function) {
			this.function = function;
			return this;
		}

		/**
		 * Set the numbers (default {@link LambdaSettings#defaults()}).
		 * @param settings the settings
		 * @return this builder
		 */
		public Builder settings(LambdaSettings settings) {
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
		 * Set the threads that branches run on, and that call the service (default: a
		 * pool that grows as needed). It must start every task at once, never queue it.
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
		 * Set who watches executions (default: nobody).
		 * @param listeners the listeners, in the order in which they are called
		 * @return this builder
		 */
		public Builder listeners(List<? extends DurableListener> listeners) {
			this.listeners = List.copyOf(listeners);
			return this;
		}

		/**
		 * Set how the payloads of steps and contexts are kept (default: as they are).
		 * Inputs and results that others write or read are always kept as they are.
		 * @param sealing encryption and offload
		 * @return this builder
		 */
		public Builder sealing(PayloadSealing sealing) {
			this.sealing = sealing;
			return this;
		}

		/**
		 * Set which Lambda functions run the durable functions that are invoked (default:
		 * those of the names that code gives). A name that is neither in there nor that
		 * of a durable function of the application is taken as it is.
		 * @param targets the Lambda functions
		 * @return this builder
		 */
		public Builder targets(LambdaTargets targets) {
			this.targets = targets;
			return this;
		}

		/**
		 * Set how the service is called (default: by the client).
		 * @param service the calls
		 * @return this builder
		 */
		public Builder checkpoints(CheckpointApi service) {
			this.service = service;
			return this;
		}

		/** Set how time passes, for tests. */
		Builder time(InvocationTime time) {
			this.time = time;
			return this;
		}

		/**
		 * Build the engine.
		 * @return the engine
		 */
		public LambdaEngine build() {
			ErrorCodec errors = (this.errorCodec != null) ? this.errorCodec
					: new ExceptionCodec(this.codec, (name) -> false, LambdaEngine.class.getClassLoader());
			LambdaHost host = new LambdaHost(this.settings, this.codec, errors, this.sealing,
					new LambdaHost.Code((this.executor != null) ? this.executor : threads(), this.decorator,
							this.callGuard::check, new DurableListeners(this.listeners), lambdaFunctions()));
			return new LambdaEngine(this.service, new FunctionChoice(this.functions, this.function), host, this.time);
		}

		private UnaryOperator<String> lambdaFunctions() {
			KnownFunctions known = new KnownFunctions(this.functions);
			LambdaTargets targets = this.targets;
			return (name) -> (targets != null && (targets.names(name) || known.current(name).isPresent()))
					? targets.of(name).toString() : name;
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
