package dev.durable.lambda.emulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

/**
 * A durable function of the emulator, or several that one program serves. Each has one
 * version, {@code 1}, which {@code $LATEST} and every alias name too.
 *
 * @param names its name; more names share its processes
 * @param code what runs it
 * @param timeout how long one invocation may take
 * @param executionTimeout how long an execution may take; one of more than 15 minutes
 * cannot be started synchronously
 * @param retentionDays how many days an execution is kept after its end
 * @param memory what the function is told to have, in megabytes
 */
public record EmulatedFunction(List<String> names, Code code, Duration timeout, Duration executionTimeout,
		int retentionDays, int memory) {

	static final String VERSION = "1";

	private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(15);

	private static final Duration LONGEST_EXECUTION = Duration.ofDays(366);

	public EmulatedFunction {
		names = List.copyOf(names);
		if (names.isEmpty() || !names.stream().allMatch((name) -> name.matches("[a-zA-Z0-9_-]{1,64}"))) {
			throw new IllegalArgumentException(
					"'names' must be names of 1 to 64 of [a-zA-Z0-9-_] but were %s".formatted(names));
		}
		within("timeout", timeout, LONGEST_TIMEOUT);
		within("executionTimeout", executionTimeout, LONGEST_EXECUTION);
		if (retentionDays < 1 || retentionDays > 90) {
			throw new IllegalArgumentException("'retentionDays' must be from 1 to 90 but was " + retentionDays);
		}
		if (memory < 128 || memory > 10_240) {
			throw new IllegalArgumentException("'memory' must be from 128 to 10240 megabytes but was " + memory);
		}
	}

	private static void within(String field, Duration value, Duration longest) {
		if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(longest) > 0) {
			throw new IllegalArgumentException(
					"'%s' must be from 1 s to %s but was %s".formatted(field, longest, value));
		}
	}

	/**
	 * Return a function that runs in this process: invocations may take a minute,
	 * executions 15, and are kept for 14 days.
	 * @param name its name
	 * @param handler its code
	 * @return the function
	 */
	public static EmulatedFunction of(String name, RequestStreamHandler handler) {
		return of(List.of(name), new Handler(handler));
	}

	/**
	 * Return a function that runs in processes: invocations may take a minute, executions
	 * 15, and are kept for 14 days.
	 * @param name its name
	 * @param words the program and its arguments: a Lambda runtime interface client with
	 * its handler
	 * @return the function
	 */
	public static EmulatedFunction of(String name, List<String> words) {
		return of(List.of(name), new Command(words, Map.of(), Command.MAX_PROCESSES));
	}

	/**
	 * Return functions that run the same code: invocations may take a minute, executions
	 * 15, and are kept for 14 days.
	 * @param names their names
	 * @param code their code
	 * @return the functions
	 */
	public static EmulatedFunction of(List<String> names, Code code) {
		return new EmulatedFunction(names, code, Duration.ofMinutes(1), Duration.ofMinutes(15), 14, 512);
	}

	/**
	 * Return this function with another timeout of invocations.
	 * @param timeout 1 second to 15 minutes
	 * @return the function
	 */
	public EmulatedFunction withTimeout(Duration timeout) {
		return new EmulatedFunction(this.names, this.code, timeout, this.executionTimeout, this.retentionDays,
				this.memory);
	}

	/**
	 * Return this function with another timeout of executions.
	 * @param executionTimeout 1 second to 366 days
	 * @return the function
	 */
	public EmulatedFunction withExecutionTimeout(Duration executionTimeout) {
		return new EmulatedFunction(this.names, this.code, this.timeout, executionTimeout, this.retentionDays,
				this.memory);
	}

	/**
	 * Return this function with another retention.
	 * @param retentionDays 1 to 90 days
	 * @return the function
	 */
	public EmulatedFunction withRetention(int retentionDays) {
		return new EmulatedFunction(this.names, this.code, this.timeout, this.executionTimeout, retentionDays,
				this.memory);
	}

	/**
	 * Return this function with another memory size.
	 * @param memory 128 to 10,240 megabytes; only told, not enforced
	 * @return the function
	 */
	public EmulatedFunction withMemory(int memory) {
		return new EmulatedFunction(this.names, this.code, this.timeout, this.executionTimeout, this.retentionDays,
				memory);
	}

	EmulatedFunction withCode(Code code) {
		return new EmulatedFunction(this.names, code, this.timeout, this.executionTimeout, this.retentionDays,
				this.memory);
	}

	/** What runs a function. */
	public sealed interface Code {

	}

	/**
	 * Code of this process.
	 *
	 * @param handler the code
	 */
	public record Handler(RequestStreamHandler handler) implements Code {

	}

	/**
	 * A program that speaks Lambda's Runtime API, one invocation at a time.
	 *
	 * @param words the program and its arguments
	 * @param environment variables for it, beside Lambda's
	 * @param maxProcesses how many of them may run at once
	 */
	public record Command(List<String> words, Map<String, String> environment, int maxProcesses) implements Code {

		static final int MAX_PROCESSES = 8;

		public Command {
			words = List.copyOf(words);
			environment = Map.copyOf(environment);
			if (words.isEmpty()) {
				throw new IllegalArgumentException("'words' must name a program but were empty");
			}
			if (maxProcesses < 1) {
				throw new IllegalArgumentException("'maxProcesses' must be at least 1 but was " + maxProcesses);
			}
		}

		/**
		 * Return this command with another bound of its processes.
		 * @param maxProcesses how many may run at once, at least 1
		 * @return the command
		 */
		public Command withMaxProcesses(int maxProcesses) {
			return new Command(this.words, this.environment, maxProcesses);
		}

		/**
		 * Return this command with one more variable.
		 * @param name its name
		 * @param value its value
		 * @return the command
		 */
		public Command withVariable(String name, String value) {
			Map<String, String> more = new LinkedHashMap<>(this.environment);
			more.put(name, value);
			return new Command(this.words, more, this.maxProcesses);
		}

	}

}
