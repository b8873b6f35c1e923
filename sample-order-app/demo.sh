#!/usr/bin/env bash
# Place orders, kill the process with SIGKILL in mid-flight, start it again, and show that every order that was
# acknowledged exists and was completed exactly once. Exits with 1 if one was not.
# JAVA_OPTS=-Dspring.aot.enabled=true runs the ahead-of-time processed application.
set -u
cd "$(dirname "$0")"

ORDERS=20
JAR=target/sample-order-app.jar
WORK=$(mktemp -d "${TMPDIR:-/tmp}/order-demo.XXXXXX")
PID=

fail() {
	echo "FAILED: $*" >&2
	echo "The application's log: $WORK/app.log" >&2
	KEEP=yes
	exit 1
}

cleanup() {
	stop
	[ "${KEEP:-no}" = yes ] || rm -rf "$WORK"
}

stop() {
	if [ -n "$PID" ]; then
		kill "$PID" 2>/dev/null
		await_end || kill -9 "$PID" 2>/dev/null
		PID=
	fi
}

await_end() {
	local i
	for i in $(seq 200); do
		kill -0 "$PID" 2>/dev/null || return 0
		sleep 0.2
	done
	return 1
}

free_port() {
	local port i
	for i in $(seq 50); do
		port=$((20000 + RANDOM % 10000))
		if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			echo "$port"
			return
		fi
	done
}

start() {
	# shellcheck disable=SC2086
	java ${JAVA_OPTS:-} -jar "$JAR" --server.address=127.0.0.1 --server.port="$PORT" --orders.data-dir="$WORK/orders" \
		--orders.approval-limit-cents=50000 --orders.cooling-off=2s >>"$WORK/app.log" 2>&1 &
	PID=$!
	disown "$PID"
	local i
	for i in $(seq 120); do
		curl -sf -m 5 "$BASE/audit" >/dev/null && return
		kill -0 "$PID" 2>/dev/null || fail "the application did not start"
		sleep 0.5
	done
	fail "the application did not answer within 60 seconds"
}

# place <n>: sends order n with its Idempotency-Key; prints the order's id if it was acknowledged.
# Every fifth order is large and needs an approval; order 7 has a card that the bank declines.
place() {
	local amount=$((1000 + $1)) card=tok_visa
	[ $(($1 % 5)) = 0 ] && amount=$((60000 + $1))
	[ "$1" = 7 ] && card=tok_declined
	curl -sf -m 10 -X POST "$BASE/orders" -H 'Content-Type: application/json' -H "Idempotency-Key: $WORK-$1" \
		-d "{\"item\":\"book\",\"quantity\":1,\"amountCents\":$amount,\"card\":\"$card\"}" |
		sed -n 's/.*"id":"\([^"]*\)".*/\1/p'
}

field() {
	sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p"
}

trap cleanup EXIT
trap 'exit 130' INT TERM

if [ ! -f "$JAR" ]; then
	echo "Building ..."
	(cd .. && ./mvnw -q -B -ntp -pl sample-order-app -am -DskipTests package) || fail "the build failed"
fi

PORT=$(free_port)
BASE=http://127.0.0.1:$PORT
echo "Starting the shop on $BASE ..."
start

ACKNOWLEDGED=()
echo "Placing $ORDERS orders; the process gets SIGKILL on the way ..."
for n in $(seq "$ORDERS"); do
	if [ "$n" = 15 ]; then
		{ sleep 0.02; kill -9 "$PID"; } &
		KILLER=$!
	fi
	id=$(place "$n")
	[ -n "$id" ] && ACKNOWLEDGED[$n]=$id
