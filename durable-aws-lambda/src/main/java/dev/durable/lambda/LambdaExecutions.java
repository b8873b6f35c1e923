package dev.durable.lambda;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import dev.durable.DurableClient;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.embedded.TypedCalls;
import dev.durable.engine.FunctionDefinition;
import dev.durable.operation.Payloads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Executions of Lambda durable functions, as seen from outside: in a Lambda function or
 * in any other application.
 * <p>
 * A start invokes the function asynchronously, with the execution's name. The service
 * keeps no transaction of ours: a start inside one is durable at once, whether it commits
 * or not.
 */
public final class LambdaExecutions {

	private LambdaExecutions() {
	}

	/**
	 * Return a builder of a client.
	 * @param lambda the client of the service, asked for at each call
	 * @param codec how payloads are written
	 * @return the builder
	 */
	public static ClientBuilder client(Supplier<LambdaClient> lambda, PayloadCodec codec) {
		return new ClientBuilder(lambda, codec);
	}

	/** Builds a {@link DurableClient}; not thread-safe. */
	public static final class ClientBuilder {

		/** The service decides: its limit is another one for each kind of start. */
		private static final int UNBOUNDED = Integer.MAX_VALUE;

		private final Supplier<LambdaClient> lambda;

		private final PayloadCodec codec;

		private Supplier<? extends Collection<FunctionDefinition>> functions = List::of;

		private LambdaTargets targets = LambdaTargets.defaults();

		private @Nullable ErrorCodec errorCodec;

		private TypedCalls typedCalls = TypedCalls.ofInterfaces();

		private Supplier<@Nullable String> ordinary = () -> null;

		private PollPace pace = new PollPace();

		private ClientBuilder(Supplier<LambdaClient> lambda, PayloadCodec codec) {
			this.lambda = Objects.requireNonNull(lambda, "'lambda' must not be null");
			this.codec = Objects.requireNonNull(codec, "'codec' must not be null");
		}

		/**
		 * Set the functions of this application; asked for when they are needed.
		 * @param functions the functions
		 * @return this builder
		 */
		public ClientBuilder functions(Supplier<? extends Collection<FunctionDefinition>> functions) {
			this.functions = functions;
			return this;
		}

		/**
		 * Set which Lambda functions run them (default: those of the same names, at their
		 * latest unpublished version).
		 * @param targets the Lambda functions
		 * @return this builder
		 */
		public ClientBuilder targets(LambdaTargets targets) {
			this.targets = targets;
			return this;
		}

		/**
		 * Set how errors are rebuilt (default: JDK exceptions are).
		 * @param errorCodec the codec
		 * @return this builder
		 */
		public ClientBuilder errorCodec(ErrorCodec errorCodec) {
			this.errorCodec = errorCodec;
			return this;
		}

		/**
		 * Set how typed starts are recorded (default: interfaces only).
		 * @param typedCalls the recorder of calls
		 * @return this builder
		 */
		public ClientBuilder typedCalls(TypedCalls typedCalls) {
			this.typedCalls = typedCalls;
			return this;
		}

		/**
		 * Set what tells the Lambda function that has come to handle an ordinary event
		 * here (default: none). It is no durable one, so starting it is refused: that
		 * would only be its next ordinary event, without end.
		 * @param functionArn gives its ARN, with or without a version or alias, or
		 * {@code null} if there is none
		 * @return this builder
		 */
		public ClientBuilder ordinary(Supplier<@Nullable String> functionArn) {
			this.ordinary = functionArn;
			return this;
		}

		ClientBuilder pace(PollPace pace) {
			this.pace = pace;
			return this;
		}

		/**
		 * Build the client.
		 * @return the client
		 */
		public DurableClient build() {
			ErrorCodec errors = (this.errorCodec != null) ? this.errorCodec
					: new ExceptionCodec(this.codec, (name) -> false, LambdaExecutions.class.getClassLoader());
			ServiceStart starts = new ServiceStart(new ServiceCalls(this.lambda), new Payloads(this.codec, UNBOUNDED),
					this.ordinary);
			return new ServiceClient(starts, errors, new KnownFunctions(this.functions), this.targets, this.typedCalls,
					this.pace);
		}

	}

}
