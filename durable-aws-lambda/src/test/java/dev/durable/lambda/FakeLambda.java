package dev.durable.lambda;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CallbackTimeoutException;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.Event;
import software.amazon.awssdk.services.lambda.model.Execution;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionHistoryRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionHistoryResponse;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ListDurableExecutionsByFunctionRequest;
import software.amazon.awssdk.services.lambda.model.ListDurableExecutionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackFailureRequest;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackFailureResponse;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackHeartbeatRequest;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackHeartbeatResponse;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackSuccessRequest;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackSuccessResponse;
import software.amazon.awssdk.services.lambda.model.StopDurableExecutionRequest;
import software.amazon.awssdk.services.lambda.model.StopDurableExecutionResponse;

/** As much of the service as its clients see; not thread-safe. */
final class FakeLambda implements LambdaClient {

	static final Instant START = Instant.parse("2026-11-26T08:00:00Z");

	final List<InvokeRequest> invocations = new ArrayList<>();

	final List<Object> calls = new ArrayList<>();

	final Map<String, GetDurableExecutionResponse> executions = new LinkedHashMap<>();

	final Map<String, String> inputs = new LinkedHashMap<>();

	/** What the next looks see, before what is there. */
	final Deque<GetDurableExecutionResponse> looks = new ArrayDeque<>();

	List<Event> history = List.of();

	boolean durable = true;

	@Nullable RuntimeException failure;

	@Override
	public InvokeResponse invoke(InvokeRequest request) {
		fail();
		this.invocations.add(request);
		if (!this.durable) {
			return InvokeResponse.builder().statusCode(202).build();
		}
		String name = (request.durableExecutionName() != null) ? request.durableExecutionName()
				: "unnamed-" + this.invocations.size();
		String arn = arn(request.functionName(), name);
		String input = request.payload().asUtf8String();
		String known = this.inputs.putIfAbsent(arn, input);
		if (known != null && !known.equals(input)) {
			throw DurableExecutionAlreadyStartedException.builder()
				.awsErrorDetails(AwsErrorDetails.builder().errorCode("DurableExecutionAlreadyStarted").build())
				.statusCode(409)
				.build();
		}
		this.executions.putIfAbsent(arn, running(request.functionName(), name).build());
		return InvokeResponse.builder().statusCode(202).durableExecutionArn(arn).build();
	}

	static String arn(String function, String name) {
		return "arn:aws:lambda:eu-central-1:123456789012:function:%s:7/durable-execution/%s/i-%2$s"
			.formatted(nameOf(function), name);
	}

	private static String nameOf(String function) {
		return function.substring(function.lastIndexOf(':') + 1);
	}

	static GetDurableExecutionResponse.Builder running(String function, String name) {
		return GetDurableExecutionResponse.builder()
			.durableExecutionArn(arn(function, name))
			.durableExecutionName(name)
			.functionArn("arn:aws:lambda:eu-central-1:123456789012:function:%s:7".formatted(nameOf(function)))
			.startTimestamp(START)
			.status("RUNNING");
	}

	@Override
	public GetDurableExecutionResponse getDurableExecution(GetDurableExecutionRequest request) {
		fail();
		this.calls.add(request);
		GetDurableExecutionResponse next = this.looks.poll();
		return (next != null) ? next : find(request.durableExecutionArn());
	}

	private GetDurableExecutionResponse find(String arn) {
		GetDurableExecutionResponse found = this.executions.get(arn);
		if (found == null) {
			throw ResourceNotFoundException.builder().statusCode(404).build();
		}
		return found;
	}

	@Override
	public GetDurableExecutionHistoryResponse getDurableExecutionHistory(GetDurableExecutionHistoryRequest request) {
		find(request.durableExecutionArn());
		int from = (request.marker() != null) ? Integer.parseInt(request.marker()) : 0;
		int to = Math.min(this.history.size(), from + 2);
		return GetDurableExecutionHistoryResponse.builder()
			.events(this.history.subList(from, to))
			.nextMarker((to < this.history.size()) ? String.valueOf(to) : "")
			.build();
	}

	@Override
	public StopDurableExecutionResponse stopDurableExecution(StopDurableExecutionRequest request) {
		GetDurableExecutionResponse found = find(request.durableExecutionArn());
		this.calls.add(request);
		this.executions.put(found.durableExecutionArn(),
				found.toBuilder().status("STOPPED").error(request.error()).build());
		return StopDurableExecutionResponse.builder().build();
	}

	@Override
	public ListDurableExecutionsByFunctionResponse listDurableExecutionsByFunction(
			ListDurableExecutionsByFunctionRequest request) {
		fail();
		this.calls.add(request);
		List<Execution> found = new ArrayList<>();
		this.executions.values()
			.stream()
			.filter((execution) -> execution.functionArn().contains(":function:" + request.functionName() + ":"))
			.filter((execution) -> request.durableExecutionName() == null
					|| request.durableExecutionName().equals(execution.durableExecutionName()))
			.filter((execution) -> !request.hasStatuses()
					|| request.statusesAsStrings().contains(execution.statusAsString()))
			.map(FakeLambda::listed)
			.forEach((execution) -> found.add(0, execution));
		int from = (request.marker() != null) ? Integer.parseInt(request.marker()) : 0;
		int limit = Objects.requireNonNullElse(request.maxItems(), 100);
		int to = Math.min(found.size(), from + limit);
		return ListDurableExecutionsByFunctionResponse.builder()
			.durableExecutions(found.subList(from, to))
			.nextMarker((to < found.size()) ? String.valueOf(to) : null)
			.build();
	}

	private static Execution listed(GetDurableExecutionResponse execution) {
		return Execution.builder()
			.durableExecutionArn(execution.durableExecutionArn())
			.durableExecutionName(execution.durableExecutionName())
			.functionArn(execution.functionArn())
			.status(execution.statusAsString())
			.startTimestamp(execution.startTimestamp())
			.endTimestamp(execution.endTimestamp())
			.build();
	}

	@Override
	public SendDurableExecutionCallbackSuccessResponse sendDurableExecutionCallbackSuccess(
			SendDurableExecutionCallbackSuccessRequest request) {
		callback(request.callbackId());
		this.calls.add(request);
		return SendDurableExecutionCallbackSuccessResponse.builder().build();
	}

	@Override
	public SendDurableExecutionCallbackFailureResponse sendDurableExecutionCallbackFailure(
			SendDurableExecutionCallbackFailureRequest request) {
		callback(request.callbackId());
		this.calls.add(request);
		return SendDurableExecutionCallbackFailureResponse.builder().build();
	}

	@Override
	public SendDurableExecutionCallbackHeartbeatResponse sendDurableExecutionCallbackHeartbeat(
			SendDurableExecutionCallbackHeartbeatRequest request) {
		callback(request.callbackId());
		this.calls.add(request);
		return SendDurableExecutionCallbackHeartbeatResponse.builder().build();
	}

	private void callback(String id) {
		fail();
		if (id.equals("unknown")) {
			throw ResourceNotFoundException.builder().statusCode(404).build();
		}
		if (id.equals("late")) {
			throw CallbackTimeoutException.builder().statusCode(400).build();
		}
	}

	/** Fail the next calls as the service does. */
	void failWith(int status, String code) {
		this.failure = LambdaException.builder()
			.statusCode(status)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
			.message("may quote a secret payload")
			.build();
	}

	private void fail() {
		if (this.failure != null) {
			throw this.failure;
		}
	}

	@Override
	public String serviceName() {
		return "lambda";
	}

	@Override
	public void close() {
		this.calls.add("closed");
	}

}
