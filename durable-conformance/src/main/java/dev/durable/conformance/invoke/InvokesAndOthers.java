package dev.durable.conformance.invoke;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.InvokeFailedException;

import org.springframework.stereotype.Component;

/** Invokes that fail, are replayed, or are among other operations. */
@Component
class InvokesAndOthers {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final DurableContext durable;

	InvokesAndOthers(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "5-5")
	String failure() {
		return invokeFailing();
	}

	private String invokeFailing() {
		return this.durable.invoke("call", "failing", null, String.class);
	}

	@DurableFunction(name = "5-6")
	String failureCaught() {
		try {
			return invokeFailing();
		}
		catch (InvokeFailedException ex) {
			return "fallback";
		}
	}

	@DurableFunction(name = "5-9")
	String replay() {
		String result = echo("target result");
		this.durable.wait("pause", PAUSE);
		return result;
	}

	private String echo(String input) {
		return this.durable.invoke("call", "echo", input, String.class);
	}

	@DurableFunction(name = "5-10")
	String failureReplayed() {
		String message;
		try {
			message = invokeFailing();
		}
		catch (InvokeFailedException ex) {
			message = "caught: " + ex.error().errorMessage();
		}
		this.durable.wait("pause", PAUSE);
		return message;
	}

	@DurableFunction(name = "5-11")
	String afterStep() {
		return echo(prepare("prepared"));
	}

	@DurableStep
	String prepare(String text) {
		return text;
	}

	@DurableFunction(name = "5-12")
	String beforeStep() {
		return prepare(echo("target result"));
	}

	@DurableFunction(name = "5-13")
	String insideChildContext() {
		return this.durable.runInChildContext("child", String.class,
				(child) -> child.invoke("call", "echo", "target result", String.class));
	}

	@DurableFunction(name = "5-14")
	String sequence() {
		String first = echo("first");
		return echo(first + ", second");
	}

}
