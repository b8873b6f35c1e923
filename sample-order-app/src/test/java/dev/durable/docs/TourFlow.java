package dev.durable.docs;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.durable.DurableFunction;
import dev.durable.DurableFuture;

import org.springframework.stereotype.Service;

@Service
class TourFlow {

	private final Hotels hotels;

	TourFlow(Hotels hotels) {
		this.hotels = hotels;
	}

	@DurableFunction(name = "reserve-rooms")
	List<String> reserveRooms(List<String> cities) {
		List<DurableFuture<String>> rooms = cities.stream().map(this.hotels::reserve).toList();
		return DurableFuture.allOf(rooms);
	}

	@DurableFunction(name = "find-guides")
	String findGuides(String first, String second) {
		CompletableFuture<String> one = this.hotels.findGuide(first);
		CompletableFuture<String> two = this.hotels.findGuide(second);
		return one.thenCombine(two, (left, right) -> left + ", " + right).join();
	}

}
