package dev.durable.docs;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.durable.BatchItemFailedException;
import dev.durable.CallbackFailedException;
import dev.durable.DurableClient;
import dev.durable.EventType;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.HistoryEvent;
import dev.durable.OperationRef;
import dev.durable.WaitForConditionFailedException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** The pages about operations: what their examples do, and what they say is recorded. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.datasource.url=jdbc:h2:mem:docs;DB_CLOSE_DELAY=-1",
				"spring.sql.init.schema-locations=classpath:docs-schema.sql" })
class OperationPagesTests {

	private static final Path PAGES = Path.of("..", "docs");

	private static final Pattern RECORDED = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final Duration BRIEFLY = Duration.ofMillis(50);

	@Autowired
	private DurableClient client;

	@Test
	void mapWhenAnItemFailsHasTheOthers(@Autowired BillingFlow flow) throws IOException {
		ExecutionHandle<BillingFlow.Report> bills = this.client.function(BillingFlow.class)
			.start((billing) -> billing.bill(List.of("ada", "unknown"), BRIEFLY));
		assertThat(bills.result(SOON))
			.isEqualTo(new BillingFlow.Report(List.of(new Invoice("ada", 4_200)), List.of("bill-unknown")));
		assertThat(recorded(bills)).containsExactlyInAnyOrderElementsOf(promised("map.md"));
		assertThatExceptionOfType(BatchItemFailedException.class)
			.isThrownBy(() -> flow.issue(List.of("ada", "bob", "unknown")))
			.withMessage("Item 2 failed: %s: There is no customer 'unknown'"
				.formatted(UnknownCustomerException.class.getName()));
		assertThat(flow.issue(List.of("ada", "bob", "eve", "joe", "zoe"))).hasSize(5);
	}

	@Test
	void parallelWhenAllBranchesEndHasTheirResults(@Autowired OnboardingFlow flow) throws IOException {
		ExecutionHandle<List<String>> joining = this.client.function(OnboardingFlow.class)
			.start((onboarding) -> onboarding.onboard("Ada", BRIEFLY));
		assertThat(joining.result(SOON)).containsExactly("account of Ada", "badge of Ada", "laptop for Ada");
		assertThat(recorded(joining)).containsExactlyInAnyOrderElementsOf(promised("parallel.md"));
		assertThat(flow.bookCourse(List.of("closed", "far", "near")).cents()).isEqualTo(3_000);
	}

