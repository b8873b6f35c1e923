package dev.durable.autoconfigure.lambda;

import java.util.Optional;

import com.amazonaws.services.lambda.runtime.Context;
import org.jspecify.annotations.Nullable;

/** The ARN of this Lambda function, which only its invocations know. Thread-safe. */
final class InvokedFunction {

	private volatile @Nullable String arn;

	void tell(Context context) {
		if (context.getInvokedFunctionArn() != null) {
			this.arn = context.getInvokedFunctionArn();
		}
	}

	Optional<String> arn() {
		return Optional.ofNullable(this.arn);
	}

}