done
wait "$KILLER" 2>/dev/null
await_end || fail "the process survived SIGKILL"
echo "Killed process $PID with SIGKILL; ${#ACKNOWLEDGED[@]} orders had been acknowledged."
PID=
BEFORE=${#ACKNOWLEDGED[@]}
[ "$BEFORE" -ge 1 ] || fail "no order was acknowledged before the kill"

echo "Starting it again ..."
start
for n in "${!ACKNOWLEDGED[@]}"; do
	curl -sf -m 10 "$BASE/orders/${ACKNOWLEDGED[$n]}" >/dev/null ||
		fail "order ${ACKNOWLEDGED[$n]} was acknowledged before the kill and is lost"
done
echo "All $BEFORE orders that were acknowledged before the kill exist."

for n in $(seq "$ORDERS"); do
	if [ -z "${ACKNOWLEDGED[$n]:-}" ]; then
		id=$(place "$n")
		[ -n "$id" ] || fail "order $n was not taken after the restart"
		ACKNOWLEDGED[$n]=$id
	fi
done
echo "Sent the others again with the same Idempotency-Key; waiting for all $ORDERS ..."

# Approve large orders as soon as they ask, all but order 10, which is cancelled.
deadline=$((SECONDS + 90))
while :; do
	running=$(curl -sf -m 10 "$BASE/audit" | field running)
	[ "$running" = 0 ] && break
	[ "$SECONDS" -lt "$deadline" ] || fail "$running orders were still running after 90 seconds"
	for n in 5 10 15 20; do
		if [ "$n" = 10 ]; then
			curl -s -m 10 -o /dev/null -X POST "$BASE/orders/${ACKNOWLEDGED[$n]}/cancel"
		else
			curl -s -m 10 -o /dev/null -X POST "$BASE/orders/${ACKNOWLEDGED[$n]}/approval" \
				-H 'Content-Type: application/json' -d '{"granted":true}'
		fi
	done
	sleep 0.5
done

violations=0
for n in $(seq "$ORDERS"); do
	id=${ACKNOWLEDGED[$n]}
	order=$(curl -sf -m 10 "$BASE/orders/$id") || order=
	case $n in
	7) expected=DECLINED effects='{"RELEASE":1,"RESERVE":1}' ;;
	10) expected=REFUSED effects='{"CHARGE":1,"REFUND":1,"RELEASE":1,"RESERVE":1}' ;;
	*) expected=SHIPPED effects='{"CHARGE":1,"RESERVE":1,"SHIPMENT":1}' ;;
	esac
	result=$(field result <<<"$order")
	found=$(sed -n 's/.*"effects":\({[^}]*}\).*/\1/p' <<<"$order")
	# Each operation has at most one recorded success.
	repeated=$(curl -sf -m 10 "$BASE/orders/$id/history" | tr '{' '\n' | grep '"EventType":"StepSucceeded"' |
		sed 's/.*"Id":"\([^"]*\)".*/\1/' | sort | uniq -d | wc -l)
	verdict=ok
	if [ "$result" != "$expected" ] || [ "$found" != "$effects" ] || [ "$repeated" != 0 ]; then
		verdict="VIOLATION: expected $expected $effects"
		violations=$((violations + 1))
	fi
	printf '%-42s %-9s %-56s %s\n' "$id" "$result" "$found" "$verdict"
done

AUDIT=$(curl -sf -m 10 "$BASE/audit")
echo "Books: $AUDIT"
[ "$(field orders <<<"$AUDIT")" = "$ORDERS" ] || fail "there are not exactly $ORDERS orders"
[ "$(field doubled <<<"$AUDIT")" = 0 ] || fail "effects were doubled"
[ "$(field repeated <<<"$AUDIT")" = 0 ] || fail "steps were repeated after they had committed"
[ "$(field lost <<<"$AUDIT")" = 0 ] || fail "orders were lost"
[ "$(field stockBalanced <<<"$AUDIT")" = true ] || fail "the stock does not balance"
[ "$(field paymentsBalanced <<<"$AUDIT")" = true ] || fail "the payments do not balance"
[ "$violations" = 0 ] || fail "$violations orders were not completed exactly once"
stop
echo "demo: $ORDERS orders, $BEFORE acknowledged before the SIGKILL, 0 lost, 0 doubled, stock ok, payments ok"
