package dev.durable.spring;

import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TransactionCallGuardTests {

	private final TransactionCallGuard guard = new TransactionCallGuard();

	@Test
	void callOutsideATransactionIsAllowed() {
		assertThatCode(() -> this.guard.check("wait 'pause'")).doesNotThrowAnyException();
	}

	@Test
	void callInsideATransactionIsRefused() {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
		definition.setName("OrderFlow.process");
		TransactionTemplate transaction = new TransactionTemplate(new Transactions(), definition);
		assertThatIllegalStateException()
			.isThrownBy(() -> transaction.executeWithoutResult((status) -> this.guard.check("wait 'pause'")))
			.withMessage(
					"wait 'pause' was called while transaction 'OrderFlow.process' is active on this thread. A transaction cannot stay open while an execution is recorded, suspended and replayed. Put @Transactional on the step methods, or end the transaction before the call.");
	}

}
