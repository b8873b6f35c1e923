/** Auto-configuration of durable execution for Spring Boot. */
@NullMarked
package dev.durable.autoconfigure;

import org.jspecify.annotations.NullMarked;
