package dev.durable.lambda.emulator;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.store.memory.MemoryCheckpointStore;

/**
 * Lambda durable functions behind a port of the loopback address, until closed: what any
 * AWS SDK, with this endpoint, takes for Lambda. Executions are kept in memory.
 * Thread-safe.
 */
public final class LambdaEmulator implements AutoCloseable {

	private final EmbeddedEngine engine;

	private final Map<EmulatedFunction, FunctionHost> code;

	private final LocalServer server;

	/** Or processes would outlive this one. */
	private final Thread hook = new Thread(this::killAll, "lambda-emulator-exit");

	private LambdaEmulator(EmbeddedEngine engine, Map<EmulatedFunction, FunctionHost> code, LocalServer server) {
		this.engine = engine;
		this.code = code;
		this.server = server;
	}

	/**
	 * Return a builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return where SDKs find the emulator.
	 * @return an endpoint to override Lambda's with
	 */
	public URI endpoint() {
		return endpoint(this.server.port());
	}

	private static URI endpoint(int port) {
		return URI.create("http://127.0.0.1:" + port);
	}

	/** End what runs, kill all processes, and forget all executions. */
	@Override
	public void close() {
		this.engine.stop();
		killAll();
		this.server.close();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// It is what closes this.
		}
	}

	private void killAll() {
		this.code.values().forEach(FunctionHost::close);
	}

	/** Builds a {@link LambdaEmulator}; not thread-safe. */
	public static final class Builder {

		private final List<EmulatedFunction> functions = new ArrayList<>();

		private int port;

		private int speed = 1;

		private EmulatorHost.Retries retries = new EmulatorHost.Retries(5, Duration.ofSeconds(5));

		private CheckpointListener listener = new CheckpointListener() {
		};

		private ProcessBuilder.Redirect output = ProcessBuilder.Redirect.INHERIT;

		private MemoryCheckpointStore store = new MemoryCheckpointStore();

		private Builder() {
		}

		/**
		 * Add a function, or several that share their processes.
		 * @param function the function
		 * @return this builder
		 */
		public Builder function(EmulatedFunction function) {
			this.functions.add(function);
			return this;
		}

		/**
		 * Add a function that runs in this process.
		 * @param name its name
		 * @param handler its code
		 * @return this builder
		 */
		public Builder function(String name, RequestStreamHandler handler) {
			return function(EmulatedFunction.of(name, handler));
		}

		/**
		 * Add a function that runs in processes.
		 * @param name its name
		 * @param command a Lambda runtime interface client with its handler
		 * @return this builder
		 */
		public Builder function(String name, List<String> command) {
			return function(EmulatedFunction.of(name, command));
		}

		/**
		 * Set the port (default: a free one).
		 * @param port the port, or 0 for a free one
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Let waits, retries and timeouts pass faster than on AWS, for tests (default:
		 * once as fast). Timestamps are those of the short times; histories show the
		 * durations that were asked for. Timeouts of invocations stay as they are. Code
		 * is not faster, so what ends while an invocation runs is recorded when that
		 * asks, by a checkpoint without updates, or has ended.
		 * @param factor how many times faster, 1 to 1,000
		 * @return this builder
		 */
		public Builder speed(int factor) {
			this.speed = factor;
			return this;
		}

		/**
		 * Set what follows failed invocations (default: five in a row, five seconds
		 * apart, fail their execution).
		 * @param attempts how many may fail in a row, at least 1
		 * @param pause how long one waits for the next; {@link #speed} shortens it
		 * @return this builder
		 */
		public Builder invocationRetries(int attempts, Duration pause) {
			this.retries = new EmulatorHost.Retries(attempts, pause);
			return this;
		}

		/**
		 * Set who watches checkpoints (default: nobody).
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder checkpoints(CheckpointListener listener) {
			this.listener = listener;
			return this;
		}

		/**
		 * Set where processes write to (default: where this process does).
		 * @param output takes their output and errors
		 * @return this builder
		 */
		public Builder processOutput(ProcessBuilder.Redirect output) {
			this.output = output;
			return this;
		}

		/**
		 * Set where executions are kept (default: where nobody else looks). Tests can
		 * read there what the service's API does not tell.
		 * @param store the store
		 * @return this builder
		 */
		public Builder store(MemoryCheckpointStore store) {
			this.store = store;
			return this;
		}

		/**
		 * Start the emulator.
		 * @return the emulator, which listens
		 */
		public LambdaEmulator start() {
			Functions all = new Functions(this.functions);
			EmulatorHost host = new EmulatorHost(this.store, all, this.listener, new Speed(this.speed), this.retries,
					new LiveExecutions());
			Map<EmulatedFunction, FunctionHost> code = new HashMap<>();
			EmbeddedEngine engine = engine(host, code);
			Api api = new Api(new CheckpointApi(host), new ExecutionsApi(host, engine),
					new CallbacksApi(engine.client().callbacks()), new InvokeApi(host, engine.client()));
			LocalServer server = LocalServer.start(this.port, api::handle);
			for (EmulatedFunction function : all.distinct()) {
				code.put(function, code(function, host, endpoint(server.port())));
			}
			LambdaEmulator emulator = new LambdaEmulator(engine, code, server);
			Runtime.getRuntime().addShutdownHook(emulator.hook);
			engine.start();
			return emulator;
		}

		private FunctionHost code(EmulatedFunction function, EmulatorHost host, URI endpoint) {
			if (function.code() instanceof EmulatedFunction.Command command) {
				return new ProcessHost(command, LambdaEnvironment.of(function, endpoint), host.store().clock(),
						this.output);
			}
			return new HandlerHost(((EmulatedFunction.Handler) function.code()).handler());
		}

		private static EmbeddedEngine engine(EmulatorHost host, Map<EmulatedFunction, FunctionHost> code) {
			EngineSettings defaults = EngineSettings.defaults();
			EngineSettings.Node node = defaults.node();
			return EmbeddedEngine.builder(host.store(), host.store(), new RawPayloadCodec())
				.errorCodec(host.errors())
				.functions(host::definitions)
				.settings(defaults.with(new EngineSettings.Node(1_000, node.pollInterval(), node.heartbeatInterval(),
						node.nodeTimeout(), node.shutdownTimeout())))
				.invoker(new RemoteInvoker(host, code))
				.build();
		}

	}

}
