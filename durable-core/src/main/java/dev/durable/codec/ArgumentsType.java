package dev.durable.codec;

import java.lang.reflect.Type;
import java.util.List;

/**
 * The type of a method's arguments, an {@code Object[]} whose elements have types of
 * their own.
 *
 * @param elements the parameters' types
 */
public record ArgumentsType(List<Type> elements) implements Type {

	public ArgumentsType {
		elements = List.copyOf(elements);
	}

	@Override
	public String getTypeName() {
		return this.elements.stream().map(Type::getTypeName).toList().toString();
	}

}
