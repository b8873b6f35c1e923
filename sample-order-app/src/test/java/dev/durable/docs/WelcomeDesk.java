package dev.durable.docs;

import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;

import org.springframework.stereotype.Service;

@Service
class WelcomeDesk {

	private final DurableClient client;

	WelcomeDesk(DurableClient client) {
		this.client = client;
	}

	ExecutionId welcome(String name) {
		ExecutionHandle<String> welcome = this.client.function(WelcomeFlow.class).start((flow) -> flow.welcome(name));
		return welcome.id();
	}

}
