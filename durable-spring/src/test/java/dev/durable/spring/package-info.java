/** Tests of durable methods on Spring beans. */
@NullMarked
package dev.durable.spring;

import org.jspecify.annotations.NullMarked;
