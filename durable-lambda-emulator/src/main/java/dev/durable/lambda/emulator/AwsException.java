package dev.durable.lambda.emulator;

import org.jspecify.annotations.Nullable;

/** A refusal as the service words it, from which SDKs make their modelled exceptions. */
final class AwsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	AwsException(Kind kind, String message) {
		this(kind, message, null);
	}

	AwsException(Kind kind, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	static AwsException invalid(String message, Object... values) {
		return new AwsException(Kind.INVALID_PARAMETER, message.formatted(values));
	}

	/** Every use of a token that is not the newest of a running invocation. */
	static AwsException invalidToken() {
		return invalid("Invalid Checkpoint Token");
	}

	static AwsException notFound(String message, Object... values) {
		return new AwsException(Kind.NOT_FOUND, message.formatted(values));
	}

	Kind kind() {
		return this.kind;
	}

	String text() {
		return String.valueOf(getMessage());
	}

	/** The modelled exceptions that the emulator throws. */
	enum Kind {

		/** A parameter has a value that is not allowed. */
		INVALID_PARAMETER("InvalidParameterValueException", 400, "message"),

		/** The body is no JSON. */
		INVALID_CONTENT("InvalidRequestContentException", 400, "message"),

		/** The callback has ended. */
		CALLBACK_TIMEOUT("CallbackTimeoutException", 400, "Message"),

		/** The caller may not do this. */
		ACCESS_DENIED("AccessDeniedException", 403, "message"),

		/** There is no such function, execution or callback. */
		NOT_FOUND("ResourceNotFoundException", 404, "Message"),

		/** The name is taken by an execution with another input. */
		ALREADY_STARTED("DurableExecutionAlreadyStartedException", 409, "Message"),

		/** The payload is too large. */
		TOO_LARGE("RequestTooLargeException", 413, "message"),

		/** The emulator failed. */
		SERVICE("ServiceException", 500, "Message");

		private final String code;

		private final int status;

		private final String messageMember;

		Kind(String code, int status, String messageMember) {
			this.code = code;
			this.status = status;
			this.messageMember = messageMember;
		}

		String code() {
			return this.code;
		}

		int status() {
			return this.status;
		}

		/** Who is to blame, as AWS tells it. */
		String type() {
			return (this.status < 500) ? "User" : "Service";
		}

		/** The member of the body that holds the message: the model has two spellings. */
		String messageMember() {
			return this.messageMember;
		}

	}

}
