package dev.durable.architecture;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

import static org.assertj.core.api.Assertions.assertThat;

/** A type is public when a user or a store's author must type its name, and only then. */
@AnalyzeClasses(packages = "dev.durable", importOptions = MainClasses.class)
class HidingTests {

	/** Who adds a name here makes a promise. */
	private static final Map<String, Set<String>> SHOWN = Map.ofEntries( //
			Map.entry("dev.durable.payload",
					Set.of("EncryptionKey", "FileSystemPayloadStore", "KeyProvider", "PayloadOwner", "PayloadPlace",
							"PayloadSealing", "PayloadStore")), //
			Map.entry("dev.durable.payload.s3", Set.of("S3PayloadStore")), //
			Map.entry("dev.durable.embedded",
					Set.of("CallGuard", "EmbeddedEngine", "EngineSettings", "Invoker", "OnDemandWork", "Timers",
							"TypedCalls")), //
			Map.entry("dev.durable.lambda.emulator",
					Set.of("CheckpointCall", "CheckpointListener", "EmulatedFunction", "JavaCommand",
							"LambdaEmulator")), //
			Map.entry("dev.durable.store.memory", Set.of("MemoryCheckpointStore")), //
			Map.entry("dev.durable.store.jdbc", Set.of("JdbcCheckpointStore", "JdbcPayloadStore")), //
			Map.entry("dev.durable.spring",
					Set.of("AmbientDurableContext", "DurableBeanPostProcessor", "DurableClassPostProcessor",
							"DurableEnhanced", "DurableFunctions", "DurableMethodException", "DurableOverrides",
							"DurableSpringConfiguration", "DurableSpringSettings", "FunctionOverride", "SelfCalls",
							"SpringTypedCalls", "StepOverride", "TransactionCallGuard")), //
			Map.entry("dev.durable.autoconfigure",
					Set.of("DurableAutoConfiguration", "DurableCodecAutoConfiguration", "DurableEngineCustomizer",
							"DurableProperties", "EmbeddedEngineAutoConfiguration", "ExecutionThreads",
							"MemoryStoreAutoConfiguration", "OnDemandCondition", "StoreSelectionException")), //
			Map.entry("dev.durable.autoconfigure.jdbc",
					Set.of("DurableDataSource", "JdbcPayloadStoreAutoConfiguration", "JdbcStoreAutoConfiguration")), //
			Map.entry("dev.durable.autoconfigure.dynamodb", Set.of("DynamoDbStoreAutoConfiguration")), //
			Map.entry("dev.durable.lambda",
					Set.of("CatalogFunctions", "CatalogStarts", "CheckpointApi", "DirectCheckpoints", "DurableEvents",
							"DurableFunctionInvoker", "EventBridgeWakeUps", "LambdaCheckpointRejectedException",
							"LambdaEngine", "LambdaExecutions", "LambdaInvocationException",
							"LambdaLimitExceededException", "LambdaPriming", "LambdaSettings", "LambdaTargets",
							"LambdaWorker", "SqsWakeUps", "WakeUpScheduler")), //
			Map.entry("dev.durable.autoconfigure.lambda",
					Set.of("FunctionCatalogAutoConfiguration", "LambdaEngineAutoConfiguration",
							"LambdaEngineCustomizer", "LambdaProperties", "OnDemandAutoConfiguration",
							"SnapStartAutoConfiguration", "WakeUpAutoConfiguration")), //
			Map.entry("dev.durable.autoconfigure.payload",
					Set.of("PayloadAutoConfiguration", "S3PayloadStoreAutoConfiguration")), //
			Map.entry("dev.durable.store.dynamodb", Set.of("DynamoDbCheckpointStore")));

	@ArchTest
	static void packagesShowOnlyWhatIsListed(JavaClasses classes) {
		assertThat(SHOWN).allSatisfy((packageName, names) -> assertThat(publicTypes(classes, packageName))
			.as("public types of %s", packageName)
			.isNotEmpty()
			.isSubsetOf(names));
	}

	private static Set<String> publicTypes(JavaClasses classes, String packageName) {
		return classes.stream()
			.filter((type) -> type.getPackageName().equals(packageName))
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getSimpleName)
			.collect(Collectors.toSet());
	}

}
