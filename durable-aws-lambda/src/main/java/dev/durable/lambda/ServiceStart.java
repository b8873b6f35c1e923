package dev.durable.lambda;

import java.util.function.Supplier;

import dev.durable.DurableException;
import dev.durable.ExecutionAlreadyStartedException;
import dev.durable.ExecutionId;
import dev.durable.IllegalDurableCallException;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodecException;
import dev.durable.context.CurrentExecution;
import dev.durable.operation.Payloads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * Starts executions at the service. An asynchronous invocation returns when the execution
 * is durable, while a synchronous one would wait for its end.
 *
 * @param service the service
 * @param payloads writes inputs, which are not sealed: the service hands them to the
 * function as they are
 * @param ordinary the ARN of the Lambda function that handles an ordinary event here, or
 * {@code null}
 */
record ServiceStart(ServiceCalls service, Payloads payloads, Supplier<@Nullable String> ordinary) {

	ExecutionId start(StartedFunction function, @Nullable String name, @Nullable Object input) {
		if (CurrentExecution.context() != null) {
			throw new IllegalDurableCallException(("Function '%s' was started from the code of an execution, "
					+ "which would start it again on every replay. Use DurableContext.invoke, or start it in a step.")
				.formatted(function.name()));
		}
		requireAnother(function);
		Payload payload = this.payloads.encode("The input of function '%s'".formatted(function.name()), input,
				function.inputType());
		InvokeResponse started = this.service.call("InvokeFunction",
				(client) -> invoke(client, function, name, payload));
		if (started.durableExecutionArn() == null) {
			throw new DurableException(
					("Lambda function '%s' was invoked for durable function '%s', but it is not a durable one. "
							+ "Create it with DurableConfig, which cannot be added later.")
						.formatted(function.target(), function.name()));
		}
		return new ExecutionId(started.durableExecutionArn());
	}

	/** The answer to an invocation tells too late that it was one of too many. */
	private void requireAnother(StartedFunction function) {
		String here = this.ordinary.get();
		if (here != null && function.target().isAt(here)) {
			throw new DurableException(
					("Durable function '%s' is to be run by Lambda function '%s', which is this one, but it was invoked as an "
							+ "ordinary function and would only invoke itself again, without end. "
							+ "Create it with DurableConfig, which cannot be added later, and invoke it by an alias or a version, "
							+ "or name another Lambda function in 'durable.lambda.function-names.%1$s'.")
						.formatted(function.name(), function.target()));
		}
	}

	private InvokeResponse invoke(LambdaClient client, StartedFunction function, @Nullable String name,
			Payload payload) {
		LambdaTarget target = function.target();
		try {
			return client.invoke((request) -> request.functionName(target.function())
				.qualifier(target.qualifier())
				.invocationType(InvocationType.EVENT)
				.durableExecutionName(name)
				.payload(SdkBytes.fromUtf8String(WireText.write(payload))));
		}
		catch (DurableExecutionAlreadyStartedException ex) {
			throw alreadyStarted(function, String.valueOf(name), ex);
		}
		catch (RequestTooLargeException ex) {
			throw new PayloadCodecException(
					("The input of function '%s' has %d bytes, which is more than Lambda takes for an asynchronous start. "
							+ "Pass a reference to the data instead, such as the key of an object in S3.")
						.formatted(function.name(), payload.size()),
					null);
		}
		catch (ResourceNotFoundException ex) {
			throw new DurableException(
					("Durable function '%s' is to be run by Lambda function '%s', which does not exist. "
							+ "Deploy it with that alias or version, or set 'durable.lambda.function-names.%1$s'.")
						.formatted(function.name(), target),
					ex);
		}
	}

	private RuntimeException alreadyStarted(StartedFunction function, String name,
			DurableExecutionAlreadyStartedException conflict) {
		LambdaTarget target = function.target();
		return this.service.call("ListDurableExecutionsByFunction",
				(client) -> client.listDurableExecutionsByFunction((request) -> request.functionName(target.function())
					.qualifier(target.qualifier())
					.durableExecutionName(name)))
			.durableExecutions()
			.stream()
			.filter((existing) -> name.equals(existing.durableExecutionName()))
			.findFirst()
			.<RuntimeException>map((existing) -> new ExecutionAlreadyStartedException(function.name(), name,
					new ExecutionId(existing.durableExecutionArn())))
			.orElseGet(() -> ServiceCalls.translated("InvokeFunction", conflict));
	}

}
