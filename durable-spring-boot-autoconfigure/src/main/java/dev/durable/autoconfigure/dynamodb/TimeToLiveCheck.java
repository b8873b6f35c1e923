package dev.durable.autoconfigure.dynamodb;

import java.time.Duration;

import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.engine.FunctionDefinition;
import dev.durable.spring.DurableFunctions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Refuses functions whose executions DynamoDB would remove too early. Annotations are
 * only known when all beans are, and the store exists before.
 */
final class TimeToLiveCheck implements SmartInitializingSingleton {

	private final LongestRetention longest;

	private final ObjectProvider<DurableFunctions> functions;

	TimeToLiveCheck(LongestRetention longest, ObjectProvider<DurableFunctions> functions) {
		this.longest = longest;
		this.functions = functions;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.functions.ifAvailable((all) -> all.get().forEach(this::check));
	}

	private void check(FunctionDefinition function) {
		Duration retention = function.retention();
		if (retention != null && !this.longest.covers(retention)) {
			String name = function.id().name();
			throw new StoreSelectionException(
					"@DurableFunction '%s' has a retention of %s, but no property has one as long (the longest is %s), so DynamoDB's time to live would remove its executions too early."
						.formatted(name, text(retention), text(this.longest.duration())),
					"Set 'durable.functions.%s.retention=%s'.".formatted(name, text(retention)));
		}
	}

	private static String text(Duration retention) {
		return retention.isNegative() ? "-1" : retention.toString();
	}

}
