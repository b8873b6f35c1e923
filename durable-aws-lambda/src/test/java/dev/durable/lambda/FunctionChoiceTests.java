package dev.durable.lambda;

import java.util.List;

import dev.durable.FunctionVersion;
import dev.durable.engine.FunctionDefinition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Which function a Lambda function runs. */
class FunctionChoiceTests {

	private static FunctionDefinition function(String name, String version) {
		return new FunctionDefinition(new FunctionVersion(name, version), String.class, String.class, null,
				(context, input) -> null);
	}

	private static String choose(String configured, List<String> lambda, FunctionDefinition... functions) {
		return new FunctionChoice(() -> List.of(functions), configured).choose(lambda).id().toString();
	}

	@Test
	void functionThatIsConfiguredIsRun() {
		assertThat(choose("refund", List.of("orders"), function("orders", "1"), function("refund", "1")))
			.isEqualTo("refund:1");
	}

	@Test
	void functionThatIsTheOnlyOneIsRun() {
		assertThat(choose(null, List.of("any"), function("orders", "1"))).isEqualTo("orders:1");
	}

	@Test
	void functionThatIsNamedLikeTheLambdaFunctionIsRun() {
		assertThat(choose(null, List.of("other", "orders"), function("orders", "1"), function("refund", "1")))
			.isEqualTo("orders:1");
	}

	@Test
	void functionOfSeveralVersionsIsRunInItsNewest() {
		assertThat(choose(null, List.of(), function("orders", "9"), function("orders", "10"), function("orders", "2")))
			.isEqualTo("orders:10");
	}

	@Test
	void functionThatIsConfiguredAndUnknownIsRefused() {
		assertThatIllegalStateException()
			.isThrownBy(() -> choose("reserve", List.of(), function("orders", "1"), function("refund", "1")))
			.withMessage("The durable function 'reserve' is not one of this application's, which are [orders, refund]. "
					+ "Set 'durable.lambda.function' to one of them.");
	}

	@Test
	void severalFunctionsOfOtherNamesAreRefused() {
		assertThatIllegalStateException()
			.isThrownBy(() -> choose(null, List.of("shop"), function("orders", "1"), function("refund", "1")))
			.withMessage("Lambda function [shop] has 2 durable functions, [orders, refund], and none of them has its "
					+ "name. Set 'durable.lambda.function' to the one that it runs.");
	}

}
