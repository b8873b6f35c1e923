package dev.durable.autoconfigure.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.durable.lambda.DurableEvents;
import dev.durable.lambda.LambdaEngine;

/**
 * The events of Lambda durable functions: the service drives executions, so ordinary
 * functions have nothing to wait for.
 *
 * @param engine runs the invocations
 * @param ordinary is told which function this is by an ordinary event: durable ones get
 * none
 */
record NativeEvents(LambdaEngine engine, InvokedFunction ordinary) implements DurableEvents {

	@Override
	public boolean isOwn(byte[] event) {
		return LambdaEngine.isEnvelope(event);
	}

	@Override
	public byte[] handle(byte[] event, Context context) {
		return this.engine.invoke(event, context);
	}

	@Override
	public void during(Context context, OrdinaryFunction function) throws Exception {
		this.ordinary.tell(context);
		function.call();
	}

}
