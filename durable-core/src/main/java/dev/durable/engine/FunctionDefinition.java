package dev.durable.engine;

import java.lang.reflect.Type;
import java.time.Duration;

import dev.durable.FunctionVersion;
import org.jspecify.annotations.Nullable;

/**
 * A durable function as the engine knows it.
 *
 * @param id its name and version
 * @param inputType the type of its input; {@link dev.durable.codec.ArgumentsType} for
 * several arguments
 * @param resultType the type of its result
 * @param executionTimeout how long an execution may take, or {@code null} for the
 * engine's default
 * @param retention how long an execution is kept after its end, or {@code null} for the
 * engine's default; zero removes it soon, a negative one keeps it for ever
 * @param body its code
 */
public record FunctionDefinition(FunctionVersion id, Type inputType, Type resultType,
		@Nullable Duration executionTimeout, @Nullable Duration retention, FunctionBody body) {

	/**
	 * Create a function whose executions are kept for the engine's default.
	 * @param id its name and version
	 * @param inputType the type of its input
	 * @param resultType the type of its result
	 * @param executionTimeout how long an execution may take, or {@code null} for the
	 * engine's default
	 * @param body its code
	 */
	public FunctionDefinition(FunctionVersion id, Type inputType, Type resultType, @Nullable Duration executionTimeout,
			FunctionBody body) {
		this(id, inputType, resultType, executionTimeout, null, body);
	}

}
