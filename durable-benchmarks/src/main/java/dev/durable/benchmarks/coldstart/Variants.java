package dev.durable.benchmarks.coldstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The functions that are compared, each with what it is without the starter.
 *
 * @param pairs the functions, by the same without the starter
 */
record Variants(Map<Variant, Variant> pairs) {

	/** What is on the class path of the benchmarks, but in no function. */
	private static final Pattern OTHERS = Pattern
		.compile("h2-|HikariCP|postgres|durable-store-jdbc|dynamodb|checker-qual|mariadb");

	/** What is there for the starter, beside the AWS SDK. */
	private static final Pattern STARTERS = Pattern.compile("durable-(?!benchmarks|core)|netty-|crac-");

	private static final Pattern RUNTIME = Pattern
		.compile("aws-lambda-java-(runtime|serialization)|utils-lite|durable-benchmarks");

	private static final String ORDER = """
			{"id":"o-1","item":"book","quantity":1,"amountCents":1999,"card":"visa"}""";

	/** The least that there can be: one function of one step. */
	static Variants least() {
		List<Path> classPath = own().filter((jar) -> !is(OTHERS, jar)).toList();
		return new Variants(Map.of(
				new Variant("bare", BareApplication.class.getName(), "\"Ada\"", false, withoutStarter(classPath),
						Map.of("SPRING_CLOUD_FUNCTION_DEFINITION", "greet")),
				new Variant("durable", DurableApplication.class.getName(), "\"Ada\"", true, classPath,
						Map.of("DURABLE_STORE_TYPE", "lambda"))));
	}

	/** The sample as it is deployed. */
	Variants and(SamplePackage sample) {
		List<Path> classPath = Stream.concat(sample.classPath().stream(), own().filter((jar) -> is(RUNTIME, jar)))
			.toList();
		Map<Variant, Variant> all = new LinkedHashMap<>(this.pairs);
		all.put(new Variant("plain sample", PlainSample.class.getName(), ORDER, false, withoutStarter(classPath),
				Map.of("SPRING_CLOUD_FUNCTION_DEFINITION", "reserve", "SPRING_PROFILES_ACTIVE", "lambda")),
				new Variant("sample", "dev.durable.sample.orders.OrderApplication", ORDER, true, classPath,
						Map.of("SPRING_PROFILES_ACTIVE", "lambda")));
		return new Variants(all);
	}

	List<Variant> all() {
		return this.pairs.entrySet().stream().flatMap((pair) -> Stream.of(pair.getKey(), pair.getValue())).toList();
	}

	private static Stream<Path> own() {
		return Arrays.stream(System.getProperty("java.class.path").split(":")).map(Path::of);
	}

	private static List<Path> withoutStarter(List<Path> classPath) {
		return classPath.stream()
			.filter((jar) -> is(RUNTIME, jar) || (!is(STARTERS, jar) && !isOfAwsSdk(jar)))
			.toList();
	}

	private static boolean is(Pattern pattern, Path jar) {
		return pattern.matcher(jar.getFileName().toString()).find();
	}

	private static boolean isOfAwsSdk(Path jar) {
		try (ZipFile file = new ZipFile(jar.toFile())) {
			return file.stream().anyMatch((entry) -> entry.getName().startsWith("software/amazon/awssdk/"));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(
					"Start the benchmark with jars on its class path, as 'package' makes them, but there is " + jar,
					ex);
		}
	}

}
