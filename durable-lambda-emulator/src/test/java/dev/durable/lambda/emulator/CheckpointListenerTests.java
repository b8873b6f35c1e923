package dev.durable.lambda.emulator;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.OperationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A function dies at its checkpoints: before one is recorded, or before its reply is
 * sent.
 */
class CheckpointListenerTests {

	private final Puppet puppet = new Puppet();

	@Test
	void functionWhenItIsKilledBeforeTheRecordHasRecordedNothing() {
		List<CheckpointCall> recorded = Collections.synchronizedList(new ArrayList<>());
		Puppet.Invocation second = killedAtItsFirst(new CheckpointListener() {

			@Override
			public void received(CheckpointCall call) {
				if (call.number() == 1) {
					call.caller().kill();
				}
			}

			@Override
			public void recorded(CheckpointCall call) {
				recorded.add(call);
			}

		});
		assertThat(second.operations()).hasSize(1);
		assertThat(recorded).isEmpty();
	}

	@Test
	void functionWhenItIsKilledBeforeTheReplyHasRecordedItsUpdates() {
		List<CheckpointCall> received = Collections.synchronizedList(new ArrayList<>());
		Puppet.Invocation second = killedAtItsFirst(new CheckpointListener() {

			@Override
			public void received(CheckpointCall call) {
				received.add(call);
			}

			@Override
			public void recorded(CheckpointCall call) {
				if (call.number() == 1) {
					call.caller().kill();
				}
			}

		});
		assertThat(second.operations()).extracting((node) -> node.get("Status").stringValue())
			.containsExactly("STARTED", "SUCCEEDED");
		assertThat(received).singleElement().satisfies((call) -> {
			assertThat(call.updates()).isEqualTo(2);
			assertThat(second.arn()).endsWith("/" + call.execution());
		});
	}

	@Test
	void functionWhenItIsKilledAtAnyCheckpointEndsTheSame() {
		int kills = 0;
		while (killedAt(kills + 1)) {
			kills++;
		}
		assertThat(kills).isGreaterThan(6);
	}

	/**
	 * Kill before and after the record of one call; returns whether there was such a
	 * call.
	 */
	private static boolean killedAt(int number) {
		AtomicBoolean before = new AtomicBoolean();
		AtomicBoolean after = new AtomicBoolean();
		CheckpointListener killer = new CheckpointListener() {

			@Override
			public void received(CheckpointCall call) {
				if (call.number() == number && !before.getAndSet(true)) {
					call.caller().kill();
				}
			}

			@Override
			public void recorded(CheckpointCall call) {
				if (call.number() == number + 1 && !after.getAndSet(true)) {
					call.caller().kill();
				}
			}

		};
		AtomicReference<URI> endpoint = new AtomicReference<>();
		try (LambdaEmulator emulator = LambdaEmulator.builder()
			.function(EmulatedFunction.of("order", new OrderFunction(() -> Sdk.client(endpoint.get())))
				.withExecutionTimeout(Duration.ofDays(1)))
			.checkpoints(killer)
			.invocationRetries(5, Duration.ZERO)
			.speed(50)
			.start(); LambdaClient client = Sdk.client(emulator.endpoint())) {
			endpoint.set(emulator.endpoint());
			assertThat(Sdk.awaitEnd(client, Sdk.start(client, "order", "order-1", "\"approved\"")).result())
				.isEqualTo("\"charged, waited, approved\"");
		}
		return before.get();
	}

	private Puppet.Invocation killedAtItsFirst(CheckpointListener listener) {
		try (LambdaEmulator emulator = LambdaEmulator.builder()
			.function("check", this.puppet)
			.checkpoints(listener)
			.invocationRetries(5, Duration.ZERO)
			.start(); LambdaClient client = Sdk.client(emulator.endpoint())) {
			Sdk.start(client, "check", "order-1", "1");
			Puppet.Invocation first = this.puppet.next();
			assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> first.checkpoint(client,
					Sdk.start("s", OperationType.STEP), Sdk.succeed("s", OperationType.STEP)));
			first.awaitInterrupt();
			Puppet.Invocation second = this.puppet.next();
			assertThatExceptionOfType(InvalidParameterValueException.class)
				.isThrownBy(() -> first.checkpoint(client, Sdk.start("t", OperationType.STEP)))
				.withMessageContaining("Invalid Checkpoint Token");
			return second;
		}
	}

}
