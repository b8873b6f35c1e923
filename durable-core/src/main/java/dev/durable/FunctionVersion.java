package dev.durable;

/**
 * Names the code of an execution. Ordered by name and version; versions are compared
 * number by number.
 *
 * @param name 1 to 64 of {@code [a-zA-Z0-9-_]}
 * @param version 1 to 64 of {@code [a-zA-Z0-9-_.]}
 */
public record FunctionVersion(String name, String version) implements Comparable<FunctionVersion> {

	public FunctionVersion {
		Names.identifier("name", name);
		Names.version("version", version);
	}

	@Override
	public int compareTo(FunctionVersion other) {
		int order = this.name.compareTo(other.name);
		return (order != 0) ? order : compareVersions(this.version, other.version);
	}

	private static int compareVersions(String left, String right) {
		String[] a = left.split("[._-]");
		String[] b = right.split("[._-]");
		for (int i = 0; i < Math.min(a.length, b.length); i++) {
			int order = comparePart(a[i], b[i]);
			if (order != 0) {
				return order;
			}
		}
		return (a.length != b.length) ? Integer.compare(a.length, b.length) : left.compareTo(right);
	}

	private static int comparePart(String a, String b) {
		boolean numbers = a.matches("\\d{1,18}") && b.matches("\\d{1,18}");
		return numbers ? Long.compare(Long.parseLong(a), Long.parseLong(b)) : a.compareTo(b);
	}

	@Override
	public String toString() {
		return this.name + ":" + this.version;
	}

}
