package dev.durable.docs;

import dev.durable.DurableStep;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Accounts {

	private final JdbcClient jdbc;

	Accounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@DurableStep(name = "book")
	@Transactional
	void book(String account, long cents) {
		this.jdbc.sql("insert into booking (account, cents) values (?, ?)").params(account, cents).update();
	}

	long balance(String account) {
		return this.jdbc.sql("select coalesce(sum(cents), 0) from booking where account = ?")
			.param(account)
			.query(Long.class)
			.single();
	}

}
