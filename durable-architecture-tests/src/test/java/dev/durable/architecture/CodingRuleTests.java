package dev.durable.architecture;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

/** Habits that a reader may rely on. */
@AnalyzeClasses(packages = "dev.durable", importOptions = MainClasses.class)
class CodingRuleTests {

	/**
	 * The classes that ask the machine for the time, so that all others can be given it.
	 */
	private static final Set<String> CLOCKS = Set.of("dev.durable.store.memory.MemoryCheckpointStore",
			"dev.durable.store.jdbc.JdbcCheckpointStore", "dev.durable.store.dynamodb.DynamoDbCheckpointStore",
			"dev.durable.lambda.InvocationTime");

	@ArchTest
	static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule loggingIsSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

	@ArchTest
	static final ArchRule nothingIsInjectedIntoFields = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

	@ArchTest
	static final ArchRule timeIsGivenNotTaken = noClasses().that(new NotOneOf(CLOCKS))
		.should()
		.accessTargetWhere(new WallClock());

	@ArchTest
	static final ArchRule nothingSleeps = noClasses().should()
		.callMethod(Thread.class, "sleep", long.class)
		.orShould()
		.callMethod(Thread.class, "sleep", long.class, int.class)
		.orShould()
		.callMethod(TimeUnit.class, "sleep", long.class);

	@ArchTest
	static final ArchRule namesSayWhatAClassIs = noClasses().should()
		.haveNameMatching(".*(Impl|Utils?|Helper|Manager)");

	/** Classes, with the classes inside them, that are not named. */
	private static final class NotOneOf extends DescribedPredicate<JavaClass> {

		private final Set<String> names;

		NotOneOf(Set<String> names) {
			super("are none of " + names);
			this.names = names;
		}

		@Override
		public boolean test(JavaClass javaClass) {
			return this.names.stream()
				.noneMatch((name) -> javaClass.getName().equals(name) || javaClass.getName().startsWith(name + "$"));
		}

	}

	/** A question to the machine's clock. */
	private static final class WallClock extends DescribedPredicate<JavaAccess<?>> {

		private static final Set<String> SOURCES = Set.of(Instant.class.getName() + ".now",
				System.class.getName() + ".currentTimeMillis", InstantSource.class.getName() + ".system",
				Clock.class.getName() + ".systemUTC", Clock.class.getName() + ".systemDefaultZone",
				Clock.class.getName() + ".system", Clock.class.getName() + ".tickMillis", "java.time.LocalDateTime.now",
				"java.time.OffsetDateTime.now", "java.time.ZonedDateTime.now", "java.time.LocalDate.now");

		WallClock() {
			super("it asks the machine for the time");
		}

		@Override
		public boolean test(JavaAccess<?> access) {
			boolean takesClock = access.getTarget().getFullName().endsWith("(java.time.Clock)");
			return !takesClock && SOURCES.contains(access.getTargetOwner().getName() + "." + access.getName());
		}

	}

}
