package dev.durable.docs;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CompletionConfig;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.ParallelBranch;

import org.springframework.stereotype.Service;

@Service
class OnboardingFlow {

	private final DurableContext durable;

	private final ItDesk itDesk;

	OnboardingFlow(DurableContext durable, ItDesk itDesk) {
		this.durable = durable;
		this.itDesk = itDesk;
	}

	@DurableFunction(name = "onboard")
	List<String> onboard(String employee, Duration delivery) {
		List<ParallelBranch<String>> branches = List.of(
				ParallelBranch.of("account", (child) -> this.itDesk.createAccount(employee)),
				ParallelBranch.of("badge", (child) -> printBadge(employee)), ParallelBranch.of("laptop", (child) -> {
					String laptop = this.itDesk.orderLaptop(employee);
					child.wait("delivery", delivery);
					return laptop;
				}));
		return this.durable.parallel("equip", branches, String.class).rethrow().results();
	}

	@DurableStep
	String printBadge(String employee) {
		if (employee.isBlank()) {
			throw new IllegalArgumentException("A badge needs a name");
		}
		return "badge of " + employee;
	}

	@DurableFunction(name = "book-course")
	Quote bookCourse(List<String> schools) {
		List<ParallelBranch<Quote>> branches = schools.stream()
			.map((school) -> ParallelBranch.<Quote>of("ask-" + school, (child) -> ask(school)))
			.toList();
		BatchOptions two = BatchOptions.builder().completion(CompletionConfig.minSuccessful(2)).build();
		BatchResult<Quote> quotes = this.durable.parallel("quotes", branches, Quote.class, two);
		if (quotes.successCount() == 0) {
			throw new IllegalStateException("No school answers");
		}
		return quotes.results().stream().min(Comparator.comparingLong(Quote::cents)).get();
	}

	@DurableStep(maxRetries = 0)
	Quote ask(String school) {
		if (school.startsWith("closed")) {
			throw new IllegalStateException("The school does not answer");
		}
		return new Quote(school, 1_000L * school.length());
	}

	/**
	 * What a school asks for its course.
	 *
	 * @param school the school
	 * @param cents the price
	 */
	record Quote(String school, long cents) {

	}

}
