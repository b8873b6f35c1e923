/** Makes methods of Spring beans durable functions and steps. */
@NullMarked
package dev.durable.spring;

import org.jspecify.annotations.NullMarked;
