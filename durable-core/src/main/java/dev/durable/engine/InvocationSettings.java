package dev.durable.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.durable.codec.ErrorCodec;
import dev.durable.journal.Observation;
import dev.durable.operation.Payloads;

/**
 * What all invocations of a host share.
 *
 * @param payloads how values are written
 * @param errors how errors are written
 * @param executor runs branches; starts every task at once
 * @param decorator wraps the tasks of branches on the thread that starts them
 * @param callGuard refuses durable calls at a bad moment, by throwing
 * @param unwindTimeout how long branches may take to leave a suspended invocation
 * @param maxRunning how many branches of one execution may run at once, at least 1
 * @param maxParked how many blocked branches of one execution may keep their threads
 * @param replayLogging whether code that is replayed logs again
 * @param observers who watches executions
 */
public record InvocationSettings(Payloads payloads, ErrorCodec errors, Executor executor,
		UnaryOperator<Runnable> decorator, Consumer<String> callGuard, Duration unwindTimeout, int maxRunning,
		int maxParked, boolean replayLogging, Observation.Observers observers) {

}
