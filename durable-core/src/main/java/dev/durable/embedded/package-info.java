/**
 * The service side of durable execution on a checkpoint store: dispatcher, recorder and
 * client.
 */
@NullMarked
package dev.durable.embedded;

import org.jspecify.annotations.NullMarked;
