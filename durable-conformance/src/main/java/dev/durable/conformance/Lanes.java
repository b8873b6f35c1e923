package dev.durable.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;

/**
 * Runs requirements: one when it is asked for, or ahead and as many at once as the host
 * has lanes. Used by one thread.
 */
final class Lanes implements AutoCloseable {

	private final Conformance conformance;

	private final Map<Requirement, CompletableFuture<Verdict>> ahead = new HashMap<>();

	private final @Nullable ExecutorService threads;

	Lanes(Conformance conformance, List<Requirement> requirements) {
		this.conformance = conformance;
		this.threads = (conformance.lanes() > 1) ? Executors.newFixedThreadPool(conformance.lanes()) : null;
		if (this.threads != null) {
			for (Requirement requirement : requirements) {
				this.ahead.put(requirement,
						CompletableFuture.supplyAsync(() -> conformance.run(requirement), this.threads));
			}
		}
	}

	/** Return what a requirement has shown, once it has. */
	Verdict verdict(Requirement requirement) {
		CompletableFuture<Verdict> running = this.ahead.get(requirement);
		return (running != null) ? running.join() : this.conformance.run(requirement);
	}

	@Override
	public void close() {
		if (this.threads != null) {
			this.threads.shutdownNow();
		}
		this.conformance.close();
	}

}
