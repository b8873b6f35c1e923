package dev.durable.store.tck;

import java.time.Duration;
import java.util.List;

import dev.durable.CallbackFailedException;
import dev.durable.CallbackOptions;
import dev.durable.CallbackTimedOutException;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.InvokeFailedException;
import dev.durable.InvokeOptions;
import dev.durable.TypeRef;

/** Programs that wait for others: callbacks and chained invokes. */
final class OutsidePrograms {

	/** Functions that other programs invoke. */
	static final List<CrashProgram> INVOKED = List.of(CrashProgram.of("invoked", OutsidePrograms::invoked),
			CrashProgram.of("invoked-fails", OutsidePrograms::invokedFails));

	static final String HEARTBEATS = "callback-heartbeat";

	private OutsidePrograms() {
	}

	static List<CrashProgram> all() {
		return List.of(callback("callback-success", BodyListener.Answer.SUCCEED, CallbackOptions.defaults()),
				callback("callback-failure", BodyListener.Answer.FAIL, CallbackOptions.defaults()),
				callback("callback-timeout", BodyListener.Answer.IGNORE,
						CallbackOptions.defaults().withTimeout(Duration.ofSeconds(30))),
				callback(HEARTBEATS, BodyListener.Answer.HEARTBEAT_THEN_SUCCEED,
						CallbackOptions.defaults().withHeartbeatTimeout(Duration.ofSeconds(60))),
				callback("callback-heartbeat-timeout", BodyListener.Answer.IGNORE,
						CallbackOptions.defaults().withHeartbeatTimeout(Duration.ofSeconds(20))),
				CrashProgram.of("invoke", OutsidePrograms::invoke),
				CrashProgram.of("invoke-failure", OutsidePrograms::invokeFailure),
				CrashProgram.of("async-invokes", OutsidePrograms::asyncInvokes),
				CrashProgram.of("order", OutsidePrograms::order));
	}

	private static CrashProgram callback(String name, BodyListener.Answer answer, CallbackOptions options) {
		return CrashProgram.of(name, (context, probe) -> {
			String came = awaitCallback(context, probe, answer, options);
			return came + context.step("after", String.class, (step) -> probe.run(step, "after"));
		});
	}

	static String awaitCallback(DurableContext context, Probe probe, BodyListener.Answer answer,
			CallbackOptions options) {
		DurableCallback<String> callback = context.createCallback("approval", String.class, options);
		context.step("ask", String.class, (step) -> probe.publish(step, answer, callback.callbackId()));
		try {
			return callback.get();
		}
		catch (CallbackTimedOutException ex) {
			return "timed out";
		}
		catch (CallbackFailedException ex) {
			return "failed " + ex.error().errorType();
		}
	}

	private static String invoked(DurableContext context, Probe probe) {
		String before = context.step("before", String.class, (step) -> probe.run(step, "before"));
		context.wait("pause", Duration.ofSeconds(3));
		return before + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String invokedFails(DurableContext context, Probe probe) {
		context.step("before", String.class, (step) -> probe.run(step, "before"));
		throw new UnsupportedOperationException("Not supported, as expected");
	}

	private static String invoke(DurableContext context, Probe probe) {
		String result = context.invoke("call", "invoked", "input", String.class);
		return result + context.step("after", String.class, (step) -> probe.run(step, "after"));
	}

	private static String invokeFailure(DurableContext context, Probe probe) {
		try {
			return context.invoke("call", "invoked-fails", "input", String.class);
		}
		catch (InvokeFailedException ex) {
			return context.step("compensate", String.class, (step) -> probe.run(step, ex.error().errorType()));
		}
	}

	private static String asyncInvokes(DurableContext context, Probe probe) {
		DurableFuture<String> first = invokeAsync(context, "first");
		DurableFuture<String> second = invokeAsync(context, "second");
		String meanwhile = context.step("meanwhile", String.class, (step) -> probe.run(step, "meanwhile"));
		return meanwhile + first.get() + second.get();
	}

	private static DurableFuture<String> invokeAsync(DurableContext context, String name) {
		return context.invokeAsync(name, "invoked", name, TypeRef.of(String.class), InvokeOptions.defaults());
	}

	/** A little of everything, in the order of a real process. */
	private static String order(DurableContext context, Probe probe) {
		int reserved = context.step("reserve", Integer.class, (step) -> probe.run(step, 42));
		String paid = context.step("charge", String.class, StepPrograms.AT_MOST_ONCE,
				(step) -> probe.runOnce(step, "paid"));
		context.wait("cooling-off", Duration.ofSeconds(2));
		String approval = awaitCallback(context, probe, BodyListener.Answer.SUCCEED, CallbackOptions.defaults());
		String shipped = context.runInChildContext("ship", String.class, (child) -> {
			DurableFuture<String> label = child.stepAsync("label", String.class, (step) -> probe.run(step, "label"));
			return label.get() + child.invoke("carrier", "invoked", "parcel", String.class);
		});
		return reserved + paid + approval + shipped;
	}

}
