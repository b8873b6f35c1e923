package dev.durable.store.jdbc;

import java.time.Instant;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.ParentLink;
import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;

/** A row of the execution table as Spring Data reads it; its names are the columns'. */
record StoredExecution(@Id String id, String functionName, String functionVersion, @Nullable String executionName,
		@Nullable String parentExecution, @Nullable String parentOperation, String inputDigest, long startedAt,
		@Nullable Long timeoutAt, String status, @Nullable String node, @Nullable Long wakeAt, int failures,
		@Nullable String blockedReason, @Nullable Long endedAt, @Nullable Long expiresAt) {

	ExecutionRow toRow() {
		ParentLink parent = (this.parentExecution != null && this.parentOperation != null)
				? new ParentLink(new ExecutionId(this.parentExecution), new OperationId(this.parentOperation)) : null;
		return new ExecutionRow(
				new ExecutionIdentity(new ExecutionId(this.id), function(), this.executionName, parent,
						this.inputDigest, Instant.ofEpochMilli(this.startedAt), instant(this.timeoutAt)),
				new ExecutionState(ExecutionStatus.valueOf(this.status),
						(this.node != null) ? new NodeId(this.node) : null, instant(this.wakeAt), this.failures,
						this.blockedReason, instant(this.endedAt), instant(this.expiresAt)));
	}

	ExecutionSummary toSummary() {
		return new ExecutionSummary(new ExecutionId(this.id), function(), this.executionName,
				ExecutionStatus.valueOf(this.status), Instant.ofEpochMilli(this.startedAt), instant(this.endedAt),
				this.blockedReason);
	}

	private FunctionVersion function() {
		return new FunctionVersion(this.functionName, this.functionVersion);
	}

	private static @Nullable Instant instant(@Nullable Long millis) {
		return (millis != null) ? Instant.ofEpochMilli(millis) : null;
	}

}
