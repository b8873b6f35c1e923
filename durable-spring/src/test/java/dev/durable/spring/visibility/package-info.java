/** Classes whose methods are visible only through a bridge. */
@NullMarked
package dev.durable.spring.visibility;

import org.jspecify.annotations.NullMarked;
