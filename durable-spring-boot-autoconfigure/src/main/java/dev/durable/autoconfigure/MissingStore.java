package dev.durable.autoconfigure;

import dev.durable.autoconfigure.DurableProperties.StoreType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Explains why the store that was asked for is not there.
 *
 * @param classLoader finds the stores' classes
 */
record MissingStore(@Nullable ClassLoader classLoader) {

	boolean hasJdbc() {
		return has("dev.durable.store.jdbc.JdbcCheckpointStore");
	}

	boolean hasDynamoDb() {
		return has("dev.durable.store.dynamodb.DynamoDbCheckpointStore")
				&& has("software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient");
	}

	/**
	 * Refuse to keep in memory what is to survive.
	 * @throws StoreSelectionException if a store that survives was asked for
	 */
	void refuse(@Nullable StoreType type) {
		if (type == StoreType.JDBC) {
			throw hasJdbc() ? noDataSource() : notOnClassPath("jdbc", "durable-store-jdbc",
					"Add the dependency dev.durable:durable-store-jdbc, or set 'durable.store.type=memory'.");
		}
		if (type == StoreType.LAMBDA) {
			throw notOnClassPath("lambda", "durable-aws-lambda with the AWS SDK for Lambda",
					"Add the dependency dev.durable:durable-aws-lambda, which brings the AWS SDK for Lambda.");
		}
		if (type == StoreType.DYNAMODB) {
			throw has("dev.durable.store.dynamodb.DynamoDbCheckpointStore")
					? notOnClassPath("dynamodb", "the AWS SDK for DynamoDB",
							"Add the dependency software.amazon.awssdk:dynamodb, which durable-store-dynamodb brings "
									+ "unless it is excluded.")
					: notOnClassPath("dynamodb", "durable-store-dynamodb",
							"Add the dependency dev.durable:durable-store-dynamodb, which brings the AWS SDK for DynamoDB.");
		}
	}

	private boolean has(String className) {
		return ClassUtils.isPresent(className, this.classLoader);
	}

	private static StoreSelectionException noDataSource() {
		return new StoreSelectionException("'durable.store.type' is 'jdbc' but the application has no DataSource.",
				"Add spring-boot-starter-jdbc and a database driver and set 'spring.datasource.url', "
						+ "define a DataSource bean, or set 'durable.store.type=memory'.");
	}

	private static StoreSelectionException notOnClassPath(String type, String missing, String action) {
		return new StoreSelectionException(
				"'durable.store.type' is '%s' but %s is not on the class path.".formatted(type, missing), action);
	}

}
