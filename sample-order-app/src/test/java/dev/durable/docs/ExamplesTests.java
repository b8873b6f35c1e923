package dev.durable.docs;

import java.time.Duration;
import java.util.List;

import dev.durable.DurableClient;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.datasource.url=jdbc:h2:mem:docs;DB_CLOSE_DELAY=-1",
				"spring.sql.init.schema-locations=classpath:docs-schema.sql" })
class ExamplesTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@Autowired
	private DurableClient client;

	@Test
	void greetingWhenCalledDirectlyReturnsTheResult(@Autowired GreetingFlow flow) {
		assertThat(flow.greet("Ada")).isEqualTo("Hello, Ada");
	}

	@Test
	void stepWhenOnAnotherBeanIsRecorded(@Autowired TripFlow trips, @Autowired FrontDesk desk) {
		ExecutionHandle<String> trip = this.client.function(TripFlow.class).start((flow) -> flow.bookTrip("Ada"));
		assertThat(trip.result(SOON)).isEqualTo("Flight for Ada, paid by Ada");
		assertThat(desk.history(trip)).containsSubsequence("ExecutionStarted", "StepSucceeded", "StepSucceeded",
				"ExecutionSucceeded");
		assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> trips.bookTrip("late"));
	}

	@Test
	void stepWhenGivenAsLambdaKnowsItsAttempt(@Autowired TripFlow trips) {
		assertThat(trips.pack("Ada")).hasSize(2).first().isEqualTo("passport of Ada");
		assertThat(trips.plan("Rome")).containsExactly("Hotel in Rome", "Car in Rome");
	}

	@Test
	void waitWhenOverGoesOn(@Autowired ReminderFlow reminders) {
		assertThat(reminders.remind(Duration.ofMillis(120))).isGreaterThanOrEqualTo(Duration.ofMillis(120));
		assertThat(reminders.cook("Soup")).isEqualTo("Soup is ready, table laid");
	}

	@Test
	void listenerWhenABeanSeesWhatExecutionsDo(@Autowired Watchman watchman) {
		ExecutionHandle<String> trip = this.client.function(TripFlow.class).start((flow) -> flow.bookTrip("late"));
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> trip.result(SOON));
		ExecutionHandle<String> greeting = this.client.function(GreetingFlow.class).start((flow) -> flow.greet("Ada"));
		assertThat(greeting.result(SOON)).isEqualTo("Hello, Ada");
		assertThat(watchman.failures()).containsKey("Step 'book-flight'");
		assertThat(watchman.durations().get("Wait 'breathe'")).isGreaterThanOrEqualTo(Duration.ofMillis(100));
		Awaitility.await()
			.atMost(SOON)
			.untilAsserted(
					() -> assertThat(watchman.failed()).contains(trip.id() + ": " + SoldOutException.class.getName()));
	}

	@Test
	void callbackWhenCompletedReturnsItsResult(@Autowired HolidayFlow holidays) {
		assertThat(holidays.request("Ada")).isEqualTo("Enjoy");
		assertThat(holidays.request("new")).isEqualTo("Sorry");
	}

	@Test
	void childContextWhenRunReturnsItsResult(@Autowired HouseFlow houses) {
		assertThat(houses.build("red")).isEqualTo("red walls and a roof");
		assertThat(houses.furnish(List.of("kitchen", "hall"))).containsExactly("table in kitchen", "table in hall");
	}

	@Test
	void invokeWhenByMethodOrByNameReturnsTheResult(@Autowired ShopFlow shops) {
		assertThat(shops.sell("lamp")).isEqualTo("Parcel with lamp");
		assertThat(shops.sellByName("desk")).isEqualTo("Parcel with desk");
	}

	@Test
	void transactionalStepWhenDoneHasBookedOnce(@Autowired TransferDesk desk, @Autowired Accounts accounts) {
		assertThat(desk.accept("t1", "from", "to", 500).result(SOON)).isEqualTo("Moved 500");
		assertThat(accounts.balance("from")).isEqualTo(-500);
		assertThat(accounts.balance("to")).isEqualTo(500);
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> desk.accept("t1", "from", "to", 500));
		assertThat(accounts.balance("to")).isEqualTo(500);
	}

	@Test
	void selfCallWhenMadeIsAStep(@Autowired FrontDesk desk) {
		ExecutionHandle<String> cake = this.client.function(CakeFlow.class).start((flow) -> flow.bake("lemon"));
		assertThat(cake.result(SOON)).isEqualTo("cake of lemon dough");
		assertThat(desk.history(cake)).filteredOn("StepSucceeded"::equals).hasSize(2);
	}

	@Test
	void clientWhenAskedStartsWatchesAndStops(@Autowired FrontDesk desk) {
		assertThat(desk.greet("Grace")).isEqualTo("Hello, Grace");
		assertThat(desk.greet("Grace")).isEqualTo("Hello, Grace");
		assertThat(desk.stopRemindingIn(Duration.ofDays(1))).isEqualTo(ExecutionStatus.STOPPED);
		ExecutionHandle<Duration> reminder = this.client.function(ReminderFlow.class)
			.start((flow) -> flow.remind(Duration.ofDays(2)));
		assertThat(desk.running()).isPositive();
		assertThat(reminder.stop("The test is over")).isTrue();
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> reminder.result(SOON))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(ExecutionStatus.STOPPED));
	}

}
