package dev.durable.docs;

import java.time.Duration;

import dev.durable.CallbackOptions;
import dev.durable.CallbackTimedOutException;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;

import org.springframework.stereotype.Service;

@Service
class HolidayFlow {

	private final DurableContext durable;

	private final Boss boss;

	HolidayFlow(DurableContext durable, Boss boss) {
		this.durable = durable;
		this.boss = boss;
	}

	@DurableFunction(name = "request-holiday")
	String request(String employee) {
		DurableCallback<Boolean> answer = this.durable.createCallback("answer", Boolean.class,
				CallbackOptions.defaults().withTimeout(Duration.ofDays(3)));
		this.boss.ask(employee, answer.callbackId());
		try {
			return answer.get() ? "Enjoy" : "Sorry";
		}
		catch (CallbackTimedOutException ex) {
			return "Nobody answered";
		}
	}

}
