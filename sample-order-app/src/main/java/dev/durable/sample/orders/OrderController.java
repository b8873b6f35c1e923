package dev.durable.sample.orders;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionStatus;
import dev.durable.HistoryEvent;
import dev.durable.OperationRef;
import dev.durable.codec.HistoryJson;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The counter: takes orders, tells how they are doing, and takes approvals. */
@RestController
@RequestMapping("/orders")
class OrderController {

	private final Orders orders;

	private final Approvals approvals;

	private final Audits audits;

	private final DurableClient durable;

	private final HistoryJson historyJson = new HistoryJson().withoutExecutionData();

	OrderController(Orders orders, Approvals approvals, Audits audits, DurableClient durable) {
		this.orders = orders;
		this.approvals = approvals;
		this.audits = audits;
		this.durable = durable;
	}

	/** Answer once the order is durable: an acknowledged order is never lost. */
	@PostMapping
	ResponseEntity<Map<String, String>> place(@RequestBody NewOrder newOrder,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
		Order order = newOrder.withId(Orders.idFor(key));
		try {
			this.orders.place(order);
		}
		catch (DuplicateKeyException ex) {
			if (!this.orders.sameAs(order)) {
				throw new OrderConflictException("This Idempotency-Key was used for another order");
			}
		}
		return ResponseEntity.accepted().location(URI.create("/orders/" + order.id())).body(Map.of("id", order.id()));
	}

	@GetMapping("/{id}")
	OrderView show(@PathVariable String id) {
		ExecutionHandle<OrderOutcome> execution = this.orders.execution(id);
		ExecutionStatus status = execution.status();
		OrderOutcome outcome = (status == ExecutionStatus.SUCCEEDED) ? execution.result(Duration.ZERO) : null;
		List<String> progress = execution.history().stream().map(OrderController::line).toList();
		return new OrderView(id, status, outcome, this.audits.effects(id), progress);
	}

	private static String line(HistoryEvent event) {
		OperationRef operation = event.operation();
		String name = (operation != null && operation.name() != null) ? operation.name() + ": " : "";
		return name + event.type().text() + ((event.error() != null) ? " (" + event.error().errorType() + ")" : "");
	}

	/** Payloads are left out: they hold what customers sent. */
	@GetMapping(path = "/{id}/history", produces = MediaType.APPLICATION_JSON_VALUE)
	String history(@PathVariable String id) {
		return this.historyJson.toJson(this.orders.execution(id).history());
	}

	@PostMapping("/{id}/approval")
	ResponseEntity<Void> approve(@PathVariable String id, @RequestBody Answer answer) {
		complete(id, new Approval(answer.granted(), answer.granted() ? "Approved" : "Refused"));
		return ResponseEntity.noContent().build();
	}

	/** An order can be cancelled as long as it waits for its approval. */
	@PostMapping("/{id}/cancel")
	ResponseEntity<Void> cancel(@PathVariable String id) {
		complete(id, new Approval(false, "Cancelled"));
		return ResponseEntity.noContent().build();
	}

	private void complete(String id, Approval approval) {
		this.orders.execution(id);
		String callbackId = this.approvals.callbackId(id)
			.orElseThrow(() -> new OrderConflictException("Order '%s' does not wait for an approval".formatted(id)));
		try {
			this.durable.callbacks().succeed(callbackId, approval);
		}
		catch (CallbackAlreadyCompletedException ex) {
			throw new OrderConflictException("Order '%s' no longer waits for an approval".formatted(id));
		}
	}

	/**
	 * The body of an approval.
	 *
	 * @param granted whether the order may be shipped
	 */
	record Answer(boolean granted) {

	}

}
