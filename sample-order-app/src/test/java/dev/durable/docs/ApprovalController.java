package dev.durable.docs;

import dev.durable.DurableClient;
import dev.durable.ErrorObject;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ApprovalController {

	private final DurableClient client;

	ApprovalController(DurableClient client) {
		this.client = client;
	}

	@PostMapping("/approvals/{callbackId}")
	void decide(@PathVariable String callbackId, @RequestBody Decision decision) {
		this.client.callbacks().succeed(callbackId, decision);
	}

	@PostMapping("/approvals/{callbackId}/refusals")
	void notMine(@PathVariable String callbackId, @RequestBody String reason) {
		this.client.callbacks().fail(callbackId, ErrorObject.of("NotResponsible", reason));
	}

}
