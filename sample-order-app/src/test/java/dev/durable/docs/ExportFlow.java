package dev.durable.docs;

import java.time.Duration;

import dev.durable.ConditionOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.WaitStrategy;

import org.springframework.stereotype.Service;

@Service
class ExportFlow {

	private final DurableContext durable;

	private final Warehouse warehouse;

	ExportFlow(DurableContext durable, Warehouse warehouse) {
		this.durable = durable;
		this.warehouse = warehouse;
	}

	@DurableFunction(name = "export-month")
	Export export(String month) {
		WaitStrategy<Export> patiently = WaitStrategy.<Export>until(Export::done)
			.maxAttempts(5)
			.initialDelay(Duration.ofMillis(100))
			.maxDelay(Duration.ofMinutes(1))
			.build();
		Export begun = this.warehouse.begin(month);
		return this.durable.waitForCondition("export-done", Export.class, ConditionOptions.of(begun, patiently),
				(export, step) -> look(export));
	}

	/** A check that throws would end the waiting, so what may pass is caught. */
	private Export look(Export export) {
		try {
			return this.warehouse.look(export.id());
		}
		catch (WarehouseBusyException ex) {
			return export;
		}
	}

}
