package dev.durable.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why the store that the application asks for cannot be set up. */
class StoreSelectionFailureAnalyzer extends AbstractFailureAnalyzer<StoreSelectionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StoreSelectionException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
