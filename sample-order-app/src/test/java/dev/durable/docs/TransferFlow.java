package dev.durable.docs;

import dev.durable.DurableFunction;

import org.springframework.stereotype.Service;

@Service
class TransferFlow {

	private final Accounts accounts;

	TransferFlow(Accounts accounts) {
		this.accounts = accounts;
	}

	@DurableFunction(name = "transfer")
	String transfer(String from, String to, long cents) {
		this.accounts.book(from, -cents);
		this.accounts.book(to, cents);
		return "Moved " + cents;
	}

}
