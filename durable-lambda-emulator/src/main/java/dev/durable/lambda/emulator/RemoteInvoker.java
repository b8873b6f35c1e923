package dev.durable.lambda.emulator;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.durable.embedded.Invoker;

/**
 * Invokes functions where they run.
 *
 * @param host the emulator
 * @param code what runs each function
 */
record RemoteInvoker(EmulatorHost host, Map<EmulatedFunction, FunctionHost> code) implements Invoker {

	@Override
	public Running prepare(Call call) {
		EmulatedFunction function = this.host.functions().get(call.function().id().name());
		return new RemoteInvocation(this.host, call, function, Objects.requireNonNull(this.code.get(function)));
	}

	/** Code is no faster when time is: short waits would end before it can suspend. */
	@Override
	public boolean recordsAtOnce() {
		return this.host.speed().isReal();
	}

	@Override
	public Duration retryAfter(int failures) {
		return this.host.speed().shorten(this.host.retries().pause());
	}

}
