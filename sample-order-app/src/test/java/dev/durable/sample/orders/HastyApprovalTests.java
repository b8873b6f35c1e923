package dev.durable.sample.orders;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.datasource.url=jdbc:h2:mem:orders-hasty;DB_CLOSE_DELAY=-1", "orders.cooling-off=1ms",
				"orders.card-failure-rate=0" })
@Import(HastyApprover.class)
class HastyApprovalTests {

	private static final int ORDERS = 300;

	@Autowired
	private Orders orders;

	@Autowired
	private Audits audits;

	@Test
	void approvalWhenItComesWhileTheOrderSuspendsIsNotLost() {
		List<Order> placed = IntStream.range(0, ORDERS)
			.mapToObj((number) -> new Order("order-" + number, "book", 1, 60_000, "tok_visa"))
			.toList();
		placed.forEach(this.orders::place);
		assertThat(placed).allSatisfy((order) -> {
			OrderOutcome outcome = this.orders.execution(order.id()).result(Duration.ofSeconds(20));
			assertThat(outcome.result()).isEqualTo(OrderOutcome.Result.SHIPPED);
		});
		Audit audit = this.audits.audit();
		assertThat(audit.running()).isZero();
		assertThat(audit.doubled()).isZero();
		assertThat(audit.repeated()).isZero();
		assertThat(audit.paymentsBalanced()).isTrue();
	}

}
