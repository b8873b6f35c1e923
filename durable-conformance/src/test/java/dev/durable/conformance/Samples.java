package dev.durable.conformance;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/** Short words for tests. */
final class Samples {

	private Samples() {
	}

	/** Read YAML. */
	static JsonNode yaml(String text) {
		return Json.tree(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
	}

	/** Return a requirement of a handler that exists. */
	static Requirement requirement(String id, String yaml) {
		return new Requirement(id, "samples", yaml(yaml));
	}

}
