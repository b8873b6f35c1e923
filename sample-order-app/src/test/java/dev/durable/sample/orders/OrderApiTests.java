package dev.durable.sample.orders;

import java.time.Duration;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import dev.durable.ExecutionStatus;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = { "spring.datasource.url=jdbc:h2:mem:orders-api;DB_CLOSE_DELAY=-1",
		"orders.cooling-off=20ms", "orders.approval-timeout=30s", "orders.card-failure-rate=0.3" })
@AutoConfigureMockMvc
@Import(RecordingApprover.class)
class OrderApiTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Orders orders;

	@Autowired
	private Audits audits;

	@Autowired
	private RecordingApprover approver;

	@Test
	void orderWhenSmallIsShippedWithoutApproval() {
		String id = place("book", 1000, "tok_visa");
		assertThat(outcome(id).result()).isEqualTo(OrderOutcome.Result.SHIPPED);
		assertThat(this.audits.effects(id)).isEqualTo(Map.of("RESERVE", 1L, "CHARGE", 1L, "SHIPMENT", 1L));
		assertThat(this.mvc.get().uri("/orders/{id}", id)).hasStatusOk()
			.bodyJson()
			.extractingPath("$.outcome.result")
			.isEqualTo("SHIPPED");
		assertThat(this.mvc.get().uri("/orders/{id}", id)).bodyJson()
			.extractingPath("$.progress")
			.asArray()
			.startsWith("ExecutionStarted")
			.containsOnlyOnce("reserve-stock: StepSucceeded", "charge-card: StepSucceeded",
					"cooling-off: WaitSucceeded", "ship: StepSucceeded")
			.endsWith("ExecutionSucceeded");
	}

	@Test
	void orderWhenLargeIsShippedOnceItIsApproved() throws Exception {
		String id = place("lamp", 60_000, "tok_visa");
		this.approver.awaitQuestion(id);
		assertThat(answer(id, true)).hasStatus(204);
		assertThat(outcome(id).result()).isEqualTo(OrderOutcome.Result.SHIPPED);
		assertThat(answer(id, false)).hasStatus(409);
	}

	@Test
	void orderWhenRefusedIsPaidBackAndReleased() throws Exception {
		String id = place("lamp", 60_000, "tok_visa");
		this.approver.awaitQuestion(id);
		assertThat(answer(id, false)).hasStatus(204);
		assertThat(outcome(id)).isEqualTo(new OrderOutcome(OrderOutcome.Result.REFUSED, "Refused"));
		assertThat(this.audits.effects(id)).isEqualTo(Map.of("RESERVE", 1L, "CHARGE", 1L, "REFUND", 1L, "RELEASE", 1L));
	}

	@Test
	void cancelWhenApprovalIsPendingCallsTheOrderOff() throws Exception {
		String id = place("lamp", 60_000, "tok_visa");
		this.approver.awaitQuestion(id);
		assertThat(this.mvc.post().uri("/orders/{id}/cancel", id)).hasStatus(204);
		assertThat(outcome(id)).isEqualTo(new OrderOutcome(OrderOutcome.Result.REFUSED, "Cancelled"));
	}

	@Test
	void cancelWhenNoApprovalIsPendingIsRefused() {
		String id = place("book", 1000, "tok_visa");
		assertThat(outcome(id).result()).isEqualTo(OrderOutcome.Result.SHIPPED);
		assertThat(this.mvc.post().uri("/orders/{id}/cancel", id)).hasStatus(409);
	}

	@Test
	void orderWhenCardIsDeclinedIsReleased() {
		String id = place("book", 1000, "tok_declined");
		assertThat(outcome(id).result()).isEqualTo(OrderOutcome.Result.DECLINED);
		assertThat(this.audits.effects(id)).isEqualTo(Map.of("RESERVE", 1L, "RELEASE", 1L));
	}

	@Test
	void orderWhenOutOfStockIsNotCharged() {
		String id = place("unicorn", 1000, "tok_visa");
		assertThat(outcome(id).result()).isEqualTo(OrderOutcome.Result.OUT_OF_STOCK);
		assertThat(this.audits.effects(id)).isEmpty();
	}

	@Test
	void placeWhenRepeatedWithTheSameKeyReturnsTheSameOrder() {
		String first = JsonPath.read(body(post("{\"item\":\"book\",\"quantity\":1,\"amountCents\":5}", "k1")), "$.id");
		String second = JsonPath.read(body(post("{\"item\":\"book\",\"quantity\":1,\"amountCents\":5}", "k1")), "$.id");
		assertThat(second).isEqualTo(first);
		assertThat(post("{\"item\":\"book\",\"quantity\":2,\"amountCents\":5}", "k1")).hasStatus(409);
		assertThat(outcome(first).result()).isEqualTo(OrderOutcome.Result.SHIPPED);
		assertThat(this.audits.effects(first)).containsEntry("CHARGE", 1L);
	}

	@Test
	void placeWhenBodyIsWrongIsABadRequest() {
		assertThat(post("{\"item\":\"book\",\"quantity\":0,\"amountCents\":5}", null)).hasStatus(400);
	}

	@Test
	void showWhenOrderIsUnknownIsNotFound() {
		assertThat(this.mvc.get().uri("/orders/nobody")).hasStatus(404);
		assertThat(this.mvc.get().uri("/orders/nobody/history")).hasStatus(404);
	}

	@Test
	void historyWhenOrderHasEndedShowsNoPayloads() {
		String id = place("book", 1000, "tok_secret");
		assertThat(outcome(id).result()).isEqualTo(OrderOutcome.Result.SHIPPED);
		assertThat(this.mvc.get().uri("/orders/{id}/history", id)).hasStatusOk()
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_JSON)
			.bodyText()
			.doesNotContain("tok_secret", "\"Payload\":\"");
		assertThat(this.mvc.get().uri("/orders/{id}/history", id)).bodyJson()
			.extractingPath("$.Events[?(@.EventType == 'StepSucceeded' && @.Name == 'reserve-stock')]")
			.asArray()
			.singleElement(InstanceOfAssertFactories.map(String.class, Object.class))
			.containsEntry("EventId", 3)
			.containsEntry("SubType", "Step")
			.containsEntry("StepSucceededDetails",
					Map.of("Result", Map.of("Truncated", true), "RetryDetails", Map.of("CurrentAttempt", 1)));
		assertThat(this.orders.execution(id).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
	}

	private String place(String item, long amountCents, String card) {
		MvcTestResult result = post("{\"item\":\"%s\",\"quantity\":2,\"amountCents\":%d,\"card\":\"%s\"}"
			.formatted(item, amountCents, card), null);
		assertThat(result).hasStatus(202);
		String id = JsonPath.read(body(result), "$.id");
		assertThat(result.getResponse().getHeader(HttpHeaders.LOCATION)).isEqualTo("/orders/" + id);
		return id;
	}

	private MvcTestResult post(String body, String key) {
		var request = this.mvc.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).content(body);
		return ((key != null) ? request.header("Idempotency-Key", key) : request).exchange();
	}

	private MvcTestResult answer(String id, boolean granted) {
		return this.mvc.post()
			.uri("/orders/{id}/approval", id)
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"granted\":%s}".formatted(granted))
			.exchange();
	}

	private static String body(MvcTestResult result) {
		try {
			return result.getResponse().getContentAsString();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private OrderOutcome outcome(String id) {
		return this.orders.execution(id).result(SOON);
	}

}
