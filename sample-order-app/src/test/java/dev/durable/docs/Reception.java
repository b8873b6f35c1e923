package dev.durable.docs;

import java.util.Collection;

import dev.durable.codec.PayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.engine.FunctionDefinition;
import dev.durable.lambda.SqsWakeUps;
import dev.durable.lambda.WakeUpScheduler;
import dev.durable.store.memory.MemoryCheckpointStore;
import software.amazon.awssdk.services.sqs.SqsClient;

/** An engine that leaves the code of executions to a Lambda function. */
final class Reception {

	private Reception() {
	}

	static EmbeddedEngine engine(MemoryCheckpointStore store, PayloadCodec codec, Collection<FunctionDefinition> known,
			SqsClient sqs, String queueUrl) {
		WakeUpScheduler wakeUps = new SqsWakeUps(() -> sqs, queueUrl, store.clock());
		return EmbeddedEngine.builder(store, store, codec)
			.functions(() -> known)
			.whenRunnableElsewhere(wakeUps.whenRunnable(store.clock()))
			.build();
	}

}
