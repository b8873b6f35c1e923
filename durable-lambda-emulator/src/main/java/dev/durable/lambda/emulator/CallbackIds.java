package dev.durable.lambda.emulator;

/**
 * Callback ids as the service writes them: base64 of the common alphabet, where the
 * engine's are of the one for URLs.
 */
final class CallbackIds {

	private CallbackIds() {
	}

	static String toWire(String id) {
		return id.replace('-', '+').replace('_', '/');
	}

	static String fromWire(String id) {
		return id.replace('+', '-').replace('/', '_').replace("=", "");
	}

}
