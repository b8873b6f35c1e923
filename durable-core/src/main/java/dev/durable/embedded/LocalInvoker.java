package dev.durable.embedded;

import dev.durable.codec.Payload;
import dev.durable.engine.Invocation;
import dev.durable.engine.InvocationOutcome;
import dev.durable.engine.InvocationSettings;
import dev.durable.journal.JournalLostException;
import org.jspecify.annotations.Nullable;

/**
 * Runs invocations in this process.
 *
 * @param settings what they share
 */
record LocalInvoker(InvocationSettings settings) implements Invoker {

	@Override
	public Running prepare(Call call) {
		return new LocalRunning(new Invocation(call.execution(), call.function(), call.recorded(), call.recorder(),
				call.facts(), this.settings));
	}

	/** An invocation of this process. */
	private record LocalRunning(Invocation invocation) implements Running {

		@Override
		public InvocationOutcome run(@Nullable Payload input) {
			return this.invocation.run(input);
		}

		@Override
		public boolean isResumable() {
			return this.invocation.isResumable();
		}

		@Override
		public void drain() {
			this.invocation.drain();
		}

		@Override
		public void lost(JournalLostException cause) {
			this.invocation.lost(cause);
		}

		@Override
		public void tellEnd(InvocationOutcome outcome) {
			this.invocation.tellEnd(outcome);
		}

	}

}
