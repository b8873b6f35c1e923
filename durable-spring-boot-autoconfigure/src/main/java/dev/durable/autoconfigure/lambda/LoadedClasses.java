package dev.durable.autoconfigure.lambda;

import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.lambda.LambdaPriming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes of the engine and of its calls of the service, by an invocation
 * against no service, and opens connections to nobody. Whatever fails only costs the time
 * that was to be saved.
 *
 * @param calls how the service is called
 */
record LoadedClasses(LambdaPriming.Calls calls) implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(LoadedClasses.class);

	@Override
	public void run() {
		try {
			JacksonPayloadCodec codec = new JacksonPayloadCodec();
			LambdaPriming.run(codec, new ExceptionCodec(codec, (name) -> false, getClass().getClassLoader()),
					this.calls);
			ServiceHttp.open().close();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Not everything could be loaded early", ex);
		}
	}

}
