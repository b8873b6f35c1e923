package dev.durable.lambda;

import java.lang.reflect.Type;
import java.util.function.Function;

import dev.durable.DurableCallbacks;
import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.FunctionStart;
import dev.durable.TypedFunctionStart;
import dev.durable.UnknownFunctionException;
import dev.durable.codec.ErrorCodec;
import dev.durable.embedded.TypedCalls;
import dev.durable.engine.FunctionDefinition;
import dev.durable.operation.Payloads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;

/** A client of executions that the Lambda service keeps. */
final class ServiceClient implements DurableClient {

	private final ServiceStart starts;

	private final ErrorCodec errors;

	private final KnownFunctions functions;

	private final LambdaTargets targets;

	private final TypedCalls typedCalls;

	private final PollPace pace;

	ServiceClient(ServiceStart starts, ErrorCodec errors, KnownFunctions functions, LambdaTargets targets,
			TypedCalls typedCalls, PollPace pace) {
		this.starts = starts;
		this.errors = errors;
		this.functions = functions;
		this.targets = targets;
		this.typedCalls = typedCalls;
		this.pace = pace;
	}

	ServiceCalls service() {
		return this.starts.service();
	}

	Payloads payloads() {
		return this.starts.payloads();
	}

	ErrorCodec errors() {
		return this.errors;
	}

	PollPace pace() {
		return this.pace;
	}

	@Override
	public FunctionStart function(String function) {
		return new NamedStart(startable(function), null);
	}

	/** A function of another application can be started if its target is known. */
	private StartedFunction startable(String function) {
		FunctionDefinition known = this.functions.current(function).orElse(null);
		if (known == null && !this.targets.names(function)) {
			throw new UnknownFunctionException(function, this.functions.names());
		}
		return new StartedFunction(function, this.targets.of(function),
				(known != null) ? known.inputType() : Object.class,
				(known != null) ? known.resultType() : Object.class);
	}

	@Override
	public <B> TypedFunctionStart<B> function(Class<B> type) {
		return new TypedStart<>(type, null);
	}

	@Override
	public ExecutionHandle<Object> execution(ExecutionId id) {
		return new ServiceExecutionHandle<>(this, id, this::declaredResult);
	}

	@Override
	public <T> ExecutionHandle<T> execution(ExecutionId id, Class<T> type) {
		return new ServiceExecutionHandle<>(this, id, (execution) -> type);
	}

	@Override
	public DurableCallbacks callbacks() {
		return new ServiceCallbacks(service(), payloads());
	}

	@Override
	public ExecutionPage list(ExecutionQuery query) {
		return new ServiceList(service(), this.functions, this.targets).list(query);
	}

	private Type declaredResult(GetDurableExecutionResponse execution) {
		return this.functions.current(this.targets.durableFunction(execution.functionArn()))
			.map(FunctionDefinition::resultType)
			.orElse(Object.class);
	}

	/** The service may say that there is no next page by an empty marker, too. */
	static @Nullable String marker(@Nullable String marker) {
		return (marker == null || marker.isEmpty()) ? null : marker;
	}

	private <T extends @Nullable Object> ExecutionHandle<T> start(StartedFunction function, @Nullable String name,
			@Nullable Object input, Type resultType) {
		ExecutionId id = this.starts.start(function, name, input);
		Function<GetDurableExecutionResponse, Type> type = (execution) -> resultType;
		return new ServiceExecutionHandle<>(this, id, type);
	}

	/** A start by name. */
	private final class NamedStart implements FunctionStart {

		private final StartedFunction function;

		private final @Nullable String name;

		NamedStart(StartedFunction function, @Nullable String name) {
			this.function = function;
			this.name = name;
		}

		@Override
		public FunctionStart named(String name) {
			return new NamedStart(this.function, ExecutionId.requireName(name));
		}

		@Override
		public ExecutionHandle<Object> start(@Nullable Object input) {
			return ServiceClient.this.start(this.function, this.name, input, this.function.resultType());
		}

		@Override
		public <T> ExecutionHandle<T> start(@Nullable Object input, Class<T> type) {
			return ServiceClient.this.start(this.function, this.name, input, type);
		}

	}

	/** A start by a call. */
	private final class TypedStart<B> implements TypedFunctionStart<B> {

		private final Class<B> type;

		private final @Nullable String name;

		TypedStart(Class<B> type, @Nullable String name) {
			this.type = type;
			this.name = name;
		}

		@Override
		public TypedFunctionStart<B> named(String name) {
			return new TypedStart<>(this.type, ExecutionId.requireName(name));
		}

		@Override
		public <T extends @Nullable Object> ExecutionHandle<T> start(FunctionCall<B, T> call) {
			TypedCalls.RecordedCall recorded = ServiceClient.this.typedCalls.record(this.type, call);
			StartedFunction function = startable(recorded.function());
			return ServiceClient.this.start(function, (this.name != null) ? this.name : recorded.name(),
					recorded.input(), function.resultType());
		}

	}

}
