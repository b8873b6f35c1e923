package dev.durable.docs;

import java.time.Duration;
import java.util.List;

import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.HistoryEvent;

import org.springframework.stereotype.Service;

@Service
class FrontDesk {

	private final DurableClient client;

	FrontDesk(DurableClient client) {
		this.client = client;
	}

	String greet(String name) {
		ExecutionHandle<String> greeting = this.client.function(GreetingFlow.class)
			.named("greeting-of-" + name)
			.start((flow) -> flow.greet(name));
		return greeting.result(Duration.ofSeconds(30));
	}

	List<String> history(ExecutionHandle<?> execution) {
		return execution.history().stream().map(HistoryEvent::type).map((type) -> type.text()).toList();
	}

	ExecutionStatus stopRemindingIn(Duration pause) {
		ExecutionHandle<Object> reminder = this.client.function("remind").start(pause);
		reminder.stop("Nobody needs it");
		return reminder.status();
	}

	int running() {
		ExecutionQuery query = ExecutionQuery.all().withStatus(ExecutionStatus.RUNNING);
		int count = 0;
		ExecutionPage page;
		do {
			page = this.client.list(query);
			count += page.executions().size();
			query = query.after(page.next());
		}
		while (page.next() != null);
		return count;
	}

}
