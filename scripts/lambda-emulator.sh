#!/usr/bin/env bash
# Run Lambda durable functions on the loopback address until Ctrl-C. Nothing has to be installed: Maven fetches it.
#
#   scripts/lambda-emulator.sh --function process-order="java -cp ... com.amazonaws.services.lambda.runtime.api.client.AWSLambda dev.example.Handler"
#   scripts/lambda-emulator.sh --help
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)

MODULE=durable-lambda-emulator
(cd "$here" && ./mvnw -q -B -ntp -pl "$MODULE" -am -DskipTests package)
exec java -jar "$here/$MODULE/target/$MODULE-"*-SNAPSHOT.jar "$@"
