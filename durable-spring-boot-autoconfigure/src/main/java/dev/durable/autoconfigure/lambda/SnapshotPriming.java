package dev.durable.autoconfigure.lambda;

import dev.durable.codec.ErrorCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.lambda.LambdaPriming;
import dev.durable.spring.DurableFunctions;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.lambda.LambdaClient;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Runs before a snapshot of the process is taken, and loads what invocations need. CRaC
 * holds its resources weakly, so this is a bean.
 * <p>
 * There is nothing to let go of: without a call of the service there is no client, and
 * the engine holds nothing between invocations. Random numbers come from generators that
 * the platform seeds anew.
 */
final class SnapshotPriming implements Resource, SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(SnapshotPriming.class);

	private final PayloadCodec codec;

	private final ErrorCodec errors;

	private final DurableFunctions functions;

	private final ServiceConnection<LambdaClient> connection;

	SnapshotPriming(PayloadCodec codec, ErrorCodec errors, DurableFunctions functions,
			ServiceConnection<LambdaClient> connection) {
		this.codec = codec;
		this.errors = errors;
		this.functions = functions;
		this.connection = connection;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Core.getGlobalContext().register(this);
	}

	/** A failure only costs the time that was to be saved. */
	@Override
	public void beforeCheckpoint(Context<? extends Resource> context) {
		try {
			this.functions.get();
			if (!LambdaPriming.run(this.codec, this.errors, LambdaPriming.Calls.CLIENT)) {
				logger.warn("Priming did not reach the end of its invocation, so the first one may be slow");
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Priming failed, so the first invocation may be slow", ex);
		}
		if (this.connection.isOpen()) {
			logger.warn("The Lambda service was called before the snapshot, which now holds a client: "
					+ "start and look for executions when the application handles events, not when it starts.");
		}
	}

	@Override
	public void afterRestore(Context<? extends Resource> context) {
		// Everything comes back when it is needed.
	}

}
