package dev.durable.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.durable.RetryPreset;
import dev.durable.StepSemantics;
import dev.durable.spring.SelfCalls;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of durable execution. Immutable.
 *
 * @param store where executions are kept
 * @param worker how this node works on executions
 * @param suspend how executions leave their threads
 * @param threads what executions run on
 * @param logging what executions log
 * @param payload inputs and results
 * @param encryption how they are encrypted
 * @param exceptions errors of steps and functions
 * @param executionTimeout How long an execution may take from start to end, waits
 * included, unless its function says otherwise: from one second to 366 days.
 * @param retention How long an execution is kept after its end, with its history and
 * result, unless its function says otherwise. With 0 it is removed within minutes; a
 * negative value keeps it for ever.
 * @param callTimeout How long a direct call of a durable function waits for the result;
 * the execution goes on when the call gives up.
 * @param selfCalls What happens at startup when a step called on 'this' is not durable.
 * @param functions Settings of single durable functions, by function name; they win over
 * the annotation.
 * @param steps Settings of single durable steps, by step name; they win over the
 * annotation.
 */
@ConfigurationProperties("durable")
public record DurableProperties(@DefaultValue Store store, @DefaultValue Worker worker, @DefaultValue Suspend suspend,
		@DefaultValue Threads threads, @DefaultValue Logging logging, @DefaultValue Payload payload,
		@DefaultValue Encryption encryption, @DefaultValue Exceptions exceptions,
		@DefaultValue("366d") Duration executionTimeout, @DefaultValue("14d") Duration retention,
		@DefaultValue("60s") Duration callTimeout, @DefaultValue("fail") SelfCalls selfCalls,
		@DefaultValue Map<String, Function> functions, @DefaultValue Map<String, Step> steps) {

	/**
	 * Where executions are kept.
	 *
	 * @param type Kind of store. By default 'jdbc' if there is a DataSource, else
	 * 'memory'.
	 * @param jdbc the JDBC store
	 * @param dynamodb the DynamoDB store
	 */
	public record Store(@Nullable StoreType type, @DefaultValue Jdbc jdbc, @DefaultValue DynamoDb dynamodb) {

	}

	/** Kinds of stores. */
	public enum StoreType {

		/** A relational database; executions survive. */
		JDBC,

		/** A table in Amazon DynamoDB; executions survive. */
		DYNAMODB,

		/** AWS Lambda itself, for Lambda durable functions; executions survive. */
		LAMBDA,

		/** This process's memory; nothing survives a restart. */
		MEMORY

	}

	/**
	 * The JDBC store.
	 *
	 * @param tablePrefix Prefix of the tables' names: a plain identifier of at most 31
	 * characters.
	 * @param initializeSchema When to create the tables.
	 * @param connections Most connections in the journal's own pool, which is kept apart
	 * from the application's so that neither can starve the other; at least 6.
	 */
	public record Jdbc(@DefaultValue("durable_") String tablePrefix,
			@DefaultValue("embedded") InitializeSchema initializeSchema, @DefaultValue("8") int connections) {

		public Jdbc {
			if (connections < 6) {
				throw new IllegalArgumentException(
						"'durable.store.jdbc.connections' must be at least 6 but was " + connections);
			}
		}

	}

	/**
	 * The DynamoDB store.
	 *
	 * @param table Name of the table.
	 * @param createTable Whether to create the table if it is missing: paid by request,
	 * with TTL.
	 * @param shards Partitions that share the work of all executions, from 1 to 128. It
	 * cannot change once the table is used.
	 * @param listIndex Whether executions are listed, and removed once they expire. It
	 * costs four write units for each execution.
	 * @param endpoint Where DynamoDB is, such as http://127.0.0.1:8000. By default the
	 * region's.
	 * @param region Region of the table. By default as the AWS SDK finds it.
	 */
	public record DynamoDb(@DefaultValue("durable") String table, @DefaultValue("false") boolean createTable,
			@DefaultValue("4") int shards, @DefaultValue("true") boolean listIndex, @Nullable URI endpoint,
			@Nullable String region) {

		public DynamoDb {
			if (endpoint != null && (endpoint.getScheme() == null || endpoint.getHost() == null)) {
				throw new IllegalArgumentException(
						"'durable.store.dynamodb.endpoint' must be like 'https://host:port' but was " + endpoint);
			}
		}

	}

	/** When to create the tables. */
	public enum InitializeSchema {

		/** Only in an H2 database in this process, in memory or in a file. */
		EMBEDDED,

		/** In any database, if they are missing. */
		ALWAYS,

		/** Never: Flyway, Liquibase or an administrator does it. */
		NEVER

	}

	/**
	 * How this node works on executions.
	 *
	 * @param enabled Whether this node works on executions; without it, it can only start
	 * and watch them.
	 * @param maxConcurrentExecutions Executions that this node works on at once; waiting
	 * ones do not count.
	 * @param pollInterval How often the store is asked for due executions that no timer
	 * and no signal announced.
	 * @param heartbeatInterval How often this node reports that it is alive.
	 * @param nodeTimeout How long a node may be silent before others take its executions
	 * over; more than two heartbeat intervals.
	 * @param shutdownTimeout How long running steps may take to finish on shutdown; what
	 * is left is resumed elsewhere or after the restart.
	 */
	public record Worker(@DefaultValue("true") boolean enabled, @DefaultValue("200") int maxConcurrentExecutions,
			@DefaultValue("1s") Duration pollInterval, @DefaultValue("2s") Duration heartbeatInterval,
			@DefaultValue("10s") Duration nodeTimeout, @DefaultValue("30s") Duration shutdownTimeout) {

	}

	/**
	 * How executions leave their threads.
	 *
	 * @param unwindTimeout How long user code may take to leave when its execution
	 * suspends, before the execution suspends without it and logs a warning.
	 */
	public record Suspend(@DefaultValue("10s") Duration unwindTimeout) {

	}

	/**
	 * What executions run on.
	 *
	 * @param virtual Whether executions run on virtual threads, which needs Java 21 or
	 * later. By default as 'spring.threads.virtual.enabled' says.
	 * @param maxRunning How many branches of one execution may run at once, from 1;
	 * others wait for their turn.
	 * @param maxParked How many blocked branches of one execution may keep their threads,
	 * from 0; others leave theirs and start again from their records.
	 */
	public record Threads(@Nullable Boolean virtual, @DefaultValue("256") int maxRunning,
			@DefaultValue("256") int maxParked) {

	}

	/**
	 * What executions log.
	 *
	 * @param replay Whether the loggers of durable contexts log again what is replayed.
	 */
	public record Logging(@DefaultValue("false") boolean replay) {

	}

	/**
	 * Inputs and results.
	 *
	 * @param maxSize Largest encoded input or result, at least 1KB; larger ones fail with
	 * an error that says so.
	 * @param offload large ones, kept apart from the history
	 */
	public record Payload(@DefaultValue("6MB") DataSize maxSize, @DefaultValue Offload offload) {

	}

	/**
	 * Large inputs and results, kept apart from the history.
	 *
	 * @param type Kind of store that keeps them. By default a PayloadStore bean if there
	 * is one, else none: they stay in the history.
	 * @param threshold Largest encoded input, result or error that stays in the history,
	 * at least 1B.
	 * @param file files
	 * @param s3 objects in Amazon S3
	 */
	public record Offload(@Nullable OffloadType type, @DefaultValue("256KB") DataSize threshold,
			@DefaultValue OffloadFile file, @DefaultValue OffloadS3 s3) {

		public Offload {
			if (threshold.toBytes() < 1 || threshold.toBytes() > Integer.MAX_VALUE) {
				throw new IllegalArgumentException(
						"'durable.payload.offload.threshold' must be from 1B to 2GB but was " + threshold);
			}
		}

	}

	/** Kinds of stores for large payloads. */
	public enum OffloadType {

		/** Files in a directory that all nodes see. */
		FILE,

		/** A table beside the JDBC store's. */
		JDBC,

		/** Objects in Amazon S3. */
		S3

	}

	/**
	 * Large payloads in files.
	 *
	 * @param directory Directory of the files, which all nodes must see.
	 */
	public record OffloadFile(@Nullable Path directory) {

	}

	/**
	 * Large payloads in Amazon S3.
	 *
	 * @param bucket Bucket of the objects.
	 * @param prefix What the objects' keys begin with.
	 */
	public record OffloadS3(@Nullable String bucket, @DefaultValue("durable/") String prefix) {

	}

	/**
	 * Encryption of inputs, results and errors.
	 *
	 * @param keyId Id of the key that new payloads are encrypted with; one of the keys.
	 * @param keys Keys by id, each 32 random bytes in base64, with those of what was
	 * written before.
	 */
	public record Encryption(@Nullable String keyId, @DefaultValue Map<String, String> keys) {

		@Override
		public String toString() {
			return "Encryption[keyId=%s, keys=%s]".formatted(this.keyId, this.keys.keySet());
		}

	}

	/**
	 * Errors of steps and functions.
	 *
	 * @param allowedPackages Packages, with their subpackages, whose exceptions may be
	 * rebuilt from the record, besides the application's own, the JDK's and Spring's.
	 */
	public record Exceptions(@DefaultValue List<String> allowedPackages) {

	}

	/**
	 * Settings of one durable function.
	 *
	 * @param executionTimeout How long an execution of this function may take from start
	 * to end, waits included: from one second to 366 days.
	 * @param retention How long an execution of this function is kept after its end. With
	 * 0 it is removed within minutes; a negative value keeps it for ever.
	 * @param idempotencyKey SpEL expression over the arguments that names the execution,
	 * so that a second call with the same key attaches to the first. Empty for none.
	 */
	public record Function(@Nullable Duration executionTimeout, @Nullable Duration retention,
			@Nullable String idempotencyKey) {

		public Function {
			if (executionTimeout != null && (executionTimeout.compareTo(Duration.ofSeconds(1)) < 0
					|| executionTimeout.compareTo(Duration.ofDays(366)) > 0)) {
				throw new IllegalArgumentException(
						"'execution-timeout' must be between 1 second and 366 days but was " + executionTimeout);
			}
		}

	}

	/**
	 * Settings of one durable step.
	 *
	 * @param semantics What happens to an attempt that a crash interrupts.
	 * @param retry Ready-made retry strategy; replaces the annotation's as a whole unless
	 * one of the following is set here, too.
	 * @param maxRetries Number of retries after the first attempt, from 0.
	 * @param delay Delay before the first retry; without a unit in milliseconds, from 0.
	 * @param multiplier Factor from one delay to the next, at least 1.
	 * @param maxDelay Upper bound of a delay; without a unit in milliseconds, from 0.
	 * @param jitter By how much each delay is moved at random; without a unit in
	 * milliseconds, from 0.
	 */
	public record Step(@Nullable StepSemantics semantics, @Nullable RetryPreset retry, @Nullable Long maxRetries,
			@Nullable Duration delay, @Nullable Double multiplier, @Nullable Duration maxDelay,
			@Nullable Duration jitter) {

		public Step {
			if (maxRetries != null && maxRetries < 0) {
				throw new IllegalArgumentException("'max-retries' must be at least 0 but was " + maxRetries);
			}
			if (multiplier != null && !(multiplier >= 1)) {
				throw new IllegalArgumentException("'multiplier' must be at least 1 but was " + multiplier);
			}
			notNegative("delay", delay);
			notNegative("max-delay", maxDelay);
			notNegative("jitter", jitter);
		}

		private static void notNegative(String property, @Nullable Duration value) {
			if (value != null && value.isNegative()) {
				throw new IllegalArgumentException("'%s' must not be negative but was %s".formatted(property, value));
			}
		}

	}

}