	@Test
	void waitForCallbackWhenAnsweredGoesOn(@Autowired ExpenseFlow flow, @Autowired Approvers approvers,
			@Autowired ApprovalController controller) throws Exception {
		ExecutionHandle<String> refund = this.client.function(ExpenseFlow.class)
			.start((expenses) -> expenses.refund(new Expense("taxi", 3_000)));
		String approval = callbackId(approvers, "taxi");
		// who is faster than the record of the step that asked is answered before it
		await().atMost(SOON).until(() -> recorded(refund).contains("StepSucceeded Step approval-submitter"));
		controller.decide(approval, new Decision(true, "of course"));
		assertThat(refund.result(SOON)).isEqualTo("Refunded");
		assertThat(recorded(refund)).containsExactlyElementsOf(promised("wait-for-callback.md"));
		ExecutionHandle<String> refused = this.client.function(ExpenseFlow.class)
			.start((expenses) -> expenses.refund(new Expense("yacht", 9_000_000)));
		controller.notMine(callbackId(approvers, "yacht"), "Ask the owner");
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> refused.result(SOON))
			.withCauseInstanceOf(CallbackFailedException.class);
		assertThatIllegalArgumentException().isThrownBy(() -> flow.refund(new Expense("debt", -1)))
			.withMessage("An expense is not negative");
	}

	private static String callbackId(Approvers approvers, String expense) throws Exception {
		String link = approvers.mail(expense).get(SOON.toSeconds(), TimeUnit.SECONDS);
		return link.substring(link.lastIndexOf('/') + 1);
	}

	@Test
	void waitForConditionWhenMetReturnsTheState(@Autowired ExportFlow flow) throws IOException {
		ExecutionHandle<Export> export = this.client.function(ExportFlow.class)
			.start((exports) -> exports.export("may"));
		assertThat(export.result(SOON)).isEqualTo(new Export("export-may", 100));
		assertThat(recorded(export)).containsExactlyElementsOf(promised("wait-for-condition.md"));
		assertThatExceptionOfType(WaitForConditionFailedException.class).isThrownBy(() -> flow.export("stuck"))
			.withMessageEndingWith("was not met within 5 checks");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> flow.export("lost"))
			.withMessage("There is no export 'export-lost'");
	}

	@Test
	void withRetryWhenAnAttemptFailsRunsAllOfItAgain(@Autowired CheckoutFlow flow) throws IOException {
		ExecutionHandle<String> checkout = this.client.function(CheckoutFlow.class)
			.start((checkouts) -> checkouts.checkout("books"));
		assertThat(checkout.result(SOON)).isEqualTo("books for 2000");
		assertThat(recorded(checkout)).containsExactlyElementsOf(promised("with-retry.md"));
		assertThatExceptionOfType(PriceChangedException.class).isThrownBy(() -> flow.checkout("gold"));
	}

	@Test
	void anyOfWhenOneHasEndedReturnsIt(@Autowired ReservationFlow flow) throws IOException {
		assertThat(flow.hold("paid", Duration.ofDays(1))).isEqualTo("Paid by card");
		ExecutionHandle<String> forgotten = this.client.function(ReservationFlow.class)
			.start((reservations) -> reservations.hold("forgotten", BRIEFLY));
		assertThat(forgotten.result(SOON)).isEqualTo("Released");
		assertThat(recorded(forgotten)).containsExactlyInAnyOrderElementsOf(promised("any-of.md"));
		assertThat(flow.deliver("r1")).containsExactly("Parcel with r1", "Mail about r1");
	}

	@Test
	void invokeWhenGivenCodecsUsesThem() {
		ExecutionHandle<BigDecimal> price = this.client.function(ShopFlow.class)
			.start((shop) -> shop.askPrice(new BigDecimal("1.5")));
		assertThat(price.result(SOON)).isEqualByComparingTo("4.50");
		assertThat(price.history()).filteredOn((event) -> event.type() == EventType.CHAINED_INVOKE_STARTED)
			.singleElement()
			.satisfies((event) -> assertThat(event.payload()).isEqualTo("1500"))
			.satisfies((event) -> assertThat(event.details().get("tenantId")).isEqualTo("north"));
	}

	@Test
	void invokeWhenTheFunctionFailsSaysWhy(@Autowired ShopFlow flow) {
		assertThat(flow.sellTrip("Ada")).isEqualTo("Flight for Ada, paid by Ada");
		assertThat(flow.sellTrip("late")).isEqualTo("Sorry: No seat is left");
	}

	@Test
	void callbackWhenGivenACodecReadsWithIt(@Autowired RefundFlow flow) {
		assertThat(flow.refund("lamp")).isEqualTo("Refunded 42.00");
		assertThat(flow.refund("free")).isEqualTo("Nothing to refund");
	}

	@Test
	void childContextWhenItsResultIsLargeIsRebuilt() {
		assertThat(resultOfParts(3).payload()).isEqualTo("""
				window 1: 120 x 80
				window 2: 120 x 80
				window 3: 120 x 80""");
		HistoryEvent large = resultOfParts(20_000);
		assertThat(large.payload()).isNull();
		assertThat(large.details()).containsKey("replayChildren");
	}

	private HistoryEvent resultOfParts(int windows) {
		ExecutionHandle<Integer> parts = this.client.function(HouseFlow.class)
			.start((houses) -> houses.listParts(windows));
		assertThat(parts.result(SOON)).isEqualTo(windows);
		return parts.history()
			.stream()
			.filter((event) -> event.type() == EventType.CONTEXT_SUCCEEDED)
			.findFirst()
			.orElseThrow();
	}

	private static List<String> recorded(ExecutionHandle<?> execution) {
		return execution.history()
			.stream()
			.filter((event) -> event.operation() != null)
			.map((event) -> line(event.type(), event.operation()))
			.toList();
	}

	private static String line(EventType type, OperationRef operation) {
		return "%s %s %s".formatted(type.text(), operation.subType().text(), operation.name()).strip();
	}

	private static List<String> promised(String page) throws IOException {
		Matcher block = RECORDED.matcher(Files.readString(PAGES.resolve(page)));
		assertThat(block.find()).as("block of events in %s", page).isTrue();
		return block.group(1).lines().map((line) -> line.strip().replaceAll("\\s+", " ")).toList();
	}

}
