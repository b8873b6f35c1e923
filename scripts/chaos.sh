#!/usr/bin/env bash
# Kill processes of the order service while it works, and check that no order notices.
#
#   scripts/chaos.sh             3 processes on one database, 500 orders, a minute of SIGKILLs; then the zombie
#   scripts/chaos.sh --short     60 orders and 12 seconds of SIGKILLs, then the zombie, for CI
#   scripts/chaos.sh --zombie    only the zombie: a frozen process (SIGSTOP) loses its order to another, and is thawed
#   further options              --database postgres|mariadb|dynamodb, --seed N, --orders N, --seconds N
#
# Starts its own database server on a loopback port, PostgreSQL by default, and ends what it starts; with "dynamodb" the
# executions are in DynamoDB Local and the orders in PostgreSQL. Exits with 1 if an order was lost, doubled or stuck. CHAOS_BUILD=no uses what is built already.
set -eu
cd "$(dirname "$0")/.."

SAMPLE=sample-order-app
if [ "${CHAOS_BUILD:-yes}" = yes ]; then
	./mvnw -q -B -ntp -pl "$SAMPLE" -am -DskipTests package
fi
cd "$SAMPLE"

run() {
	java -Djava.io.tmpdir="$PWD/target" \
		-cp "target/test-classes:target/classes:$(cat target/test-classpath.txt)" \
		dev.durable.sample.orders.chaos.ChaosRun "$@"
}

case " $* " in
*" --zombie "*) run "$@" ;;
*) run "$@" && run --zombie "$@" ;;
esac
