package dev.durable.conformance.invoke;

import java.util.Map;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.InvokeOptions;
import dev.durable.TypeRef;
import dev.durable.conformance.UppercaseCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** What goes to another function, and what comes back. */
@Component
class InvokeBasics {

	/** Near the limit for a payload that is sent without waiting for the answer. */
	private static final int LARGE = 250 * 1024;

	private final DurableContext durable;

	private final Targets targets;

	InvokeBasics(DurableContext durable, Targets targets) {
		this.durable = durable;
		this.targets = targets;
	}

	@DurableFunction(name = "5-1")
	@Nullable Object basic(String input) {
		return this.targets.echo(input);
	}

	@DurableFunction(name = "5-2")
	String named(Named input) {
		return this.durable.invoke(input.name(), "echo", input.payload(), String.class);
	}

	@DurableFunction(name = "5-3")
	@Nullable Object complexObject(Map<String, Object> input) {
		return this.targets.echo(input);
	}

	@DurableFunction(name = "5-4")
	@Nullable Object nothing() {
		return this.targets.echo(null);
	}

	@DurableFunction(name = "5-7")
	int largePayload() {
		return this.targets.length("x".repeat(LARGE));
	}

	@DurableFunction(name = "5-8")
	String tenant(ForTenant input) {
		return this.durable
			.invokeAsync("for-tenant", "echo", input.payload(), TypeRef.of(String.class),
					InvokeOptions.defaults().withTenantId(input.tenantId()))
			.get();
	}

	@DurableFunction(name = "5-15")
	@Nullable Object payloadCodec(Data input) {
		return this.durable
			.invokeAsync("with-codec", "echo", input, TypeRef.of(Data.class),
					InvokeOptions.defaults().withPayloadCodec(UppercaseCodec.onEncode(Data.class)))
			.get();
	}

	@DurableFunction(name = "5-16")
	String resultCodec(String input) {
		return this.durable
			.invokeAsync("with-codec", "echo", input, TypeRef.of(String.class),
					InvokeOptions.defaults().withResultCodec(UppercaseCodec.onDecode()))
			.get();
	}

	record Named(String name, String payload) {

	}

	record ForTenant(String tenantId, String payload) {

	}

	record Data(String data) {

	}

}
