package dev.durable.conformance;

import dev.durable.dynamodb.local.DynamoDbLocalServer;

/** Tables of a DynamoDB Local that runs as long as this object is open. */
final class DynamoDbTables implements Databases {

	private final DynamoDbLocalServer server = DynamoDbLocalServer.inMemory();

	private int tables;

	/** Numbered too, because a table can only be made once. */
	@Override
	public String create(String name) {
		return DynamoDbTable.create(this.server.endpoint(), "conformance-%d-%s".formatted(++this.tables, name));
	}

	@Override
	public void close() {
		this.server.close();
	}

}
