package dev.durable.lambda.emulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists executions as callers ask for them.
 *
 * @param store where they are kept
 */
record ExecutionLists(MemoryCheckpointStore store) {

	private static final Comparator<ExecutionSummary> OLDEST_FIRST = Comparator.comparing(ExecutionSummary::startedAt)
		.thenComparing((summary) -> summary.id().value());

	ObjectNode list(String function, ApiRequest request) {
		Comparator<ExecutionSummary> order = request.flag("ReverseOrder", false) ? OLDEST_FIRST.reversed()
				: OLDEST_FIRST;
		List<ExecutionSummary> found = new ArrayList<>(
				all(function, request.parameter("DurableExecutionName")).stream().filter(filter(request)).toList());
		found.sort(order);
		int start = start(found, request.parameter("Marker"));
		Page<ExecutionSummary> page = Page.of(found.subList(start, found.size()), request.maxItems(), Page.MAX_BYTES,
				(summary) -> 0);
		ObjectNode node = Json.object();
		ArrayNode array = node.putArray("DurableExecutions");
		page.items().forEach((summary) -> this.store.find(summary.id()).ifPresent((row) -> array.add(summary(row))));
		Json.put(node, "NextMarker", page.rest().isEmpty() ? null : page.rest().get(0).id().value());
		return node;
	}

	/** A marker is the id of the execution that the next page begins with. */
	private static int start(List<ExecutionSummary> found, @Nullable String marker) {
		if (marker == null) {
			return 0;
		}
		for (int i = 0; i < found.size(); i++) {
			if (found.get(i).id().value().equals(marker)) {
				return i;
			}
		}
		throw AwsException.invalid("'Marker' must be the NextMarker of an earlier answer");
	}

	private List<ExecutionSummary> all(String function, @Nullable String name) {
		ExecutionQuery query = ExecutionQuery.all().withFunction(function).withLimit(1_000);
		query = (name != null) ? query.withName(name) : query;
		List<ExecutionSummary> all = new ArrayList<>();
		String next = null;
		do {
			ExecutionPage page = this.store.list(query.after(next));
			all.addAll(page.executions());
			next = page.next();
		}
		while (next != null);
		return all;
	}

	private static Predicate<ExecutionSummary> filter(ApiRequest request) {
		Set<ExecutionStatus> statuses = request.parameters("Statuses")
			.stream()
			.map(ExecutionLists::status)
			.collect(Collectors.toSet());
		Instant after = request.time("StartedAfter");
		Instant before = request.time("StartedBefore");
		return (summary) -> (statuses.isEmpty() || statuses.contains(summary.status()))
				&& (after == null || summary.startedAt().isAfter(after))
				&& (before == null || summary.startedAt().isBefore(before));
	}

	private static ExecutionStatus status(String text) {
		for (ExecutionStatus status : ExecutionStatus.values()) {
			if (status.name().equals(text)) {
				return status;
			}
		}
		throw AwsException.invalid("'Statuses' must be among %s", List.of(ExecutionStatus.values()));
	}

	/** What lists show of an execution. */
	static ObjectNode summary(ExecutionRow row) {
		ExecutionIdentity identity = row.identity();
		ExecutionArn arn = ExecutionArn.of(identity);
		ObjectNode node = Json.object();
		node.put("DurableExecutionArn", arn.toString());
		node.put("DurableExecutionName", arn.name());
		node.put("FunctionArn", arn.functionArn());
		node.put("Status", row.state().status().name());
		node.put("StartTimestamp", Json.seconds(identity.startedAt()));
		if (row.state().endedAt() != null) {
			node.put("EndTimestamp", Json.seconds(row.state().endedAt()));
		}
		return node;
	}

}
