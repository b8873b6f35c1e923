package org.springframework.samples.shop;

import dev.durable.DurableStep;

/** An application in a package that only looks like one of Spring's own. */
public class Shop {

	@DurableStep
	public String sell() {
		return "sold";
	}

}
