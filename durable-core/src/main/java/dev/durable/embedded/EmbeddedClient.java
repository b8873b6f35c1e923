package dev.durable.embedded;

import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.durable.DurableCallbacks;
import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.FunctionStart;
import dev.durable.IllegalDurableCallException;
import dev.durable.TypedFunctionStart;
import dev.durable.UnknownExecutionException;
import dev.durable.codec.Payload;
import dev.durable.context.CurrentExecution;
import dev.durable.engine.FunctionDefinition;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.TransactionalStore;
import org.jspecify.annotations.Nullable;

/** The client of an embedded engine. */
final class EmbeddedClient implements DurableClient {

	private final Host host;

	private final Supplier<Launcher> launcher;

	private final ExecutionQueries queries;

	private final TypedCalls typedCalls;

	private final DurableCallbacks callbacks;

	EmbeddedClient(Host host, Supplier<Launcher> launcher, ExecutionQueries queries, TypedCalls typedCalls) {
		this.host = host;
		this.launcher = launcher;
		this.queries = queries;
		this.typedCalls = typedCalls;
		this.callbacks = new StoredCallbacks(host, launcher);
	}

	@Override
	public FunctionStart function(String function) {
		return new NamedStart(this.host.functions().current(function), null);
	}

	@Override
	public <B> TypedFunctionStart<B> function(Class<B> type) {
		return new TypedStart<>(type, null);
	}

	@Override
	public ExecutionHandle<Object> execution(ExecutionId id) {
		return handle(id, () -> declaredResult(id), new AtomicBoolean());
	}

	@Override
	public <T> ExecutionHandle<T> execution(ExecutionId id, Class<T> type) {
		return handle(id, () -> type, new AtomicBoolean());
	}

	@Override
	public DurableCallbacks callbacks() {
		return this.callbacks;
	}

	@Override
	public ExecutionPage list(ExecutionQuery query) {
		return this.queries.list(query);
	}

	private Type declaredResult(ExecutionId id) {
		FunctionDefinition function = this.host.functions()
			.find(this.host.store()
				.find(id)
				.orElseThrow(() -> new UnknownExecutionException(id))
				.identity()
				.function());
		return (function != null) ? function.resultType() : Object.class;
	}

	private <T extends @Nullable Object> ExecutionHandle<T> handle(ExecutionId id, Supplier<Type> type,
			AtomicBoolean enrolled) {
		return new StoredExecutionHandle<>(this.host, this.launcher, id, type, enrolled);
	}

	private <T extends @Nullable Object> ExecutionHandle<T> start(FunctionDefinition function, @Nullable String name,
			@Nullable Object input, Type resultType) {
		if (CurrentExecution.context() != null) {
			throw new IllegalDurableCallException(("Function '%s' was started from the code of an execution, "
					+ "which would start it again on every replay. Use DurableContext.invoke, or start it in a step.")
				.formatted(function.id().name()));
		}
		if (name != null) {
			ExecutionId.requireName(name);
		}
		Payload payload = this.host.payloads()
			.encode("The input of function '%s'".formatted(function.id().name()), input, function.inputType());
		AtomicBoolean enrolled = new AtomicBoolean();
		ExecutionId id;
		if (this.host.store() instanceof TransactionalStore transactional && transactional.inTransaction()) {
			enrolled.set(true);
			id = this.launcher.get().starter().enrol(transactional, function, name, payload, () -> enrolled.set(false));
		}
		else {
			id = this.launcher.get().starter().start(function, name, payload);
		}
		return handle(id, () -> resultType, enrolled);
	}

	/** A start by name. */
	private final class NamedStart implements FunctionStart {

		private final FunctionDefinition function;

		private final @Nullable String name;

		NamedStart(FunctionDefinition function, @Nullable String name) {
			this.function = function;
			this.name = name;
		}

		@Override
		public FunctionStart named(String name) {
			return new NamedStart(this.function, name);
		}

		@Override
		public ExecutionHandle<Object> start(@Nullable Object input) {
			return EmbeddedClient.this.start(this.function, this.name, input, this.function.resultType());
		}

		@Override
		public <T> ExecutionHandle<T> start(@Nullable Object input, Class<T> type) {
			return EmbeddedClient.this.start(this.function, this.name, input, type);
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
			return new TypedStart<>(this.type, name);
		}

		@Override
		public <T extends @Nullable Object> ExecutionHandle<T> start(FunctionCall<B, T> call) {
			TypedCalls.RecordedCall recorded = EmbeddedClient.this.typedCalls.record(this.type, call);
			FunctionDefinition function = EmbeddedClient.this.host.functions().current(recorded.function());
			return EmbeddedClient.this.start(function, (this.name != null) ? this.name : recorded.name(),
					recorded.input(), function.resultType());
		}

	}

}
