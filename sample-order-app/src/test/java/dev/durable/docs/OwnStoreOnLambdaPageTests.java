package dev.durable.docs;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.durable.DurableClient;
import dev.durable.FunctionVersion;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.engine.FunctionDefinition;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** The page about Lambda with a store of one's own. */
class OwnStoreOnLambdaPageTests {

	private final List<SendMessageRequest> sent = new ArrayList<>();

	@Test
	void processThatDoesNotRunExecutionsWakesTheFunctionThatDoes() {
		FunctionDefinition function = new FunctionDefinition(new FunctionVersion("process-order", "1"), String.class,
				String.class, null, (context, input) -> input);
		DurableClient client = Reception
			.engine(new MemoryCheckpointStore(), new JacksonPayloadCodec(), List.of(function), queue(), "orders")
			.client();
		client.function("process-order").start("lamp");
		assertThat(this.sent).singleElement().satisfies((message) -> {
			assertThat(message.queueUrl()).isEqualTo("orders");
			assertThat(message.messageBody()).contains("durable").doesNotContain("lamp");
		});
	}

	@SuppressWarnings("unchecked")
	private SqsClient queue() {
		return (SqsClient) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { SqsClient.class },
				(proxy, method, arguments) -> {
					SendMessageRequest.Builder message = SendMessageRequest.builder();
					((Consumer<SendMessageRequest.Builder>) arguments[0]).accept(message);
					this.sent.add(message.build());
					return SendMessageResponse.builder().build();
				});
	}

}
