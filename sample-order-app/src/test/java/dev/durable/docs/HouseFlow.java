package dev.durable.docs;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.durable.ChildContextOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableFuture;
import dev.durable.TypeRef;
import dev.durable.ValueCodec;

import org.springframework.stereotype.Service;

@Service
class HouseFlow {

	/** One line for each part: shorter than JSON, and readable in the history. */
	private static final ValueCodec<List<String>> LINES = ValueCodec.of((parts) -> String.join("\n", parts),
			(text) -> text.lines().toList());

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

	@DurableFunction(name = "list-parts")
	int listParts(int windows) {
		List<String> parts = this.durable.runInChildContext("parts", new TypeRef<List<String>>() {
		}, ChildContextOptions.defaults().withCodec(LINES), (child) -> {
			String size = child.step("measure", String.class, (step) -> "120 x 80");
			return IntStream.rangeClosed(1, windows)
				.mapToObj((number) -> "window %d: %s".formatted(number, size))
				.toList();
		});
		this.durable.wait("lunch", Duration.ofMillis(50));
		return parts.size();
	}

}
