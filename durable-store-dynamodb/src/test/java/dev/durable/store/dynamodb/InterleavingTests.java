package dev.durable.store.dynamodb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.durable.ExecutionStatus;
import dev.durable.store.ExecutionState;
import dev.durable.store.dynamodb.TwoNodes.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes meet at one execution, each held before any of its requests while the other
 * goes on: in every order one has it at most, somebody finds it, and it can be removed
 * without a trace.
 */
class InterleavingTests {

	private static final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "node");
		thread.setDaemon(true);
		return thread;
	});

	@AfterAll
	static void stopThreads() {
		threads.shutdownNow();
	}

	@ParameterizedTest
	@MethodSource("meetings")
	void executionWhenTwoNodesMeetAtItIsFoundAndRemovedWhole(Meeting meeting) throws Exception {
		String table = LocalDynamoDb.freshTable();
		meet(meeting, table, true);
		if (!meeting.isSymmetric()) {
			meet(meeting, table, false);
		}
	}

	/** Hold the first node before each of its requests, and the second meanwhile. */
	private static void meet(Meeting meeting, String table, boolean hereFirst) throws Exception {
		Held held = new Held(true, true);
		for (int first = 1; held.first(); first++) {
			held = new Held(true, true);
			// before its first request the second has done nothing: once is enough
			for (int second = (first == 1) ? 1 : 2; held.first() && held.second(); second++) {
				held = meet(meeting, new TwoNodes(table), hereFirst, first, second);
			}
		}
	}

	/**
	 * Hold the first, hold the second, let the first come to its end, then the second.
	 */
	private static Held meet(Meeting meeting, TwoNodes nodes, boolean hereFirst, int first, int second)
			throws Exception {
		meeting.before().accept(nodes);
		Run here = new Run(nodes.here(), meeting.here());
		Run there = new Run(nodes.there(), meeting.there());
		Run begins = hereFirst ? here : there;
		Run follows = hereFirst ? there : here;
		try {
			Held held = new Held(begins.isHeldBefore(first), follows.isHeldBefore(second));
			begins.toItsEnd();
			follows.toItsEnd();
			meeting.after().accept(nodes, here.result.join(), there.result.join());
			Aftermath.isSound(nodes);
			return held;
		}
		catch (AssertionError ex) {
			throw new AssertionError("%s: %s was held before its request %d, then the other before its request %d"
				.formatted(meeting, hereFirst ? "the first" : "the second", first, second), ex);
		}
	}

	static Stream<Meeting> meetings() {
		return Stream.of(
				meeting("Falls asleep / is claimed", owned(), (node) -> node.update(2, node.due()), Node::claim)
					.and(InterleavingTests::isTakenOnce),
				meeting("Is claimed / is claimed", due(), Node::claim, Node::claim).symmetric()
					.and(InterleavingTests::isTakenOnce),
				meeting("Is claimed and ends / is claimed", due(), (node) -> node.claim() && node.end(2), Node::claim)
					.and(InterleavingTests::isTakenOnce),
				meeting("Ends / is claimed as abandoned", owned(), (node) -> node.end(2), Node::claimAbandoned),
				meeting("Falls asleep / is stopped", owned(), (node) -> node.update(2, node.due()),
						(node) -> node.stop(2))
					.and((nodes, slept, stopped) -> {
						assertThat(slept).isNotEqualTo(stopped);
						assertThat(state(nodes).status())
							.isEqualTo(stopped ? ExecutionStatus.STOPPED : ExecutionStatus.RUNNING);
					}),
				meeting("Is claimed / is stopped", due(), Node::claim, (node) -> node.stop(2)).and((nodes, claimed,
						stopped) -> assertThat(state(nodes).status()).isEqualTo(ExecutionStatus.STOPPED)),
				meeting("Is released / is claimed as abandoned", owned(), (node) -> node.release(node.due()),
						Node::claimAbandoned)
					.and((nodes, released, claimed) -> assertThat(released).isNotEqualTo(claimed)),
				meeting("Falls asleep / is claimed as abandoned", owned(), (node) -> node.update(2, node.due()),
						Node::claimAbandoned),
				meeting("Sleeps till a signal comes / is claimed for it", owned(),
						(node) -> node.update(2, ExecutionState.sleeping(null)),
						(node) -> node.signal() && node.claim())
					.and(InterleavingTests::isTakenOnce),
				meeting("Is to be tried again / is stopped", blocked(), Node::retryBlocked, (node) -> node.stop(2))
					.and((nodes, retried, stopped) -> assertThat(state(nodes).status())
						.isEqualTo(ExecutionStatus.STOPPED)),
				meeting("Is tried again / is claimed as abandoned and blocked again", blocked(),
						(node) -> node.retryBlocked() && node.claim() && node.release(node.due()),
						(node) -> node.claimAbandoned() && node.release(node.blocked())),
				meeting("Is removed / is removed", ended(), Node::delete, Node::delete).symmetric(),
				meeting("Is removed / starts anew and goes on", ended(), Node::delete,
						(node) -> node.startOwned() && node.step(2) && node.step(3))
					.and(InterleavingTests::isThereIfStarted),
				meeting("Is removed / is removed and starts anew", ended(), Node::delete,
						(node) -> node.delete() && node.startOwned() && node.step(2))
					.and(InterleavingTests::isThereIfStarted),
				meeting("Was stopped, is removed / is removed and starts anew", stopped(), Node::delete,
						(node) -> node.delete() && node.startOwned() && node.step(2))
					.and(InterleavingTests::isThereIfStarted),
				meeting("Is claimed / is removed and starts anew", ended(), Node::claim,
						(node) -> node.delete() && node.startDue()),
				meeting("Is claimed and removed / starts anew", ended(), (node) -> node.claim() || node.delete(),
						Node::startDue),
				meeting("Is claimed as abandoned and removed / starts anew", ended(),
						(node) -> node.claimAbandoned() || node.delete(), Node::startOwned),
				meeting("Is removed / its owner comes late", ended(), Node::delete, (node) -> node.lateStep(3))
					.and((nodes, removed, late) -> assertThat(late).isFalse()),
				meeting("Is removed / its owner comes later", ended(), Node::delete, (node) -> node.lateStep(2))
					.and((nodes, removed, late) -> assertThat(late).isFalse()));
	}

	private static Meeting meeting(String name, Consumer<TwoNodes> before, Predicate<Node> here,
			Predicate<Node> there) {
		return new Meeting(name, before, here, there, (nodes, first, second) -> {
		}, false);
	}

	private static Consumer<TwoNodes> owned() {
		return (nodes) -> nodes.here().startOwned();
	}

	private static Consumer<TwoNodes> due() {
		return (nodes) -> nodes.here().startDue();
	}

	private static Consumer<TwoNodes> blocked() {
		return (nodes) -> nodes.here().start(nodes.here().blocked());
	}

	private static Consumer<TwoNodes> ended() {
		return (nodes) -> {
			Node other = nodes.third();
			other.startOwned();
			other.step(2);
			other.end(3);
		};
	}

	/** By a node that did not own it, so that its head says so. */
	private static Consumer<TwoNodes> stopped() {
		return (nodes) -> {
			nodes.third().startDue();
			nodes.third().stop(2);
		};
	}

	private static void isTakenOnce(TwoNodes nodes, boolean first, boolean second) {
		assertThat(nodes.claims()).isLessThanOrEqualTo(1);
	}

	private static void isThereIfStarted(TwoNodes nodes, boolean removed, boolean started) {
		assertThat(nodes.third().store().find(nodes.execution()).isPresent()).as("Is there, as it started")
			.isEqualTo(started);
	}

	private static ExecutionState state(TwoNodes nodes) {
		return nodes.third().store().find(nodes.execution()).orElseThrow().state();
	}

	/** What must hold before anybody looks again. */
	@FunctionalInterface
	private interface Check {

		void accept(TwoNodes nodes, boolean here, boolean there);

	}

	/** Who was held before its request, and not through before it came to that. */
	private record Held(boolean first, boolean second) {

	}

	/** What two nodes do about an execution. */
	private record Meeting(String name, Consumer<TwoNodes> before, Predicate<Node> here, Predicate<Node> there,
			Check after, boolean isSymmetric) {

		Meeting and(Check check) {
			return new Meeting(this.name, this.before, this.here, this.there, check, this.isSymmetric);
		}

		Meeting symmetric() {
			return new Meeting(this.name, this.before, this.here, this.there, this.after, true);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** One node at work, on a thread of its own. */
	private static final class Run {

		private final CompletableFuture<Boolean> result = new CompletableFuture<>();

		private final Node node;

		private final Predicate<Node> work;

		private Run(Node node, Predicate<Node> work) {
			this.node = node;
			this.work = work;
		}

		private boolean isHeldBefore(int request) throws Exception {
			CompletableFuture<Boolean> held = this.node.client().haltBefore(request);
			threads.execute(() -> {
				try {
					this.result.complete(this.work.test(this.node));
				}
				catch (Throwable ex) {
					this.result.completeExceptionally(ex);
				}
			});
			CompletableFuture.anyOf(held, this.result).get(HaltingClient.SECONDS, TimeUnit.SECONDS);
			return held.isDone();
		}

		private void toItsEnd() throws Exception {
			this.node.client().release();
			this.result.get(HaltingClient.SECONDS, TimeUnit.SECONDS);
		}

	}

}
