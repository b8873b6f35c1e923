package dev.durable.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happened in which order; static, so that any bean can write to it. */
final class CallLog {

	private static final List<String> ENTRIES = new CopyOnWriteArrayList<>();

	private CallLog() {
	}

	static void add(String entry) {
		ENTRIES.add(entry);
	}

	/** Return what was logged and begin anew. */
	static List<String> drain() {
		List<String> drained = List.copyOf(ENTRIES);
		ENTRIES.clear();
		return drained;
	}

}
