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
 * @param body its code
 */
public record FunctionDefinition(FunctionVersion id, Type inputType, Type resultType,
		@Nullable Duration executionTimeout, FunctionBody body) {

}
