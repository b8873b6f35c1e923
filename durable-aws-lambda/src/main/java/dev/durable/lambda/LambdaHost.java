package dev.durable.lambda;

import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.durable.codec.ErrorCodec;
import dev.durable.codec.PayloadCodec;
import dev.durable.engine.FunctionDefinition;
import dev.durable.engine.InvocationSettings;
import dev.durable.journal.Observation;
import dev.durable.observe.DurableListeners;
import dev.durable.operation.Payloads;
import dev.durable.payload.PayloadSealing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What all invocations share. */
final class LambdaHost {

	/** The longest payload field of the service's API. */
	private static final int MAX_RESULT = 6_291_456;

	/** What encryption adds to a payload, at most. */
	private static final int SEAL = 512;

	private static final Logger log = LoggerFactory.getLogger(LambdaHost.class);

	private final LambdaSettings settings;

	private final PayloadCodec codec;

	private final PayloadSealing sealing;

	private final Executor executor;

	private final InvocationSettings invocations;

	private final UnaryOperator<String> lambdaFunctions;

	LambdaHost(LambdaSettings settings, PayloadCodec codec, ErrorCodec errors, PayloadSealing sealing, Code code) {
		LambdaSettings.Limits limits = settings.limits();
		int kept = sealing.encrypts() ? WireText.binaryCapacity(limits.payloadBytes()) - SEAL : limits.payloadBytes();
		int error = sealing.encrypts()
				? WireText.binaryCapacity(limits.errorBytes() - SealedTexts.ERROR_OVERHEAD) - SEAL
				: limits.errorBytes();
		this.settings = settings;
		this.codec = codec;
		this.sealing = sealing.withThresholdAtMost(kept);
		this.executor = code.executor();
		this.lambdaFunctions = code.lambdaFunctions();
		ErrorCodec bounded = new BoundedErrorCodec(errors, error);
		LambdaSettings.Invocations numbers = settings.invocations();
		this.invocations = new InvocationSettings(payloads(kept), bounded, code.executor(), code.decorator(),
				code.callGuard(), numbers.unwindTimeout(), numbers.maxRunning(), numbers.maxParked(),
				numbers.replayLogging(), new Observation.Observers(code.listeners(), bounded));
	}

	private Payloads payloads(int kept) {
		Payloads.Limit result = new Payloads.Limit(MAX_RESULT, "split it: Lambda allows no more");
		Payloads.Limit operation = this.sealing.offloads() ? result : new Payloads.Limit(kept,
				"let large results be offloaded ('durable.payload.offload'): Lambda allows no more");
		return new Payloads(this.codec, operation, result);
	}

	LambdaSettings settings() {
		return this.settings;
	}

	/**
	 * Run an invocation.
	 * @param envelope what the service handed over
	 * @param calls calls the service
	 * @param function the function to run
	 * @param requestId what tells the invocation from others
	 * @param time how time passes
	 * @param timeIsUpAt when nothing new may begin any more
	 * @return the answer
	 */
	byte[] invoke(DurableEnvelope envelope, CheckpointCalls calls, FunctionDefinition function, String requestId,
			InvocationTime time, Instant timeIsUpAt) {
		LambdaSettings.Limits limits = this.settings.limits();
		SealedTexts texts = new SealedTexts(this.sealing, this.invocations.errors(), envelope.execution());
		OperationReader reader = new OperationReader(texts, this.codec);
		Budget budget = new Budget(envelope.execution(), limits);
		LoadedExecution execution;
		try {
			execution = LoadedExecution.load(envelope, calls, reader, budget);
		}
		catch (SdkException ex) {
			return notLoaded(envelope, ex);
		}
		Checkpointing checkpointing = new Checkpointing(
				new Checkpointing.Wire(calls,
						new UpdateWriter(texts, limits.payloadBytes(), budget, this.lambdaFunctions), reader),
				execution.known(), this.settings.checkpoints(), time, timeIsUpAt);
		Recording recording = new Recording(calls, checkpointing, budget, new UpdateCheck(limits.payloadBytes()),
				time.clock(), envelope.executionOperation(), limits.responseBytes());
		checkpointing.start(this.executor);
		try {
			return new LambdaInvocation(execution, function, requestId, this.invocations, recording).run();
		}
		finally {
			checkpointing.stop();
		}
	}

	private byte[] notLoaded(DurableEnvelope envelope, SdkException failure) {
		if (failure instanceof AwsServiceException refused && CheckpointFailures.isFinal(refused)) {
			LambdaCheckpointRejectedException rejected = LambdaCheckpointRejectedException.of(envelope.execution(),
					refused);
			log.error("Execution '{}' fails", envelope.execution(), rejected);
			return Answer.failed(this.invocations.errors().describe(rejected));
		}
		throw new LambdaInvocationException(
				"The state of execution '%s' could not be read; the service invokes the function again"
					.formatted(envelope.execution()),
				failure);
	}

	/**
	 * How code is run.
	 *
	 * @param executor runs branches, and what calls the service
	 * @param decorator wraps the tasks of branches
	 * @param callGuard refuses durable calls at a bad moment
	 * @param listeners who watches
	 * @param lambdaFunctions the Lambda function to invoke, by the name that code has
	 */
	record Code(Executor executor, UnaryOperator<Runnable> decorator, Consumer<String> callGuard,
			DurableListeners listeners, UnaryOperator<String> lambdaFunctions) {

	}

}
