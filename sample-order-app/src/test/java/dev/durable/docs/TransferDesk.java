package dev.durable.docs;

import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class TransferDesk {

	private final JdbcClient jdbc;

	private final DurableClient client;

	TransferDesk(JdbcClient jdbc, DurableClient client) {
		this.jdbc = jdbc;
		this.client = client;
	}

	@Transactional
	ExecutionHandle<String> accept(String id, String from, String to, long cents) {
		this.jdbc.sql("insert into transfer (id) values (?)").param(id).update();
		return this.client.function(TransferFlow.class).named(id).start((flow) -> flow.transfer(from, to, cents));
	}

}
