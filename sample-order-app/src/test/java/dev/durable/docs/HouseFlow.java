package dev.durable.docs;

import java.time.Duration;
import java.util.List;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableFuture;

import org.springframework.stereotype.Service;

@Service
class HouseFlow {

	private final DurableContext durable;

	HouseFlow(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "build-house")
	String build(String colour) {
		String walls = this.durable.runInChildContext("walls", String.class, (child) -> {
			String bricks = child.step("lay-bricks", String.class, (step) -> "walls");
			child.wait("dry", Duration.ofMillis(50));
			return child.step("paint", String.class, (step) -> colour + " " + bricks);
		});
		return walls + " and a roof";
	}

	@DurableFunction(name = "furnish-house")
	List<String> furnish(List<String> rooms) {
		List<DurableFuture<String>> all = rooms.stream().map(this::furnishRoom).toList();
		return DurableFuture.allOf(all);
	}

	private DurableFuture<String> furnishRoom(String room) {
		return this.durable.runInChildContextAsync(room, String.class, (child) -> {
			String table = child.step("buy", String.class, (step) -> "table");
			child.wait("delivery", Duration.ofMillis(50));
			return child.step("place", String.class, (step) -> table + " in " + room);
		});
	}

}
