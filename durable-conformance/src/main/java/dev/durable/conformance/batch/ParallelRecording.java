package dev.durable.conformance.batch;

import java.time.Duration;
import java.util.List;

import dev.durable.BatchOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.NestingType;
import dev.durable.ParallelBranch;
import dev.durable.TypeRef;

import org.springframework.stereotype.Component;

/** Parallels that are suspended, or recorded in another way than usual. */
@Component
class ParallelRecording {

	private static final BatchOptions ONE_BY_ONE = BatchOptions.builder().maxConcurrency(1).build();

	private static final BatchOptions FLAT = BatchOptions.builder().maxConcurrency(1).nesting(NestingType.FLAT).build();

	private static final BatchOptions BRANCH_CODEC = BatchOptions.builder()
		.maxConcurrency(1)
		.itemCodec(Codecs.ENVELOPE)
		.build();

	private final DurableContext durable;

	ParallelRecording(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "8-12")
	List<String> flat() {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of((child) -> produce("fa")),
				ParallelBranch.of((child) -> produce("fb")));
		return this.durable.parallel("flat", branches, TypeRef.of(String.class), FLAT).results();
	}

	@DurableFunction(name = "8-14")
	List<String> waitInBranch() {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of((child) -> produce("b0")),
				ParallelBranch.of((child) -> {
					child.wait("pause", Duration.ofSeconds(2));
					return "b1";
				}));
		return this.durable.parallel("replay", branches, TypeRef.of(String.class), ONE_BY_ONE).results();
	}

	@DurableFunction(name = "8-15")
	List<String> branchCodec() {
		List<ParallelBranch<String>> branches = List.of(ParallelBranch.of((child) -> "x"),
				ParallelBranch.of((child) -> "y"));
		return this.durable.parallel("serde", branches, TypeRef.of(String.class), BRANCH_CODEC).results();
	}

	@DurableStep(name = "produce")
	String produce(String result) {
		return result;
	}

}
