package dev.durable.sample.orders;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.durable.DurableFunction;
import dev.durable.autoconfigure.lambda.LambdaProperties;
import dev.durable.lambda.DurableFunctionInvoker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code template.yaml} names exists, and fits together. */
class LambdaTemplateTests {

	private static Map<String, Object> template;

	@BeforeAll
	static void read() throws IOException {
		try (Reader reader = Files.newBufferedReader(Path.of("template.yaml"))) {
			template = new Yaml(new Template()).load(reader);
		}
	}

	@SuppressWarnings("unchecked")
	private static <T> T at(Object from, String... path) {
		Object found = from;
		for (String key : path) {
			assertThat((Map<String, Object>) found).containsKey(key);
			found = ((Map<String, Object>) found).get(key);
		}
		return (T) found;
	}

	private static Map<String, Object> function(String name) {
		return at(template, "Resources", name, "Properties");
	}

	@Test
	void handlerAndMainClassExist() throws ReflectiveOperationException {
		assertThat(LambdaTemplateTests.<String>at(template, "Globals", "Function", "Handler"))
			.isEqualTo(DurableFunctionInvoker.class.getName());
		Map<String, Object> variables = at(template, "Globals", "Function", "Environment", "Variables");
		assertThat(variables).containsEntry("MAIN_CLASS", OrderApplication.class.getName());
		assertThat(DurableFunctionInvoker.class.getConstructor()).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "ProcessOrder, lambda", "PlainProcessOrder, lambda-plain" })
	void packageIsOneThatTheProfileBuilds(String function, String assembly) throws IOException {
		assertThat(function(function)).containsEntry("CodeUri", "target/sample-order-app-" + assembly + ".zip");
		assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>sample-order-app</finalName>",
				"<descriptor>src/assembly/" + assembly + ".xml</descriptor>");
		assertThat(Files.readString(Path.of("src", "assembly", assembly + ".xml")))
			.contains("<id>" + assembly + "</id>", "<format>zip</format>");
	}

	@Test
	void variablesAreThoseThatTheApplicationReads() throws IOException {
		String settings = Files.readString(Path.of("src", "main", "resources", "application.yaml"));
		Map<String, Object> variables = at(template, "Globals", "Function", "Environment", "Variables");
		assertThat(variables.keySet()).filteredOn((name) -> name.startsWith("ORDERS_"))
			.isNotEmpty()
			.allSatisfy((name) -> assertThat(settings).contains("${" + name + ":"));
	}

	@Test
	void durableFunctionIsNamedAsInTheCodeAndStartedInItsAlias() throws Exception {
		LambdaProperties lambda = properties("lambda");
		Map<String, Object> function = function("ProcessOrder");
		String name = OrderFlow.class.getDeclaredMethod("process", Order.class)
			.getAnnotation(DurableFunction.class)
			.name();
		assertThat(function).containsEntry("FunctionName", name).containsEntry("AutoPublishAlias", lambda.qualifier());
		assertThat(lambda.function()).isEqualTo(name);
	}

	@Test
	void durableConfigIsWithinAwsLimits() {
		Map<String, Object> config = at(function("ProcessOrder"), "DurableConfig");
		assertThat((Integer) config.get("ExecutionTimeout")).isBetween(1, 31_622_400);
		assertThat((Integer) config.get("RetentionPeriodInDays")).isBetween(1, 90);
	}

	@Test
	void policiesAllowWhatTheEngineAndTheClientDo() {
		assertThat(at(function("ProcessOrder"), "Policies").toString()).contains("lambda:CheckpointDurableExecution",
				"lambda:GetDurableExecutionState", "lambda:InvokeFunction", "lambda:GetDurableExecution",
				"lambda:GetDurableExecutionHistory", "lambda:ListDurableExecutionsByFunction",
				"lambda:StopDurableExecution", "lambda:SendDurableExecutionCallbackSuccess",
				"lambda:SendDurableExecutionCallbackFailure", "lambda:SendDurableExecutionCallbackHeartbeat");
	}

	@Test
	void everyReferenceLeadsToAParameterOrAResource() {
		Map<String, Object> parameters = at(template, "Parameters");
		Map<String, Object> resources = at(template, "Resources");
		Map<String, Object> conditions = at(template, "Conditions");
		assertThat(Template.REFERENCES).isNotEmpty()
			.allMatch(
					(name) -> name.startsWith("AWS::") || parameters.containsKey(name) || resources.containsKey(name));
		assertThat(Template.CONDITIONS).isNotEmpty().allMatch(conditions::containsKey);
		assertThat(resources.values()).allSatisfy((resource) -> {
			if (resource instanceof Map<?, ?> map && map.get("Condition") != null) {
				assertThat(conditions).containsKey(map.get("Condition").toString());
			}
		});
	}

	/** What a profile says about Lambda. */
	private static LambdaProperties properties(String profile) throws IOException {
		MutablePropertySources sources = new MutablePropertySources();
		for (PropertySource<?> document : new YamlPropertySourceLoader().load("app",
				new ClassPathResource("application.yaml"))) {
			if (profile.equals(document.getProperty("spring.config.activate.on-profile"))) {
				sources.addLast(document);
			}
		}
		assertThat(sources).hasSize(1);
		return new Binder(ConfigurationPropertySources.from(sources)).bindOrCreate("durable.lambda",
				LambdaProperties.class);
	}

	/** Reads CloudFormation's short forms as what they are about. */
	private static final class Template extends SafeConstructor {

		static final List<String> REFERENCES = new ArrayList<>();

		static final List<String> CONDITIONS = new ArrayList<>();

		Template() {
			super(new LoaderOptions());
			this.yamlMultiConstructors.put("!", new AbstractConstruct() {
				@Override
				public Object construct(Node node) {
					return value(node);
				}
			});
		}

		private Object value(Node node) {
			if (node instanceof ScalarNode scalar) {
				String text = constructScalar(scalar);
				if (node.getTag().getValue().equals("!Ref")) {
					REFERENCES.add(text);
				}
				return text;
			}
			if (node instanceof SequenceNode sequence) {
				List<?> values = constructSequence(sequence);
				if (node.getTag().getValue().equals("!If")) {
					CONDITIONS.add(values.get(0).toString());
				}
				return values;
			}
			return constructMapping((MappingNode) node);
		}

	}

}
