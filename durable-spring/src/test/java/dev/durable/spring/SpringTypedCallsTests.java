package dev.durable.spring;

import dev.durable.DurableFunction;
import dev.durable.embedded.TypedCalls.RecordedCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Typed starts. */
class SpringTypedCallsTests {

	private final AnnotationConfigApplicationContext context = TestContexts.of(new FakeExecution(), OrderFlow.class,
			French.class, German.class);

	private final SpringTypedCalls calls = this.context.getBean(SpringTypedCalls.class);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void callOfAFunctionIsRecordedButNotRun() {
		RecordedCall call = this.calls.record(OrderFlow.class, (flow) -> flow.process("one"));
		assertThat(call).isEqualTo(new RecordedCall("OrderFlow-process", null, "one"));
	}

	@Test
	void callWithSeveralArgumentsHasAnArrayAsItsInput() {
		RecordedCall call = this.calls.record(OrderFlow.class, (flow) -> flow.count("one", 2));
		assertThat(call.input()).isInstanceOfSatisfying(Object[].class,
				(arguments) -> assertThat(arguments).containsExactly("one", 2));
		assertThat(call.name()).isEqualTo("one-2");
	}

	@Test
	void callWithoutArgumentsOrResultIsRecorded() {
		RecordedCall call = this.calls.record(OrderFlow.class, (flow) -> {
			flow.nothing();
			return null;
		});
		assertThat(call).isEqualTo(new RecordedCall("OrderFlow-nothing", null, null));
	}

	@Test
	void callOnAnInterfaceFindsTheImplementation() {
		assertThat(this.calls.record(Processor.class, (flow) -> flow.process("one")).function())
			.isEqualTo("OrderFlow-process");
	}

	@Test
	void callThatSeveralBeansHaveIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.calls.record(Greeter.class, (bean) -> bean.greet()))
			.withMessageStartingWith(
					"The call of 'SpringTypedCallsTests.Greeter.greet()' must be of one function but several beans have it: ")
			.withMessageContainingAll("French-greet:1", "German-greet:1");
	}

	@Test
	void callOfNoFunctionIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.calls.record(OrderFlow.class, (flow) -> ""))
			.withMessageStartingWith(
					"The call must be of exactly one @DurableFunction method of OrderFlow but was of none.");
	}

	@Test
	void callOfTwoFunctionsIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.calls.record(OrderFlow.class, (flow) -> flow.process("a") + flow.count("b", 1)))
			.withMessage(
					"The call must be of exactly one @DurableFunction method of OrderFlow but was of several: 'OrderFlow-process' and 'OrderFlow-count'. Start one execution for each");
	}

	@Test
	void callOfAnOrdinaryMethodIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.calls.record(OrderFlow.class, (flow) -> flow.ordinary()))
			.withMessage(
					"The call must be of exactly one @DurableFunction method of OrderFlow but was of 'ordinary', which is not one");
	}

	@Test
	void callWhoseResultIsUsedIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.calls.record(OrderFlow.class, (flow) -> flow.process("a").length()))
			.withMessageContaining(
					"on a stand-in that returns nothing, but it failed with java.lang.NullPointerException");
	}

	@Test
	void typeWithoutFunctionsIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.calls.record(String.class, (text) -> text.length()))
			.withMessage(
					"'java.lang.String' must be a type of a bean with @DurableFunction methods, but no bean of that type has any");
	}

	interface Processor {

		String process(String order);

	}

	static class OrderFlow implements Processor {

		private final String needed;

		OrderFlow(AnnotationConfigApplicationContext context) {
			this.needed = context.getDisplayName();
		}

		@Override
		@DurableFunction
		public String process(String order) {
			return this.needed;
		}

		@DurableFunction(idempotencyKey = "#p0 + '-' + #p1")
		int count(String order, int number) {
			return number;
		}

		@DurableFunction
		void nothing() {
		}

		String ordinary() {
			return "";
		}

	}

	interface Greeter {

		@DurableFunction
		String greet();

	}

	static class French implements Greeter {

		@Override
		public String greet() {
			return "salut";
		}

	}

	static class German implements Greeter {

		@Override
		public String greet() {
			return "hallo";
		}

	}

}
