package dev.durable.store.jdbc;

import java.sql.SQLException;

import dev.durable.store.AppendConflictException;
import dev.durable.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingAppendTests {

	private final PendingAppend pending = new PendingAppend(Samples.event(Samples.newId(), 7));

	@Test
	void refuseWhenEveryAttemptIsKnownIsAConflict() {
		this.pending.refuse(new SQLException("taken"));
		assertThat(Samples.outcome(this.pending.outcome())).isInstanceOf(AppendConflictException.class);
	}

	@Test
	void refuseWhenAnAttemptMayHaveBeenWrittenIsUnknown() {
		this.pending.perhapsWritten();
		this.pending.refuse(new SQLException("taken"));
		assertThat(Samples.outcome(this.pending.outcome())).isInstanceOf(StoreUnavailableException.class)
			.hasMessageStartingWith("Could not append position 7 of execution")
			.hasCauseInstanceOf(SQLException.class);
	}

	@Test
	void abandonWhenTheOutcomeIsKnownKeepsIt() {
		this.pending.succeed();
		this.pending.abandon(new OutOfMemoryError());
		assertThat(Samples.outcome(this.pending.outcome())).isNull();
	}

}
