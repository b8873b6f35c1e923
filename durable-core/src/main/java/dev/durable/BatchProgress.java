package dev.durable;

/**
 * How far a map or parallel has come.
 *
 * @param total the number of items given
 * @param succeeded items that have succeeded
 * @param failed items that have failed
 */
public record BatchProgress(int total, int succeeded, int failed) {

}
