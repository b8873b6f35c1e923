package dev.durable;

/** Ready-made retry strategies for {@link DurableStep#retry()}. */
public enum RetryPreset {

	/** Six attempts, 5 s doubling up to 60 s, full jitter: AWS's default. */
	DEFAULT,

	/** Six attempts, 1 s growing by 1 s up to 5 s, no jitter. */
	LINEAR,

	/** One attempt. */
	NONE

}
