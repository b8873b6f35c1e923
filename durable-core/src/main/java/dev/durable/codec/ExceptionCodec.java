package dev.durable.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import dev.durable.DurableOperationException;
import dev.durable.ErrorObject;
import org.jspecify.annotations.Nullable;

/**
 * Describes exceptions by class, message and own properties, and rebuilds those whose
 * class is allowed. Thread-safe.
 * <p>
 * An exception without fields of its own is rebuilt by its constructor. One with fields
 * must survive a round trip through the payload codec unchanged; otherwise it is not
 * rebuilt, rather than being rebuilt with fields missing.
 */
public final class ExceptionCodec implements ErrorCodec {

	/** Keeps a described error below AWS's 32,768 bytes. */
	private static final int MAX_TEXT = 4_000;

	private static final int MAX_DATA = 8_000;

	private static final String BASE64 = "base64:";

	private static final int MAX_FRAMES = 40;

	private static final int MAX_FRAME = 256;

	private static final List<String> ALWAYS_ALLOWED = List.of("java.", "javax.", "jakarta.", "dev.durable.");

	private final PayloadCodec codec;

	private final Predicate<String> allowed;

	private final ClassLoader classLoader;

	/**
	 * Create the codec.
	 * @param codec writes descriptions and the exceptions' own properties
	 * @param allowed tells by class name which exceptions may be rebuilt, beside those of
	 * the JDK and of this project
	 * @param classLoader finds their classes
	 */
	public ExceptionCodec(PayloadCodec codec, Predicate<String> allowed, ClassLoader classLoader) {
		this.codec = codec;
		this.allowed = allowed;
		this.classLoader = classLoader;
	}

	@Override
	public ErrorObject describe(Throwable error) {
		List<String> frames = Arrays.stream(error.getStackTrace())
			.limit(MAX_FRAMES)
			.map(ExceptionCodec::frame)
			.filter((frame) -> frame.length() <= MAX_FRAME)
			.toList();
		return new ErrorObject(error.getClass().getName(), shorten(message(error)), data(error), frames);
	}

	/** An exception that cannot tell its message must not hide that it was thrown. */
	private static @Nullable String message(Throwable error) {
		try {
			return error.getMessage();
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	@Override
	public @Nullable Throwable rebuild(ErrorObject error) {
		Class<? extends Throwable> type = type(error.errorType());
		if (type == null) {
			return null;
		}
		Throwable rebuilt = rebuild(type, error);
		if (rebuilt == null || rebuilt.getClass() != type
				|| !Objects.equals(rebuilt.getMessage(), error.errorMessage())) {
			return null;
		}
		rebuilt.setStackTrace(error.stackTrace().stream().map(ExceptionCodec::frame).toArray(StackTraceElement[]::new));
		return rebuilt;
	}

	@Override
	public Payload encode(ErrorObject error) {
		return this.codec.encode(error, ErrorObject.class);
	}

	@Override
	public ErrorObject decode(Payload payload) {
		ErrorObject error = (ErrorObject) this.codec.decode(payload, ErrorObject.class);
		return Objects.requireNonNull(error, "A recorded error must not be null");
	}

	private @Nullable String data(Throwable error) {
		try {
			Payload data = null;
			if (error instanceof DurableOperationException durable) {
				data = encode(durable.error());
			}
			else if (type(error.getClass().getName()) != null && hasFields(error.getClass())) {
				data = this.codec.encode(error, error.getClass());
			}
			String text = (data != null) ? toText(data) : null;
			return (text != null && text.length() <= MAX_DATA) ? text : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/** Data is text: what a binary codec wrote is told in base64. */
	private static String toText(Payload data) {
		String text = data.text();
		return (!text.startsWith(BASE64) && Payload.ofText(text).equals(data)) ? text
				: BASE64 + Base64.getEncoder().encodeToString(data.bytes());
	}

	private static Payload fromText(String data) {
		return data.startsWith(BASE64) ? new Payload(Base64.getDecoder().decode(data.substring(BASE64.length())))
				: Payload.ofText(data);
	}

	private @Nullable Class<? extends Throwable> type(String name) {
		if (ALWAYS_ALLOWED.stream().noneMatch(name::startsWith) && !this.allowed.test(name)) {
			return null;
		}
		try {
			Class<?> type = Class.forName(name, false, this.classLoader);
			return Throwable.class.isAssignableFrom(type) ? type.asSubclass(Throwable.class) : null;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	private @Nullable Throwable rebuild(Class<? extends Throwable> type, ErrorObject error) {
		try {
			if (DurableOperationException.class.isAssignableFrom(type)) {
				return (error.errorData() != null) ? type.getConstructor(String.class, ErrorObject.class)
					.newInstance(error.errorMessage(), decode(fromText(error.errorData()))) : null;
			}
			return hasFields(type) ? fromData(type, error) : fromMessage(type, error.errorMessage());
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			return null;
		}
	}

	private @Nullable Throwable fromData(Class<? extends Throwable> type, ErrorObject error) {
		if (error.errorData() == null) {
			return null;
		}
		Throwable rebuilt = (Throwable) this.codec.decode(fromText(error.errorData()), type);
		boolean complete = rebuilt != null && this.codec.encode(rebuilt, type).equals(fromText(error.errorData()));
		return complete ? rebuilt : null;
	}

	private static @Nullable Throwable fromMessage(Class<? extends Throwable> type, @Nullable String message)
			throws ReflectiveOperationException {
		for (Class<?>[] parameters : List.of(new Class<?>[] { String.class },
				new Class<?>[] { String.class, Throwable.class }, new Class<?>[] { Object.class }, new Class<?>[0])) {
			Constructor<? extends Throwable> constructor = constructor(type, parameters);
			if (constructor != null) {
				@Nullable Object[] arguments = new Object[parameters.length];
				if (arguments.length > 0) {
					arguments[0] = message;
				}
				return constructor.newInstance(arguments);
			}
		}
		return null;
	}

	private static @Nullable Constructor<? extends Throwable> constructor(Class<? extends Throwable> type,
			Class<?>[] parameters) {
		try {
			Constructor<? extends Throwable> constructor = type.getDeclaredConstructor(parameters);
			return (Modifier.isPublic(constructor.getModifiers()) && Modifier.isPublic(type.getModifiers())
					|| constructor.trySetAccessible()) ? constructor : null;
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

	private static boolean hasFields(Class<?> type) {
		for (Class<?> current = type; current != Throwable.class
				&& current != null; current = current.getSuperclass()) {
			if (Arrays.stream(current.getDeclaredFields())
				.anyMatch((field) -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable String shorten(@Nullable String text) {
		if (text == null || text.length() <= MAX_TEXT) {
			return text;
		}
		// Half a character cannot be written.
		int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 2)) ? MAX_TEXT - 2 : MAX_TEXT - 1;
		return text.substring(0, end) + "…";
	}

	private static String frame(StackTraceElement frame) {
		return "%s|%s|%s|%d".formatted(frame.getClassName(), frame.getMethodName(),
				Objects.toString(frame.getFileName(), ""), frame.getLineNumber());
	}

	private static StackTraceElement frame(String text) {
		String[] parts = text.split("\\|", -1);
		return new StackTraceElement(parts[0], parts[1], parts[2].isEmpty() ? null : parts[2],
				Integer.parseInt(parts[3]));
	}

}
