package dev.durable.lambda;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionRequest;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link DirectCheckpoints} beside the SDK's client. */
class DirectCheckpointsTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final AwsSessionCredentials CALLER = AwsSessionCredentials.create("key", "secret", "session");

	private static final CheckpointDurableExecutionRequest CHECKPOINT = CheckpointDurableExecutionRequest.builder()
		.durableExecutionArn(FakeService.ARN)
		.checkpointToken("t+/=&1")
		.clientToken("once")
		.updates(
				update("1", "STEP", "RETRY").error(error())
					.stepOptions((step) -> step.nextAttemptDelaySeconds(7))
					.build(),
				update("2", "WAIT", "START").waitOptions((wait) -> wait.waitSeconds(60)).build(),
				update("3", "CALLBACK", "START").callbackOptions((callback) -> callback.timeoutSeconds(5)).build(),
				update("4", "CHAINED_INVOKE", "START").chainedInvokeOptions((invoke) -> invoke.functionName("f:1"))
					.payload("\"grüße \uD83D\uDE00 \\u0001\"")
					.build(),
				update("5", "CONTEXT", "SUCCEED").parentId("4")
					.name("child")
					.contextOptions((context) -> context.replayChildren(true))
					.build())
		.build();

	private static final GetDurableExecutionStateRequest STATE = GetDurableExecutionStateRequest.builder()
		.durableExecutionArn(FakeService.ARN)
		.checkpointToken("t+/=&1")
		.marker("m +%2F")
		.maxItems(1_000)
		.build();

	private static final String OPERATIONS = """
			[{"Id":"1","Type":"STEP","SubType":"Step","Name":"charge","Status":"PENDING","StartTimestamp":1767225600.25,
			"StepDetails":{"Attempt":2,"NextAttemptTimestamp":1767225607,"Error":{"ErrorType":"T","ErrorMessage":"M",
			"ErrorData":"D","StackTrace":["a|b|c|1"]}}},
			{"Id":"2","Type":"WAIT","Status":"STARTED","WaitDetails":{"ScheduledEndTimestamp":1767225660}},
			{"Id":"3","Type":"CALLBACK","Status":"SUCCEEDED","EndTimestamp":1767225601.5,
			"CallbackDetails":{"CallbackId":"c","Result":"\\"yes\\""}},
			{"Id":"4","Type":"CHAINED_INVOKE","Status":"SUCCEEDED","ChainedInvokeDetails":{"Result":"1"}},
			{"Id":"5","ParentId":"4","Type":"CONTEXT","Status":"SUCCEEDED","ContextDetails":{"ReplayChildren":true}}]""";

	private final List<Object> leftToClient = new ArrayList<>();

	private RawService service;

	private LambdaClient client;

	private DirectCheckpoints direct;

	@BeforeEach
	void connect() throws IOException {
		this.service = new RawService();
		this.client = LambdaClient.builder()
			.endpointOverride(this.service.endpoint())
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(StaticCredentialsProvider.create(CALLER))
			.httpClient(UrlConnectionHttpClient.create())
			.build();
		this.direct = new DirectCheckpoints(
				new DirectCheckpoints.Service(this.service.endpoint(), "eu-central-1", CALLER),
				UrlConnectionHttpClient::create, new Left());
	}

	@AfterEach
	void disconnect() {
		this.direct.close();
		this.client.close();
		this.service.close();
	}

	@Test
	void checkpointSendsWhatTheClientSends() throws GeneralSecurityException {
		this.service.answer(200, "{\"CheckpointToken\":\"t2\"}");
		this.client.checkpointDurableExecution(CHECKPOINT);
		this.direct.checkpoint(CHECKPOINT);
		compareRequests();
	}

	@Test
	void stateSendsWhatTheClientSends() throws GeneralSecurityException {
		this.service.answer(200, "{\"Operations\":[]}");
		this.client.getDurableExecutionState(STATE);
		this.direct.state(STATE);
		compareRequests();
	}

	/** The check accepts the client's signature, so it can tell a good one. */
	private void compareRequests() throws GeneralSecurityException {
		RawService.Request theirs = this.service.requests.get(0);
		RawService.Request ours = this.service.requests.get(1);
		assertThat(ours.method()).isEqualTo(theirs.method());
		assertThat(ours.path()).isEqualTo(theirs.path());
		assertThat(ours.sortedQuery()).isEqualTo(theirs.sortedQuery());
		assertThat(ours.headers().get("x-amz-security-token")).isEqualTo(theirs.headers().get("x-amz-security-token"));
		if (theirs.body().length > 0) {
			assertThat(ours.headers().get("content-type")).isEqualTo(theirs.headers().get("content-type"));
		}
		assertThat(JSON.readTree(ours.body())).isEqualTo(JSON.readTree(theirs.body()));
		assertThat(SignatureCheck.isSignedBy("key", "secret", theirs)).isTrue();
		assertThat(SignatureCheck.isSignedBy("key", "secret", ours)).isTrue();
		assertThat(SignatureCheck.isSignedBy("key", "other", ours)).isFalse();
		assertThat(SignatureCheck.target(ours)).isEqualTo(SignatureCheck.target(theirs)).startsWith("eu-central-1/");
	}

	@Test
	void checkpointReadsWhatTheClientReads() {
		this.service.answer(200,
				"{\"CheckpointToken\":\"t2\",\"NewExecutionState\":{\"Operations\":%s,\"NextMarker\":\"m\"}}"
					.formatted(OPERATIONS));
		CheckpointDurableExecutionResponse theirs = this.client.checkpointDurableExecution(CHECKPOINT);
		CheckpointDurableExecutionResponse ours = this.direct.checkpoint(CHECKPOINT);
		assertThat(ours.checkpointToken()).isEqualTo("t2").isEqualTo(theirs.checkpointToken());
		assertThat(ours.newExecutionState().nextMarker()).isEqualTo("m");
		assertThat(ours.newExecutionState().operations()).hasSize(5).isEqualTo(theirs.newExecutionState().operations());
		assertThat(this.leftToClient).isEmpty();
	}

	@Test
	void stateReadsWhatTheClientReads() {
		this.service.answer(200, "{\"Operations\":%s,\"NextMarker\":\"m\"}".formatted(OPERATIONS));
		GetDurableExecutionStateResponse theirs = this.client.getDurableExecutionState(STATE);
		GetDurableExecutionStateResponse ours = this.direct.state(STATE);
		assertThat(ours.operations()).hasSize(5).isEqualTo(theirs.operations());
		assertThat(ours.nextMarker()).isEqualTo("m").isEqualTo(theirs.nextMarker());
		assertThat(this.leftToClient).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "0, ''", "500, {}", "429, {}", "400, {}", "403, {}", "200, ''", "200, not json", "200, []" })
	void callThatDoesNotGoWellIsLeftToTheClientAsItWas(int status, String answer) {
		this.service.answer(status, answer);
		assertThat(this.direct.checkpoint(CHECKPOINT).checkpointToken()).isEqualTo("of the client");
		assertThat(this.direct.state(STATE).nextMarker()).isEqualTo("of the client");
		assertThat(this.leftToClient).containsExactly(CHECKPOINT, STATE);
	}

	@Test
	void callWhenNobodyListensIsLeftToTheClient() {
		this.service.close();
		assertThat(this.direct.checkpoint(CHECKPOINT).checkpointToken()).isEqualTo("of the client");
	}

	/** A newer model of the SDK may have more. */
	@Test
	void requestHasOnlyFieldsThatJsonHas() {
		assertThat(leaves(CheckpointDurableExecutionRequest.builder())).containsOnly(MarshallingType.STRING,
				MarshallingType.INTEGER, MarshallingType.BOOLEAN);
	}

	private static Set<MarshallingType<?>> leaves(SdkPojo model) {
		Set<MarshallingType<?>> types = new HashSet<>();
		model.sdkFields().forEach((field) -> addLeaves(field, types));
		return types;
	}

	private static void addLeaves(SdkField<?> field, Set<MarshallingType<?>> types) {
		if (field.marshallingType() == MarshallingType.SDK_POJO) {
			types.addAll(leaves(field.constructor().get()));
		}
		else if (field.marshallingType() == MarshallingType.LIST) {
			addLeaves(field.getTrait(ListTrait.class).memberFieldInfo(), types);
		}
		else {
			types.add(field.marshallingType());
		}
	}

	@Test
	void secretsAreInNoText() {
		assertThat(new DirectCheckpoints.Service(this.service.endpoint(), "eu-central-1", CALLER).toString())
			.doesNotContain("secret", "session", "key");
	}

	private static OperationUpdate.Builder update(String id, String type, String action) {
		return OperationUpdate.builder().id(id).type(type).action(action);
	}

	private static ErrorObject error() {
		return ErrorObject.builder().errorType("T").errorMessage("M").errorData("D").stackTrace("a|b|c|1").build();
	}

	/** The client that calls are left to. */
	private final class Left implements CheckpointApi {

		@Override
		public CheckpointDurableExecutionResponse checkpoint(CheckpointDurableExecutionRequest request) {
			DirectCheckpointsTests.this.leftToClient.add(request);
			return CheckpointDurableExecutionResponse.builder().checkpointToken("of the client").build();
		}

		@Override
		public GetDurableExecutionStateResponse state(GetDurableExecutionStateRequest request) {
			DirectCheckpointsTests.this.leftToClient.add(request);
			return GetDurableExecutionStateResponse.builder().nextMarker("of the client").build();
		}

	}

}
