package dev.durable.docs;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/** Stands for a mail server. */
@Component
class Approvers {

	private final Map<String, CompletableFuture<String>> mails = new ConcurrentHashMap<>();

	void mail(Expense expense, String link) {
		if (expense.cents() < 0) {
			throw new IllegalArgumentException("An expense is not negative");
		}
		mail(expense.id()).complete(link);
	}

	CompletableFuture<String> mail(String expense) {
		return this.mails.computeIfAbsent(expense, (id) -> new CompletableFuture<>());
	}

}
