package dev.durable.store.dynamodb;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import dev.durable.EventType;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import org.jspecify.annotations.Nullable;

/**
 * The events of one append as bytes. They are compact, since DynamoDB counts kibibytes: a
 * step with its start takes about 250 bytes and its payload.
 */
final class EventBytes {

	private static final int FORMAT = 1;

	private static final int ABSENT = -1;

	private static final HexFormat HEX = HexFormat.of();

	private EventBytes() {
	}

	static byte[] write(List<Event> events) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeByte(FORMAT);
			out.writeInt(events.size());
			out.writeLong(events.get(0).position());
			String invocation = events.get(0).invocation();
			out.writeUTF(invocation);
			for (Event event : events) {
				write(out, event, invocation);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void write(DataOutputStream out, Event event, String invocation) throws IOException {
		out.writeUTF(event.type().text());
		out.writeUTF(event.invocation().equals(invocation) ? "" : event.invocation());
		out.writeLong(event.timestamp().toEpochMilli());
		OperationRef operation = event.operation();
		out.writeBoolean(operation != null);
		if (operation != null) {
			writeId(out, operation.id());
			writeId(out, operation.parentId());
			writeText(out, operation.name());
			out.writeUTF(operation.subType().text());
		}
		writeBytes(out, bytes(event.content().payload()));
		writeBytes(out, bytes(event.content().error()));
		writeText(out, event.content().details().encode());
	}

	static List<Event> read(byte[] bytes) {
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			int format = in.readByte();
			if (format != FORMAT) {
				throw new IllegalStateException(
						"Events are in format %d and this version reads format %d".formatted(format, FORMAT));
			}
			int size = in.readInt();
			long position = in.readLong();
			String invocation = in.readUTF();
			List<Event> events = new ArrayList<>();
			for (int i = 0; i < size; i++) {
				events.add(read(in, position + i, invocation));
			}
			return events;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Event read(DataInputStream in, long position, String invocation) throws IOException {
		EventType type = EventType.of(in.readUTF());
		String own = in.readUTF();
		Instant timestamp = Instant.ofEpochMilli(in.readLong());
		OperationRef operation = null;
		if (in.readBoolean()) {
			OperationId id = readId(in);
			if (id == null) {
				throw new IllegalStateException("The operation of event %d has no id".formatted(position));
			}
			OperationId parent = readId(in);
			String name = readText(in);
			operation = new OperationRef(id, parent, name, OperationSubType.of(in.readUTF()));
		}
		EventContent content = new EventContent(payload(readBytes(in)), payload(readBytes(in)),
				EventDetails.decode(readText(in)));
		return new Event(position, type, own.isEmpty() ? invocation : own, timestamp, operation, content);
	}

	/** Nearly all ids are hashes in hex, which take half the room as bytes. */
	private static void writeId(DataOutputStream out, @Nullable OperationId id) throws IOException {
		boolean hash = id != null && id.value().matches("[0-9a-f]{64}");
		out.writeBoolean(hash);
		if (hash && id != null) {
			out.write(HEX.parseHex(id.value()));
		}
		else {
			writeText(out, (id != null) ? id.value() : null);
		}
	}

	private static @Nullable OperationId readId(DataInputStream in) throws IOException {
		String value = in.readBoolean() ? HEX.formatHex(in.readNBytes(32)) : readText(in);
		return (value != null) ? new OperationId(value) : null;
	}

	private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
		writeBytes(out, (text != null) ? text.getBytes(StandardCharsets.UTF_8) : null);
	}

	private static @Nullable String readText(DataInputStream in) throws IOException {
		byte[] bytes = readBytes(in);
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	private static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
		out.writeInt((bytes != null) ? bytes.length : ABSENT);
		if (bytes != null) {
			out.write(bytes);
		}
	}

	private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
		int length = in.readInt();
		return (length != ABSENT) ? in.readNBytes(length) : null;
	}

	private static byte @Nullable [] bytes(@Nullable Payload payload) {
		return (payload != null) ? payload.bytes() : null;
	}

	private static @Nullable Payload payload(byte @Nullable [] bytes) {
		return (bytes != null) ? new Payload(bytes) : null;
	}

}
