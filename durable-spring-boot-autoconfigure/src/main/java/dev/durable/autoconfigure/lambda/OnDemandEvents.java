package dev.durable.autoconfigure.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.durable.lambda.DurableEvents;
import dev.durable.lambda.LambdaWorker;
import org.jspecify.annotations.Nullable;

/**
 * The events of a Lambda function that keeps executions in a store of ours: wake-ups and
 * sweeps, and ordinary ones, whose executions go on before the answer is given.
 *
 * @param worker works on executions
 * @param invoked is told which function this is
 */
record OnDemandEvents(LambdaWorker worker, InvokedFunction invoked) implements DurableEvents {

	@Override
	public boolean isOwn(byte[] event) {
		return LambdaWorker.isWakeUp(event);
	}

	@Override
	public byte[] handle(byte[] event, Context context) {
		this.invoked.tell(context);
		return this.worker.wakeUp(event, context);
	}

	@Override
	public void during(Context context, OrdinaryFunction function) throws Exception {
		this.invoked.tell(context);
		this.worker.<@Nullable Object>during(context, () -> {
			function.call();
			return null;
		});
	}

}
