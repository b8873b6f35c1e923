package dev.durable.store.tck;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.durable.codec.PayloadUnavailableException;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadStore;

/** Keeps payloads in this object, counts, and can be out of reach. Thread-safe. */
final class MemoryPayloadStore implements PayloadStore {

	final Map<PayloadOwner, Map<String, byte[]>> contents = new ConcurrentHashMap<>();

	final AtomicInteger puts = new AtomicInteger();

	final AtomicInteger gets = new AtomicInteger();

	/** How many of the next puts fail. */
	final AtomicInteger failingPuts = new AtomicInteger();

	/** How many of the next gets fail. */
	final AtomicInteger failingGets = new AtomicInteger();

	@Override
	public void put(PayloadOwner owner, String key, byte[] content) {
		reach(this.failingPuts);
		this.puts.incrementAndGet();
		this.contents.computeIfAbsent(owner, (any) -> new ConcurrentHashMap<>()).putIfAbsent(key, content);
	}

	@Override
	public Optional<byte[]> get(PayloadOwner owner, String key) {
		reach(this.failingGets);
		this.gets.incrementAndGet();
		return Optional.ofNullable(this.contents.getOrDefault(owner, Map.of()).get(key));
	}

	@Override
	public void deleteAll(PayloadOwner owner) {
		this.contents.remove(owner);
	}

	private static void reach(AtomicInteger failures) {
		if (failures.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			throw new PayloadUnavailableException("The payload store is out of reach", null);
		}
	}

}
