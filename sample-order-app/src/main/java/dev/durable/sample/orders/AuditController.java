package dev.durable.sample.orders;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Opens the books. */
@RestController
class AuditController {

	private final Audits audits;

	AuditController(Audits audits) {
		this.audits = audits;
	}

	@GetMapping("/audit")
	Audit audit() {
		return this.audits.audit();
	}

}
