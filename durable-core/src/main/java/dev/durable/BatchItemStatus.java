package dev.durable;

/** Where an item of a map or parallel stood when the operation ended. */
public enum BatchItemStatus {

	/** It has a result. */
	SUCCEEDED,

	/** It has an error. */
	FAILED,

	/** It was begun, and left when the operation ended early. */
	STARTED

}
