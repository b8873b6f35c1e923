package dev.durable.conformance.plugin;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.durable.ExecutionId;
import dev.durable.OperationRef;
import dev.durable.observe.OperationInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a plugin prints of one call of a hook, as one line of JSON. */
final class PluginRecord {

	private final Map<String, Object> fields = new LinkedHashMap<>();

	private PluginRecord(String plugin) {
		this.fields.put("plugin", plugin);
	}

	static PluginRecord of(String hook, ExecutionId execution) {
		return of("CONFPLUGIN", hook, execution);
	}

	static PluginRecord of(String plugin, String hook, ExecutionId execution) {
		return new PluginRecord(plugin).with("hook", hook).with("durableExecutionArn", execution);
	}

	/** Add a field, unless it has no value. */
	PluginRecord with(String name, @Nullable Object value) {
		if (value != null) {
			boolean plain = value instanceof Boolean || value instanceof Integer;
			this.fields.put(name, plain ? value : value.toString());
		}
		return this;
	}

	/** Add a field, or {@code NONE} if it has no value. */
	PluginRecord orNone(String name, @Nullable Object value) {
		return with(name, (value != null) ? value : "NONE");
	}

	/** Add what identifies an operation. */
	PluginRecord with(OperationRef operation) {
		return with("id", operation.id()).with("name", operation.name())
			.with("type", operation.subType().type())
			.with("subType", operation.subType().text())
			.with("parentId", operation.parentId());
	}

	/** Add everything that is known of an operation. */
	PluginRecord with(OperationInfo info) {
		return with(info.operation()).with("status", info.status())
			.with("attempt", (info.attempt() > 0) ? info.attempt() : null)
			.with("startTimestamp", info.startedAt())
			.with("endTimestamp", info.endedAt())
			.with("result", info.result())
			.with("error", (info.error() != null) ? info.error().errorMessage() : null)
			.with("isReplay", info.replayed());
	}

	void print() {
		System.out.println(JsonMapper.shared().writeValueAsString(this.fields));
	}

}
