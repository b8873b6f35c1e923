package dev.durable.conformance.child;

import java.time.Duration;

import dev.durable.ChildContextOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.TypeRef;
import dev.durable.conformance.UppercaseCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Child contexts that succeed. */
@Component
class ChildBasics {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final DurableContext durable;

	ChildBasics(DurableContext durable) {
		this.durable = durable;
	}

	@DurableStep
	String same(String input) {
		return input;
	}

	@DurableFunction(name = "3-1")
	String basic(String input) {
		return this.durable.runInChildContext(null, String.class, (child) -> same(input));
	}

	@DurableFunction(name = "3-2")
	String named(Named input) {
		return this.durable.runInChildContext(input.name(), String.class, (child) -> same(input.value()));
	}

	@DurableFunction(name = "3-3")
	String sequence(String input) {
		return this.durable.runInChildContext("child", String.class, (child) -> same(same(input)));
	}

	@DurableFunction(name = "3-6")
	String nested(String input) {
		return this.durable.runInChildContext("outer", String.class, (outer) -> {
			String result = same(input);
			return outer.runInChildContext("inner", String.class, (inner) -> same(result));
		});
	}

	@DurableFunction(name = "3-9")
	String cached(String input) {
		String result = this.durable.runInChildContext("child", String.class, (child) -> same(input));
		this.durable.wait("pause", PAUSE);
		return result;
	}

	@DurableFunction(name = "3-10")
	String stepAndWait(String input) {
		return this.durable.runInChildContext("child", String.class, (child) -> {
			String result = same(input);
			child.wait("pause", PAUSE);
			return result;
		});
	}

	@DurableFunction(name = "3-13")
	String waitOnly(String input) {
		String result = this.durable.runInChildContext("child", String.class, (child) -> {
			child.wait("pause", PAUSE);
			return input;
		});
		return same(result);
	}

	@DurableFunction(name = "3-14")
	String customCodec(String input) {
		return this.durable.runInChildContext("child", TypeRef.of(String.class),
				ChildContextOptions.defaults().withCodec(UppercaseCodec.onEncode(String.class)),
				(child) -> same(input));
	}

	@DurableFunction(name = "3-16")
	@Nullable String nothing() {
		return this.durable.runInChildContext("child", new TypeRef<@Nullable String>() {
		}, (child) -> null);
	}

	@DurableFunction(name = "3-18")
	String insideAndAfter(String input) {
		String inner = this.durable.runInChildContext("child", String.class, (child) -> {
			String result = same(input);
			child.wait("inner-pause", PAUSE);
			return result;
		});
		String outer = same(inner);
		this.durable.wait("outer-pause", PAUSE);
		return outer;
	}

	record Named(String name, String value) {

	}

}
