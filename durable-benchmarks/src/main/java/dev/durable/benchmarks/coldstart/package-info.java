/** How long a Lambda function takes to start, and what the starter costs of it. */
@NullMarked
package dev.durable.benchmarks.coldstart;

import org.jspecify.annotations.NullMarked;
