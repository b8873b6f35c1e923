package dev.durable.docs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.DurableStep;

import org.springframework.stereotype.Component;

/** Stands for a remote system that works on its own. */
@Component
class Warehouse {

	private final Map<String, Integer> looks = new ConcurrentHashMap<>();

	@DurableStep
	Export begin(String month) {
		return new Export("export-" + month, 0);
	}

	Export look(String export) {
		int look = this.looks.merge(export, 1, Integer::sum);
		if (export.endsWith("lost")) {
			throw new IllegalStateException("There is no export '%s'".formatted(export));
		}
		if (look == 2) {
			throw new WarehouseBusyException();
		}
		return new Export(export, export.endsWith("stuck") ? 50 : Math.min(100, look * 40));
	}

}
