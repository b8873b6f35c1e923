package dev.durable.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps the table of properties complete. */
class PropertiesTableTests {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	@Test
	void tableWhenReadNamesEveryProperty() throws IOException {
		List<String> properties = properties();
		assertThat(properties).contains("durable.store.type", "durable.worker.node-timeout");
		String table = Files.readString(Path.of("..", "docs", "properties.md"));
		assertThat(properties).allSatisfy((property) -> assertThat(table).contains("`" + property));
	}

	private static List<String> properties() throws IOException {
		List<String> names = new ArrayList<>();
		for (URL url : Collections.list(PropertiesTableTests.class.getClassLoader().getResources(METADATA))) {
			try (InputStream json = url.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(json).get("properties")) {
					String name = property.get("name").asString();
					if (name.startsWith("durable.")) {
						names.add(name);
					}
				}
			}
		}
		return names;
	}

}
