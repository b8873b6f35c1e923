package dev.durable.store.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.durable.BatchResult;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.ParallelBranch;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.engine.FunctionBody;
import dev.durable.engine.FunctionDefinition;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many branches: all of them end, on no more threads than were allowed. */
class FanOutScaleTests {

	private static final int RUNNING = 16;

	private static final int PARKED = 32;

	private final VirtualTime time = new VirtualTime();

	private final MemoryCheckpointStore data = new MemoryCheckpointStore(this.time);

	private final QuietExecutor threads = new QuietExecutor();

	private final Peak peak = new Peak();

	private ExecutionHandle<Object> run(FunctionBody body) {
		FunctionDefinition function = new FunctionDefinition(new FunctionVersion("fan-out", "1"), Object.class,
				Object.class, null, body);
		EmbeddedEngine engine = EmbeddedEngine.builder(this.data, this.data, new JacksonPayloadCodec())
			.functions(() -> List.of(function))
			.settings(EngineSettings.defaults().withBranches(RUNNING, PARKED))
			.executor(this.threads)
			.taskDecorator(this.peak::counted)
			.timers(this.time)
			.build();
		engine.start();
		ExecutionHandle<Object> handle = engine.client().function("fan-out").start(null);
		this.threads.awaitQuiet();
		for (int i = 0; i < 1_000 && handle.status() == ExecutionStatus.RUNNING; i++) {
			this.time.advanceToNext();
			this.threads.awaitQuiet();
		}
		assertThat(handle.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
		engine.stop();
		return handle;
	}

	@Test
	void parallelOfAThousandBranchesThatWaitEndsOnBoundedThreads() {
		int count = 1_000;
		AtomicInteger steps = new AtomicInteger();
		ExecutionHandle<Object> handle = run((context, input) -> {
			List<ParallelBranch<Integer>> branches = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				int number = i;
				branches.add(ParallelBranch.of("branch-" + i, (child) -> {
					child.wait("pause", Duration.ofMinutes(1));
					return child.step("work", Integer.class, (step) -> {
						steps.incrementAndGet();
						return number;
					});
				}));
			}
			BatchResult<Integer> result = context.parallel("parallel", branches, Integer.class);
			assertThat(result.results()).isEqualTo(IntStream.range(0, count).boxed().toList());
			return result.successCount();
		});
		assertThat(handle.result(Duration.ZERO)).isEqualTo(count);
		assertThat(steps).hasValue(count);
		assertThat(handle.history()).filteredOn((event) -> event.type() == EventType.WAIT_SUCCEEDED).hasSize(count);
		assertThat(this.peak.most()).isBetween(PARKED, RUNNING + PARKED);
	}

	@Test
	void mapOverTenThousandItemsEndsOnBoundedThreads() {
		int count = 10_000;
		AtomicInteger steps = new AtomicInteger();
		List<Integer> items = IntStream.range(0, count).boxed().toList();
		ExecutionHandle<Object> handle = run((context, input) -> {
			BatchResult<Integer> result = context.map("map", items, Integer.class,
					(child, item, index) -> child.step("work", Integer.class, (step) -> {
						steps.incrementAndGet();
						return item + 1;
					}));
			assertThat(result.results()).isEqualTo(IntStream.rangeClosed(1, count).boxed().toList());
			// the result is large, so the resume after this rebuilds it from the branches
			context.wait("pause", Duration.ofMinutes(1));
			return result.successCount();
		});
		assertThat(handle.result(Duration.ZERO)).isEqualTo(count);
		assertThat(steps).hasValue(count);
		assertThat(this.peak.most()).isBetween(1, RUNNING);
	}

	/** Counts how many branches are on threads at once, running or blocked. */
	private static final class Peak {

		private final AtomicInteger now = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		Runnable counted(Runnable task) {
			return () -> {
				this.most.accumulateAndGet(this.now.incrementAndGet(), Math::max);
				try {
					task.run();
				}
				finally {
					this.now.decrementAndGet();
				}
			};
		}

		int most() {
			return this.most.get();
		}

	}

}
