package dev.durable.autoconfigure.payload;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why payloads cannot be encrypted or offloaded. */
class PayloadConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<PayloadConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PayloadConfigurationException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
