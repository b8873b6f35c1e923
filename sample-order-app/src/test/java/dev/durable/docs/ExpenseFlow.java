package dev.durable.docs;

import java.time.Duration;

import dev.durable.CallbackOptions;
import dev.durable.CallbackTimedOutException;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.WaitForCallbackOptions;

import org.springframework.stereotype.Service;

@Service
class ExpenseFlow {

	private static final RetryStrategy TWICE = RetryStrategy.backoff()
		.maxAttempts(2)
		.initialDelay(Duration.ofMillis(200))
		.build();

	private static final WaitForCallbackOptions OPTIONS = WaitForCallbackOptions.defaults()
		.withCallback(CallbackOptions.defaults().withTimeout(Duration.ofDays(3)))
		.withSubmitter(StepOptions.defaults().withRetry(TWICE));

	private final DurableContext durable;

	private final Approvers approvers;

	ExpenseFlow(DurableContext durable, Approvers approvers) {
		this.durable = durable;
		this.approvers = approvers;
	}

	@DurableFunction(name = "refund-expense")
	String refund(Expense expense) {
		try {
			Decision decision = this.durable.waitForCallback("approval", Decision.class, OPTIONS,
					(callbackId, step) -> this.approvers.mail(expense, "/approvals/" + callbackId));
			return decision.approved() ? "Refunded" : "Refused: " + decision.comment();
		}
		catch (CallbackTimedOutException ex) {
			return "Nobody answered";
		}
	}

}
