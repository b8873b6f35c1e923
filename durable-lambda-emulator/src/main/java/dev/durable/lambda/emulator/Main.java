package dev.durable.lambda.emulator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the emulator until the process is told to end. */
final class Main {

	private static final String LOG_SETTINGS = "logback.configurationFile";

	private Main() {
	}

	/**
	 * Start the emulator.
	 * @param arguments see the usage text
	 */
	public static void main(String[] arguments) {
		if (System.getProperty(LOG_SETTINGS) == null) {
			System.setProperty(LOG_SETTINGS, "dev/durable/lambda/emulator/logback.xml");
		}
		Logger log = LoggerFactory.getLogger(Main.class);
		if (arguments.length == 0 || arguments[0].equals("--help")) {
			log.info("{}", CommandLine.USAGE);
			System.exit((arguments.length == 0) ? 2 : 0);
		}
		try {
			CommandLine line = CommandLine.parse(arguments);
			LambdaEmulator.Builder builder = LambdaEmulator.builder().port(line.port()).speed(line.speed());
			line.functions().forEach(builder::function);
			tell(log, line, builder.start());
			Thread.currentThread().join();
		}
		catch (IllegalArgumentException ex) {
			log.error("{}. Start with --help to see what can be given", ex.getMessage());
			System.exit(2);
		}
		catch (RuntimeException ex) {
			log.error("{}", ex.getMessage());
			System.exit(1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void tell(Logger log, CommandLine line, LambdaEmulator emulator) {
		log.info("Lambda durable functions at {}", emulator.endpoint());
		line.functions().forEach((function) -> log.info("  {}", String.join(", ", function.names())));
		log.info("Try: aws lambda list-durable-executions-by-function --function-name {} --endpoint-url {}",
				line.functions().get(0).names().get(0), emulator.endpoint());
	}

}
