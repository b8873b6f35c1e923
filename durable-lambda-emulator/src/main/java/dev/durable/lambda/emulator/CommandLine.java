package dev.durable.lambda.emulator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the emulator is started with.
 *
 * @param port where to listen
 * @param speed how many times faster than on AWS time passes
 * @param functions the functions
 */
record CommandLine(int port, int speed, List<EmulatedFunction> functions) {

	static final String USAGE = """
			Lambda durable functions on this machine, for any AWS SDK and the AWS CLI.

			  java -jar durable-lambda-emulator.jar [options] --function NAME="COMMAND" [options of the function] ...

			Options
			  --port PORT                where to listen on the loopback address; 9001 unless given, 0 for a free port
			  --speed FACTOR             let waits, retries and timeouts pass up to 1000 times faster than on AWS

			Functions
			  --function NAME="COMMAND"  a function, and the program that runs it: a runtime interface client with its
			                             handler; NAME,NAME="COMMAND" for several functions that share the program

			Options of the function before them
			  --timeout DURATION         how long an invocation may take; 60s unless given, at most 15m
			  --execution-timeout DURATION
			                             how long an execution may take; 15m unless given, at most 366d;
			                             executions of more than 15m cannot be started synchronously
			  --retention DAYS           how long executions are kept after their end; 14 unless given, at most 90
			  --memory MEGABYTES         what the function is told to have; 512 unless given
			  --processes COUNT          how many of its processes may run at once; 8 unless given
			  --env NAME=VALUE           a variable for its processes

			A DURATION is a number with one of s, m, h and d, such as 90s. Executions are kept in memory.
			""";

	private static final int DEFAULT_PORT = 9001;

	static CommandLine parse(String... arguments) {
		int port = DEFAULT_PORT;
		int speed = 1;
		List<EmulatedFunction> functions = new ArrayList<>();
		for (int i = 0; i < arguments.length; i += 2) {
			String option = arguments[i];
			if (i + 1 == arguments.length) {
				throw new IllegalArgumentException("'%s' needs a value, or is no option".formatted(option));
			}
			String value = arguments[i + 1];
			switch (option) {
				case "--port" -> port = number(option, value);
				case "--speed" -> speed = number(option, value);
				case "--function" -> functions.add(function(value));
				default -> {
					if (functions.isEmpty()) {
						throw new IllegalArgumentException(
								"'%s' is no option, or belongs behind the --function that it is about"
									.formatted(option));
					}
					functions.set(functions.size() - 1, changed(functions.get(functions.size() - 1), option, value));
				}
			}
		}
		if (functions.isEmpty()) {
			throw new IllegalArgumentException("There is no --function");
		}
		return new CommandLine(port, speed, functions);
	}

	private static EmulatedFunction function(String text) {
		int equals = text.indexOf('=');
		if (equals < 1) {
			throw new IllegalArgumentException("'--function' must be NAME=COMMAND but was '%s'".formatted(text));
		}
		return EmulatedFunction.of(List.of(text.substring(0, equals).split(",")), new EmulatedFunction.Command(
				words(text.substring(equals + 1)), Map.of(), EmulatedFunction.Command.MAX_PROCESSES));
	}

	private static EmulatedFunction changed(EmulatedFunction function, String option, String value) {
		return switch (option) {
			case "--timeout" -> function.withTimeout(duration(option, value));
			case "--execution-timeout" -> function.withExecutionTimeout(duration(option, value));
			case "--retention" -> function.withRetention(number(option, value));
			case "--memory" -> function.withMemory(number(option, value));
			case "--processes" -> function.withCode(command(function).withMaxProcesses(number(option, value)));
			case "--env" -> {
				int equals = value.indexOf('=');
				if (equals < 1) {
					throw new IllegalArgumentException("'--env' must be NAME=VALUE but was '%s'".formatted(value));
				}
				yield function
					.withCode(command(function).withVariable(value.substring(0, equals), value.substring(equals + 1)));
			}
			default -> throw new IllegalArgumentException("'%s' is no option".formatted(option));
		};
	}

	private static EmulatedFunction.Command command(EmulatedFunction function) {
		return (EmulatedFunction.Command) function.code();
	}

	private static int number(String option, String value) {
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'%s' must be a whole number but was '%s'".formatted(option, value), ex);
		}
	}

	private static Duration duration(String option, String value) {
		try {
			String text = value.toUpperCase(Locale.ROOT);
			return Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException(
					"'%s' must be a duration such as 90s, 15m, 2h or 30d but was '%s'".formatted(option, value), ex);
		}
	}

	/** Split a command at blanks, except in quotes. */
	static List<String> words(String command) {
		List<String> words = new ArrayList<>();
		StringBuilder word = new StringBuilder();
		boolean begun = false;
		char quote = 0;
		for (char character : command.toCharArray()) {
			if (quote != 0 && character == quote) {
				quote = 0;
			}
			else if (quote != 0) {
				word.append(character);
			}
			else if (character == '"' || character == '\'') {
				quote = character;
				begun = true;
			}
			else if (!Character.isWhitespace(character)) {
				word.append(character);
				begun = true;
			}
			else if (begun) {
				words.add(word.toString());
				word.setLength(0);
				begun = false;
			}
		}
		if (quote != 0) {
			throw new IllegalArgumentException("The command '%s' has a quote without an end".formatted(command));
		}
		if (begun) {
			words.add(word.toString());
		}
		return words;
	}

}
