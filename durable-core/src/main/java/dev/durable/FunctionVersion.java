package dev.durable;

/**
 * Names the code of an execution.
 *
 * @param name 1 to 64 of {@code [a-zA-Z0-9-_]}
 * @param version 1 to 64 of {@code [a-zA-Z0-9-_.]}
 */
public record FunctionVersion(String name, String version) {

	public FunctionVersion {
		Names.identifier("name", name);
		Names.version("version", version);
	}

	@Override
	public String toString() {
		return this.name + ":" + this.version;
	}

}
