package dev.durable.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.function.adapter.aws.FunctionInvoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DurableFunctionInvokerTests {

	private static final String SECRET = "4929-1234-5678-9012";

	private static final String ENVELOPE = """
			{"DurableExecutionArn":"arn:aws:lambda:eu-central-1:123456789012:function:orders:7/durable-execution/o-1/i-1",
			"CheckpointToken":"t","InitialExecutionState":{"Operations":[{"Id":"i-1","Type":"EXECUTION",
			"ExecutionDetails":{"InputPayload":"\\"%s\\""}}]}}"""
		.formatted(SECRET);

	private static final String API_GATEWAY = """
			{"resource":"/shout","path":"/shout","httpMethod":"POST","headers":{"Accept":"*/*","X-Id":"7"},
			"multiValueHeaders":{"Accept":["*/*"]},"queryStringParameters":{"a":"b"},
			"requestContext":{"stage":"Prod"},"body":"hello","isBase64Encoded":false}""";

	private static final String API_GATEWAY_2 = """
			{"version":"2.0","routeKey":"$default","rawPath":"/shout","headers":{"accept":"*/*"},
			"requestContext":{"http":{"method":"POST"}},"body":"hello","isBase64Encoded":false}""";

	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

	@BeforeEach
	void begin() {
		System.setProperty("MAIN_CLASS", InvokedApplication.class.getName());
		InvokedApplication.LOG.clear();
		this.logged.start();
		root().addAppender(this.logged);
	}

	@AfterEach
	void end() {
		System.clearProperty("MAIN_CLASS");
		System.clearProperty("spring.cloud.function.definition");
		root().detachAppender(this.logged);
	}

	private static Logger root() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		root.setLevel(Level.INFO);
		return root;
	}

	@ParameterizedTest
	@ValueSource(strings = { "echo", "shout" })
	void ordinaryEventReachesTheFunctionAsWithoutUs(String function) throws IOException {
		System.setProperty("spring.cloud.function.definition", function);
		RequestStreamHandler theirs = new FunctionInvoker();
		RequestStreamHandler ours = new DurableFunctionInvoker();
		for (String event : List.of("{\"name\":\"Ada\",\"nested\":{\"a\":[1,2,{\"b\":null}]}}", API_GATEWAY,
				API_GATEWAY_2, "{\"headers\":{\"k\":\"v\"},\"payload\":{\"x\":1}}")) {
			assertThat(withoutIds(answer(ours, event))).as(event).isEqualTo(withoutIds(answer(theirs, event)));
		}
		assertThat(InvokedApplication.LOG).contains("before", "after");
	}

	@Test
	void durableEventGoesToTheApplicationsBeanAndToNoLog() throws IOException {
		System.setProperty("spring.cloud.function.definition", "echo");
		assertThat(answer(new DurableFunctionInvoker(), "{\"wake-up\":\"%s\"}".formatted(SECRET)))
			.isEqualTo("\"done\"");
		assertThat(this.logged.list).extracting(ILoggingEvent::getFormattedMessage)
			.isNotEmpty()
			.noneMatch((message) -> message.contains(SECRET));
	}

	@Test
	void durableEventWhenItFailsLetsTheServiceTryAgain() {
		System.setProperty("spring.cloud.function.definition", "echo");
		RequestStreamHandler handler = new DurableFunctionInvoker();
		assertThatExceptionOfType(InvokedApplication.LambdaTestException.class)
			.isThrownBy(() -> answer(handler, "{\"wake-up\":\"fail\"}"));
	}

	@Test
	void envelopeWhenTheApplicationIsNotMadeForItIsRefusedAndNotLogged() {
		System.setProperty("spring.cloud.function.definition", "echo");
		RequestStreamHandler handler = new DurableFunctionInvoker();
		assertThatIllegalStateException().isThrownBy(() -> answer(handler, ENVELOPE))
			.withMessageContaining("durable.store.type=lambda");
		assertThat(this.logged.list).extracting(ILoggingEvent::getFormattedMessage)
			.noneMatch((message) -> message.contains(SECRET));
	}

	@Test
	void durableEventOnAThreadOfTheRuntimeSeesTheApplicationsClasses() throws Exception {
		System.setProperty("spring.cloud.function.definition", "echo");
		RequestStreamHandler handler = new DurableFunctionInvoker();
		try (URLClassLoader foreign = new URLClassLoader(new URL[0], null)) {
			CompletableFuture<String> answer = new CompletableFuture<>();
			Thread thread = new Thread(() -> answer.completeAsync(() -> answerUnchecked(handler), Runnable::run));
			thread.setContextClassLoader(foreign);
			thread.start();
			assertThat(answer.get()).isEqualTo("\"done\"");
			assertThat(InvokedApplication.LOG)
				.containsExactly("handled by " + DurableFunctionInvoker.class.getClassLoader());
			thread.join();
		}
	}

	/** Each message has an id and a time of its own. */
	private static String withoutIds(String answer) {
		return answer.replaceAll("\"(id|timestamp)\":\"[-0-9a-f]+\"", "");
	}

	private static String answerUnchecked(RequestStreamHandler handler) {
		try {
			return answer(handler, "{\"wake-up\":1}");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String answer(RequestStreamHandler handler, String event) throws IOException {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output,
				FakeContext.with(Duration.ofSeconds(30)));
		return output.toString(StandardCharsets.UTF_8);
	}

}
