/** Keeps offloaded payloads in Amazon S3. */
@NullMarked
package dev.durable.payload.s3;

import org.jspecify.annotations.NullMarked;
