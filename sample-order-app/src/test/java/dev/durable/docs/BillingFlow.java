package dev.durable.docs;

import java.time.Duration;
import java.util.List;

import dev.durable.BatchItem;
import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CompletionConfig;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;

import org.springframework.stereotype.Service;

@Service
class BillingFlow {

	private final DurableContext durable;

	private final Invoices invoices;

	BillingFlow(DurableContext durable, Invoices invoices) {
		this.durable = durable;
		this.invoices = invoices;
	}

	@DurableFunction(name = "bill-customers")
	Report bill(List<String> customers, Duration objectionPeriod) {
		BatchOptions options = BatchOptions.builder()
			.maxConcurrency(50)
			.itemNamer((String customer, int index) -> "bill-" + customer)
			.build();
		BatchResult<Invoice> bills = this.durable.map("bill", customers, Invoice.class, options,
				(child, customer, index) -> {
					Invoice invoice = this.invoices.issue(customer);
					child.wait("objection-period", objectionPeriod);
					return this.invoices.collect(invoice);
				});
		return new Report(bills.results(), bills.failed().stream().map(BatchItem::name).toList());
	}

	@DurableFunction(name = "issue-invoices")
	List<Invoice> issue(List<String> customers) {
		BatchOptions cautious = BatchOptions.builder()
			.completion(CompletionConfig.builder().toleratedFailurePercentage(20).build())
			.build();
		BatchResult<Invoice> issued = this.durable.map("issue", customers, Invoice.class, cautious,
				(child, customer, index) -> this.invoices.issue(customer));
		return issued.rethrow().results();
	}

	/**
	 * What came of a month's bills.
	 *
	 * @param collected the bills that are paid
	 * @param failed names of the items that failed
	 */
	record Report(List<Invoice> collected, List<String> failed) {

	}

}
