#!/usr/bin/env bash
# Run DynamoDB Local on the loopback address until Ctrl-C. Nothing has to be installed: Maven fetches it.
#
#   scripts/dynamodb-local.sh                       port 8000, tables in data/dynamodb
#   scripts/dynamodb-local.sh <port> <directory>
set -eu
cd "$(dirname "$0")/.."

MODULE=durable-dynamodb-local
./mvnw -q -B -ntp -pl "$MODULE" -am -DskipTests package
# nothing is logged, so SLF4J need not complain
exec java -Dslf4j.internal.verbosity=ERROR -cp "$MODULE/target/classes:$(cat "$MODULE/target/classpath.txt")" \
	dev.durable.dynamodb.local.DynamoDbLocalServer "${1:-8000}" "${2:-data/dynamodb}"
