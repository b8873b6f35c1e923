package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.amazonaws.services.lambda.runtime.Context;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.embedded.CallGuard;
import dev.durable.engine.FunctionDefinition;
import dev.durable.observe.DurableListener;
import dev.durable.payload.PayloadSealing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Runs the invocations of Lambda durable functions. */
public final class LambdaEngine {

	private LambdaEngine() {
	}

	public static Builder builder(Supplier<LambdaClient> client, PayloadCodec codec) {
		return new Builder();
	}

	public static boolean isEnvelope(byte[] event) {
		String text = new String(event, StandardCharsets.UTF_8);
		return text.contains("\"DurableExecutionArn\"") && text.contains("\"CheckpointToken\"");
	}

	public byte[] invoke(byte[] event, Context context) {
		throw new IllegalStateException();
	}

	public static final class Builder {

		public Builder functions(Supplier<? extends Collection<FunctionDefinition>> functions) {
			return this;
		}

		public Builder function(@Nullable String function) {
			return this;
		}

		public Builder settings(LambdaSettings settings) {
			return this;
		}

		public Builder errorCodec(ErrorCodec errorCodec) {
			return this;
		}

		public Builder executor(Executor executor) {
			return this;
		}

		public Builder taskDecorator(UnaryOperator<Runnable> decorator) {
			return this;
		}

		public Builder callGuard(CallGuard guard) {
			return this;
		}

		public Builder listeners(List<? extends DurableListener> listeners) {
			return this;
		}

		public Builder sealing(PayloadSealing sealing) {
			return this;
		}

		public LambdaEngine build() {
			return new LambdaEngine();
		}

	}

}
