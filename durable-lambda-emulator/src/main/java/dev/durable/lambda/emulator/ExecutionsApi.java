package dev.durable.lambda.emulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.durable.EventType;
import dev.durable.codec.Payload;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.ExecutionRow;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows executions, and stops them.
 *
 * @param host the emulator
 * @param engine the engine
 */
record ExecutionsApi(EmulatorHost host, EmbeddedEngine engine) {

	ApiResponse get(ExecutionArn arn, ApiRequest request) {
		ExecutionRow row = this.host.find(arn);
		boolean data = request.flag("IncludeExecutionData", true);
		EmulatedFunction function = this.host.functions().get(arn.function());
		ObjectNode node = ExecutionLists.summary(row);
		node.put("Version", row.identity().function().version());
		node.put("ExecutionDataIncluded", data);
		if (data) {
			putData(node, row);
		}
		ObjectNode config = node.putObject("DurableConfig");
		config.put("RetentionPeriodInDays", function.retentionDays());
		config.put("ExecutionTimeout", function.executionTimeout().toSeconds());
		return ApiResponse.ok(node);
	}

	private void putData(ObjectNode node, ExecutionRow row) {
		List<Event> first = this.host.store().history(row.identity().id(), 0, 1);
		put(node, "InputPayload", first.isEmpty() ? null : first.get(0).content().payload());
		Event last = this.host.store().lastEvent(row.identity().id()).orElse(null);
		if (last != null && last.type().ends() != null) {
			EventContent content = last.content();
			put(node, "Result", (last.type() == EventType.EXECUTION_SUCCEEDED) ? content.payload() : null);
			if (content.error() != null) {
				node.set("Error", Json.read(content.error().bytes()));
			}
		}
	}

	private static void put(ObjectNode node, String name, @Nullable Payload payload) {
		Json.put(node, name, (payload != null) ? payload.text() : null);
	}

	ApiResponse history(ExecutionArn arn, ApiRequest request) {
		ExecutionRow row = this.host.find(arn);
		HistoryView view = new HistoryView(this.host, request.flag("IncludeExecutionData", true));
		List<HistoryView.Shown> events = new ArrayList<>(view.show(row.identity().id()));
		boolean reverse = request.flag("ReverseOrder", false);
		if (reverse) {
			Collections.reverse(events);
		}
		int start = start(events, request.parameter("Marker"));
		Page<HistoryView.Shown> page = Page.of(events.subList(start, events.size()), request.maxItems(), Page.MAX_BYTES,
				(event) -> Json.bytes(event.node()).length);
		ObjectNode node = Json.object();
		ArrayNode array = node.putArray("Events");
		page.items().forEach((event) -> array.add(event.node()));
		Json.put(node, "NextMarker", page.rest().isEmpty() ? null : String.valueOf(page.rest().get(0).id()));
		return ApiResponse.ok(node);
	}

	/** A marker is the id of the event that the next page begins with. */
	private static int start(List<HistoryView.Shown> events, @Nullable String marker) {
		if (marker == null) {
			return 0;
		}
		for (int i = 0; i < events.size(); i++) {
			if (String.valueOf(events.get(i).id()).equals(marker)) {
				return i;
			}
		}
		throw AwsException.invalid("'Marker' must be the NextMarker of an earlier answer");
	}

	ApiResponse stop(ExecutionArn arn, ApiRequest request) {
		ExecutionRow row = this.host.find(arn);
		this.engine.stopExecution(arn.id(), WireErrorCodec.read(request.optionalJson()));
		CheckpointSession session = this.host.live().session(arn.id());
		if (session != null) {
			session.close();
		}
		ObjectNode node = Json.object();
		ExecutionRow stopped = this.host.store().find(arn.id()).orElse(row);
		if (stopped.state().endedAt() != null) {
			node.put("StopTimestamp", Json.seconds(stopped.state().endedAt()));
		}
		return ApiResponse.ok(node);
	}

	ApiResponse list(String functionName, ApiRequest request) {
		FunctionName name = FunctionName.parse(functionName);
		this.host.functions().get(name);
		return ApiResponse.ok(new ExecutionLists(this.host.store()).list(name.name(), request));
	}

}
