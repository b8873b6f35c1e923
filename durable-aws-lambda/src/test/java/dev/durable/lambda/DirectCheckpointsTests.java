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
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link DirectCheckpoints} beside the SDK's client. */
class DirectCheckpointsTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final AwsSessionCredentials CALLER = AwsSessionCredentials.create("key", "secret", "session");

	private static final ObjectNode CHECKPOINT = (ObjectNode) JSON.readTree(
			"""
					{"CheckpointToken":"t+/=&1","ClientToken":"once","Updates":[
					{"Id":"1","Type":"STEP","Action":"RETRY","StepOptions":{"NextAttemptDelaySeconds":7},
					"Error":{"ErrorType":"T","ErrorMessage":"M","ErrorData":"D","StackTrace":["a|b|c|1"]}},
					{"Id":"2","Type":"WAIT","Action":"START","WaitOptions":{"WaitSeconds":60}},
					{"Id":"3","Type":"CALLBACK","Action":"START","CallbackOptions":{"TimeoutSeconds":5,"HeartbeatTimeoutSeconds":0}},
					{"Id":"4","Type":"CHAINED_INVOKE","Action":"START","Payload":"\\"grüße \uD83D\uDE00 \\\\u0001\\"",
					"ChainedInvokeOptions":{"FunctionName":"f:1","TenantId":"t"}},
					{"Id":"5","ParentId":"4","Name":"child","Type":"CONTEXT","SubType":"RunInChildContext","Action":"SUCCEED",
					"ContextOptions":{"ReplayChildren":true}}]}""");

	private static final CheckpointApi.Page PAGE = new CheckpointApi.Page("t+/=&1", "m +%2F", 1_000);

	private static final String OPERATIONS = """
			[{"Id":"1","Type":"STEP","SubType":"Step","Name":"charge","Status":"PENDING","StartTimestamp":1767225600.250,
			"StepDetails":{"Attempt":2,"NextAttemptTimestamp":1767225607.000,"Error":{"ErrorType":"T","ErrorMessage":"M",
			"ErrorData":"D","StackTrace":["a|b|c|1"]}}},
			{"Id":"2","Type":"WAIT","Status":"STARTED","WaitDetails":{"ScheduledEndTimestamp":1767225660.000}},
			{"Id":"3","Type":"CALLBACK","Status":"SUCCEEDED","EndTimestamp":1767225601.500,
			"CallbackDetails":{"CallbackId":"c","Result":"\\"yes\\""}},
			{"Id":"4","Type":"CHAINED_INVOKE","Status":"SUCCEEDED","ChainedInvokeDetails":{"Result":"1"}},
			{"Id":"5","ParentId":"4","Type":"CONTEXT","Status":"SUCCEEDED","ContextDetails":{"ReplayChildren":true}},
			{"Id":"e","Type":"EXECUTION","Status":"STARTED","ExecutionDetails":{"InputPayload":"{}"}}]""";

	private static final JsonNode OF_THE_CLIENT = JSON.readTree("{\"NextMarker\":\"of the client\"}");

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
		CheckpointApi.of(() -> this.client).checkpoint(FakeService.ARN, CHECKPOINT);
		this.direct.checkpoint(FakeService.ARN, CHECKPOINT);
		compareRequests();
		assertThat(JSON.readTree(this.service.requests.get(0).body())).isEqualTo(CHECKPOINT);
	}

	@Test
	void stateSendsWhatTheClientSends() throws GeneralSecurityException {
		this.service.answer(200, "{\"Operations\":[]}");
		CheckpointApi.of(() -> this.client).state(FakeService.ARN, PAGE);
		this.direct.state(FakeService.ARN, PAGE);
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
		String answer = "{\"CheckpointToken\":\"t2\",\"NewExecutionState\":{\"Operations\":%s,\"NextMarker\":\"m\"}}"
			.formatted(OPERATIONS);
		this.service.answer(200, answer);
		JsonNode theirs = CheckpointApi.of(() -> this.client).checkpoint(FakeService.ARN, CHECKPOINT);
		JsonNode ours = this.direct.checkpoint(FakeService.ARN, CHECKPOINT);
		assertThat(ours).isEqualTo(JSON.readTree(theirs.toString())).isEqualTo(JSON.readTree(answer));
		assertThat(this.leftToClient).isEmpty();
	}

	@Test
	void stateReadsWhatTheClientReads() {
		String answer = "{\"Operations\":%s,\"NextMarker\":\"m\"}".formatted(OPERATIONS);
		this.service.answer(200, answer);
		JsonNode theirs = CheckpointApi.of(() -> this.client).state(FakeService.ARN, PAGE);
		JsonNode ours = this.direct.state(FakeService.ARN, PAGE);
		assertThat(ours).isEqualTo(JSON.readTree(theirs.toString())).isEqualTo(JSON.readTree(answer));
		assertThat(this.leftToClient).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "0, ''", "500, {}", "429, {}", "400, {}", "403, {}", "200, ''", "200, not json", "200, []" })
	void callThatDoesNotGoWellIsLeftToTheClientAsItWas(int status, String answer) {
		this.service.answer(status, answer);
		assertThat(this.direct.checkpoint(FakeService.ARN, CHECKPOINT)).isEqualTo(OF_THE_CLIENT);
		assertThat(this.direct.state(FakeService.ARN, PAGE)).isEqualTo(OF_THE_CLIENT);
		assertThat(this.leftToClient).containsExactly(FakeService.ARN, CHECKPOINT, FakeService.ARN, PAGE);
	}

	@Test
	void callWhenNobodyListensIsLeftToTheClient() {
		this.service.close();
		assertThat(this.direct.checkpoint(FakeService.ARN, CHECKPOINT)).isEqualTo(OF_THE_CLIENT);
	}

	/** A newer model of the SDK may have more. */
	@Test
	void modelHasOnlyFieldsThatAreReadAndWritten() {
		assertThat(leaves(CheckpointDurableExecutionRequest.builder())).containsOnly(MarshallingType.STRING,
				MarshallingType.INTEGER, MarshallingType.BOOLEAN);
		Set<MarshallingType<?>> answers = leaves(CheckpointDurableExecutionResponse.builder());
		answers.addAll(leaves(GetDurableExecutionStateResponse.builder()));
		assertThat(answers).containsOnly(MarshallingType.STRING, MarshallingType.INTEGER, MarshallingType.BOOLEAN,
				MarshallingType.INSTANT);
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

	/** The client that calls are left to. */
	private final class Left implements CheckpointApi {

		@Override
		public JsonNode checkpoint(String execution, ObjectNode request) {
			DirectCheckpointsTests.this.leftToClient.addAll(List.of(execution, request));
			return OF_THE_CLIENT;
		}

		@Override
		public JsonNode state(String execution, Page page) {
			DirectCheckpointsTests.this.leftToClient.addAll(List.of(execution, page));
			return OF_THE_CLIENT;
		}

	}

}
