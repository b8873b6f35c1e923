package dev.durable.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.durable.lambda.emulator.EmulatedFunction;
import dev.durable.lambda.emulator.JavaCommand;
import dev.durable.lambda.emulator.LambdaEmulator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** The page about the emulator. */
class EmulatorPageTests {

	@Test
	void functionsOfThePageAnswer() {
		RequestStreamHandler handler = new Handler();
		try (LambdaEmulator emulator = LambdaEmulator.builder()
			.function("process-order", handler) // runs in this process
			.function(EmulatedFunction.of("pay", JavaCommand.of(Handler.class.getName()))
				.withTimeout(Duration.ofSeconds(30)))
			.speed(100) // a wait of five seconds takes 50 ms
			.start(); LambdaClient lambda = LocalLambda.client(emulator.endpoint())) {
			InvokeResponse paid = lambda.invoke((request) -> request.functionName("pay")
				.qualifier("1")
				.durableExecutionName("order-42")
				.payload(SdkBytes.fromUtf8String("{}")));
			assertThat(paid.payload().asUtf8String()).isEqualTo("\"done\"");
			assertThat(lambda.invoke((request) -> request.functionName("process-order").qualifier("1"))
				.payload()
				.asUtf8String()).isEqualTo("\"done\"");
		}
	}

	/** A durable function that has no operations. */
	public static final class Handler implements RequestStreamHandler {

		@Override
		public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
			output.write("""
					{"Status":"SUCCEEDED","Result":"\\"done\\""}""".getBytes(StandardCharsets.UTF_8));
		}

	}

}
