package dev.durable.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link AllowedExceptions}. */
class AllowedExceptionsTests {

	private final AllowedExceptions allowed = AllowedExceptions.of(List.of("com.example.shop"),
			List.of("org.partner.api"));

	@Test
	void testWhenClassIsTheApplicationsOrConfiguredOrSpringsAllows() {
		assertThat(this.allowed).accepts("com.example.shop.OutOfStock", "com.example.shop.cards.Declined",
				"org.partner.api.Refused", "org.springframework.dao.DuplicateKeyException");
	}

	@Test
	void testWhenPackageOnlyBeginsAlikeRefuses() {
		assertThat(this.allowed).rejects("com.example.shopping.Trap", "com.example.Other", "org.partner.Refused");
	}

	@Test
	void testWhenTheApplicationIsInTheDefaultPackageDoesNotAllowEverything() {
		assertThat(AllowedExceptions.of(List.of(""), List.of())).rejects("evil.Gadget", "Gadget");
	}

}
