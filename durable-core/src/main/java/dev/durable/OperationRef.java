package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * What is fixed about an operation from its start.
 *
 * @param id its id
 * @param parentId the context it belongs to, or {@code null} for the root
 * @param name its name of at most 256 printable ASCII characters, or {@code null}
 * @param subType what it is used for
 */
public record OperationRef(OperationId id, @Nullable OperationId parentId, @Nullable String name,
		OperationSubType subType) {

	public OperationRef {
		if (name != null) {
			Names.operation(name);
		}
	}

	/** Tell the operation as messages name it, such as {@code Step 'charge'}. */
	@Override
	public String toString() {
		return (this.name != null) ? "%s '%s'".formatted(this.subType.text(), this.name)
				: "unnamed " + this.subType.text();
	}

}
