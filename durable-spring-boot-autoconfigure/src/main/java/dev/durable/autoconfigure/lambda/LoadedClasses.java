package dev.durable.autoconfigure.lambda;

import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.lambda.LambdaPriming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Loads the classes of the engine and of its calls of the service, by an invocation
 * against no service, and prepares its connections. Whatever fails only costs the time
 * that was to be saved.
 *
 * @param calls how the service is called
 */
record LoadedClasses(LambdaPriming.Calls calls) implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(LoadedClasses.class);

	@Override
	public void run() {
		try {
			// Modules are loaded with the application's own codec
			JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.shared());
			LambdaPriming.run(codec, new ExceptionCodec(codec, (name) -> false, getClass().getClassLoader()),
					this.calls);
			ServiceHttp.openAhead();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Not everything could be loaded early", ex);
		}
	}

}
