package dev.durable.sample.orders;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.datasource.url=jdbc:h2:mem:orders-timeout;DB_CLOSE_DELAY=-1", "orders.cooling-off=20ms",
				"orders.approval-timeout=50ms", "orders.card-failure-rate=0" })
class ApprovalTimeoutTests {

	@Autowired
	private Orders orders;

	@Autowired
	private Audits audits;

	@Test
	void orderWhenNobodyApprovesInTimeIsPaidBackAndReleased() {
		Order order = new Order("order-late", "desk", 1, 70_000, "tok_visa");
		this.orders.place(order);
		OrderOutcome outcome = this.orders.execution(order.id()).result(Duration.ofSeconds(30));
		assertThat(outcome.result()).isEqualTo(OrderOutcome.Result.APPROVAL_TIMED_OUT);
		assertThat(this.audits.effects(order.id()))
			.isEqualTo(Map.of("RESERVE", 1L, "CHARGE", 1L, "REFUND", 1L, "RELEASE", 1L));
		Audit audit = this.audits.audit();
		assertThat(audit.doubled()).isZero();
		assertThat(audit.repeated()).isZero();
		assertThat(audit.lost()).isZero();
		assertThat(audit.stockBalanced()).isTrue();
		assertThat(audit.paymentsBalanced()).isTrue();
	}

}
