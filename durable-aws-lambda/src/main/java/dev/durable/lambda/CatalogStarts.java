package dev.durable.lambda;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.durable.DurableClient;
import dev.durable.ErrorObject;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionTimeoutException;
import dev.durable.FunctionStart;
import dev.durable.FunctionVersion;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodec;
import dev.durable.engine.FunctionDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Starts executions for callers that know JSON only, and tells them how it went:
 * {@code {"executionId", "status", "result" | "error"}}.
 *
 * @param client starts them; asked for at each call
 * @param names gives the name that a function's idempotency key makes of an input, or
 * {@code null}
 * @param codec reads inputs and writes results
 * @param patience how long to wait for the end, zero to look once; an execution that has
 * not ended by then goes on, and its answer says {@code RUNNING}
 * @param asleep tells of an execution that nobody works on at present, so that waiting
 * for it is of no use
 */
public record CatalogStarts(Supplier<DurableClient> client,
		BiFunction<FunctionVersion, @Nullable Object, @Nullable String> names, PayloadCodec codec,
		Supplier<Duration> patience, Predicate<ExecutionId> asleep) {

	/** How often to ask whether it is of use to wait. */
	private static final Duration LOOK = Duration.ofMillis(200);

	private static final JsonMapper MAPPER = JsonMapper.shared();

	Function<@Nullable Object, Message<byte[]>> of(FunctionDefinition function) {
		CatalogInput input = new CatalogInput(this.codec, function.inputType());
		return (received) -> call(function, input.read(received));
	}

	private Message<byte[]> call(FunctionDefinition function, @Nullable Object input) {
		FunctionStart start = this.client.get().function(function.id().name());
		String name = this.names.apply(function.id(), input);
		ExecutionHandle<Object> handle = ((name != null) ? start.named(name) : start).start(input);
		return MessageBuilder.withPayload(MAPPER.writeValueAsBytes(answer(handle, function.resultType())))
			.setHeader(MessageHeaders.CONTENT_TYPE, "application/json")
			.build();
	}

	private ObjectNode answer(ExecutionHandle<Object> handle, Type resultType) {
		ObjectNode answer = MAPPER.createObjectNode().put("executionId", handle.id().value());
		try {
			Object result = await(handle);
			answer.put("status", ExecutionStatus.SUCCEEDED.name());
			return putResult(answer, this.codec.encode(result, resultType));
		}
		catch (ExecutionTimeoutException ex) {
			return answer.put("status", ExecutionStatus.RUNNING.name());
		}
		catch (ExecutionFailedException ex) {
			ErrorObject error = ex.error();
			answer.put("status", ex.status().name())
				.putObject("error")
				.put("errorType", error.errorType())
				.put("errorMessage", error.errorMessage());
			return answer;
		}
	}

	private Object await(ExecutionHandle<Object> handle) {
		Duration left = this.patience.get();
		while (left.compareTo(LOOK) > 0) {
			try {
				return handle.result(LOOK);
			}
			catch (ExecutionTimeoutException ex) {
				left = this.asleep.test(handle.id()) ? Duration.ZERO : left.minus(LOOK);
			}
		}
		return handle.result(left);
	}

	/** What a codec writes that is no JSON is told in the form of the wire. */
	private static ObjectNode putResult(ObjectNode answer, Payload result) {
		try {
			answer.set("result", MAPPER.readTree(result.bytes()));
		}
		catch (JacksonException ex) {
			answer.put("result", WireText.write(result));
		}
		return answer;
	}

}
