package dev.durable.conformance.callback;

import java.util.List;

import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;

import org.springframework.stereotype.Component;

/** Two callbacks of one execution; the input has their names. */
@Component
class TwoCallbacks {

	private final DurableContext durable;

	TwoCallbacks(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "4-17")
	List<String> oneAfterTheOther(List<String> names) {
		String first = this.durable.createCallback(names.get(0), String.class).get();
		String second = this.durable.createCallback(names.get(1), String.class).get();
		return List.of(first, second);
	}

	@DurableFunction(name = "4-18")
	List<String> inOrder(List<String> names) {
		DurableCallback<String> a = this.durable.createCallback(names.get(0), String.class);
		DurableCallback<String> b = this.durable.createCallback(names.get(1), String.class);
		String first = a.get();
		String second = b.get();
		return List.of(first, second);
	}

	@DurableFunction(name = "4-19")
	List<String> inReverseOrder(List<String> names) {
		DurableCallback<String> a = this.durable.createCallback(names.get(0), String.class);
		DurableCallback<String> b = this.durable.createCallback(names.get(1), String.class);
		String second = b.get();
		String first = a.get();
		return List.of(first, second);
	}

}
