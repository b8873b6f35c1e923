package dev.durable.docs;

import java.util.List;

import dev.durable.DurableClient;
import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.HistoryEvent;
import dev.durable.codec.HistoryJson;

import org.springframework.stereotype.Service;

@Service
class Historian {

	private final HistoryJson json = new HistoryJson();

	private final DurableClient client;

	Historian(DurableClient client) {
		this.client = client;
	}

	List<String> failedAttempts(ExecutionId id) {
		List<HistoryEvent> history = this.client.execution(id, Object.class).history();
		return history.stream()
			.filter((event) -> event.type() == EventType.STEP_FAILED)
			.map((event) -> "%s, attempt %s: %s".formatted(event.operation(), event.details().get("attempt"),
					event.error().errorMessage()))
			.toList();
	}

	String show(ExecutionId id, boolean confidential) {
		HistoryJson json = confidential ? this.json.withoutExecutionData() : this.json;
		return json.toJson(this.client.execution(id, Object.class).history());
	}

}
