package dev.durable.lambda;

import java.util.ArrayList;
import java.util.List;

import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;
import dev.durable.FunctionVersion;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.Execution;
import software.amazon.awssdk.services.lambda.model.ListDurableExecutionsByFunctionResponse;

/**
 * Lists executions. The service lists those of one function, so a query for all of them
 * goes from function to function, by name; within each the newest come first.
 *
 * @param service the service
 * @param functions the application's functions
 * @param targets the Lambda functions that run them
 */
record ServiceList(ServiceCalls service, KnownFunctions functions, LambdaTargets targets) {

	ExecutionPage list(ExecutionQuery query) {
		List<String> names = (query.function() != null) ? List.of(query.function()) : this.functions.names();
		Cursor cursor = Cursor.parse(query.cursor());
		List<ExecutionSummary> found = new ArrayList<>();
		while (cursor.function() < names.size() && found.size() < query.limit()) {
			String name = names.get(cursor.function());
			ListDurableExecutionsByFunctionResponse page = page(name, query, cursor.marker(),
					query.limit() - found.size());
			page.durableExecutions().forEach((execution) -> found.add(summary(name, execution)));
			String marker = ServiceClient.marker(page.nextMarker());
			cursor = (marker != null) ? new Cursor(cursor.function(), marker) : new Cursor(cursor.function() + 1, null);
		}
		return new ExecutionPage(found, (cursor.function() < names.size()) ? cursor.text() : null);
	}

	private ListDurableExecutionsByFunctionResponse page(String function, ExecutionQuery query, @Nullable String marker,
			int limit) {
		LambdaTarget target = this.targets.of(function);
		return this.service.call("ListDurableExecutionsByFunction",
				(client) -> client.listDurableExecutionsByFunction((request) -> {
					request.functionName(target.function())
						.qualifier(target.qualifier())
						.durableExecutionName(query.name())
						.reverseOrder(true)
						.marker(marker)
						.maxItems(limit);
					if (query.status() != null) {
						request.statusesWithStrings(query.status().name());
					}
				}));
	}

	private static ExecutionSummary summary(String function, Execution execution) {
		return new ExecutionSummary(new ExecutionId(execution.durableExecutionArn()),
				new FunctionVersion(function, version(execution.functionArn())), execution.durableExecutionName(),
				ExecutionStatus.valueOf(execution.statusAsString()), execution.startTimestamp(),
				execution.endTimestamp(), null);
	}

	/** The version of the Lambda function: {@code $LATEST} is no name of ours. */
	private static String version(String functionArn) {
		return functionArn.substring(functionArn.lastIndexOf(':') + 1).replace("$", "");
	}

	/**
	 * Where a listing goes on.
	 *
	 * @param function the index of the function
	 * @param marker the service's marker, or {@code null} for its first page
	 */
	private record Cursor(int function, @Nullable String marker) {

		static Cursor parse(@Nullable String text) {
			if (text == null) {
				return new Cursor(0, null);
			}
			int colon = text.indexOf(':');
			if (colon < 1 || !text.substring(0, colon).matches("[0-9]{1,6}")) {
				throw new IllegalArgumentException("'cursor' must be one that a page of this client gave");
			}
			return new Cursor(Integer.parseInt(text.substring(0, colon)),
					ServiceClient.marker(text.substring(colon + 1)));
		}

		String text() {
			return this.function + ":" + ((this.marker != null) ? this.marker : "");
		}

	}

}
