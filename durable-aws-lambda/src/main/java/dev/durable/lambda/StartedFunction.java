package dev.durable.lambda;

import java.lang.reflect.Type;

/**
 * A durable function about to be started.
 *
 * @param name its name
 * @param target the Lambda function that runs it
 * @param inputType the type of its input
 * @param resultType the type of its result
 */
record StartedFunction(String name, LambdaTarget target, Type inputType, Type resultType) {

}
