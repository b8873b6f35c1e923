package dev.durable.docs;

/** Where an application keeps its secrets. */
@FunctionalInterface
interface KeyVault {

	byte[] read(String name);

}
