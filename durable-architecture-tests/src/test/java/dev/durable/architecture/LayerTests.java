package dev.durable.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Dependencies point one way, from Spring Boot down to the programming model. */
@AnalyzeClasses(packages = "dev.durable", importOptions = MainClasses.class)
class LayerTests {

	@ArchTest
	static final ArchRule layersOnlyAccessLayersBelow = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.withOptionalLayers(true)
		.layer("api")
		.definedBy("dev.durable")
		.layer("observe")
		.definedBy("dev.durable.observe")
		.layer("codec")
		.definedBy("dev.durable.codec")
		.layer("payload")
		.definedBy("dev.durable.payload")
		.layer("s3 payload store")
		.definedBy("dev.durable.payload.s3..")
		.layer("journal")
		.definedBy("dev.durable.journal")
		.layer("operation")
		.definedBy("dev.durable.operation")
		.layer("context")
		.definedBy("dev.durable.context")
		.layer("engine")
		.definedBy("dev.durable.engine")
		.layer("store")
		.definedBy("dev.durable.store")
		.layer("memory store")
		.definedBy("dev.durable.store.memory")
		.layer("embedded")
		.definedBy("dev.durable.embedded")
		.layer("store tck")
		.definedBy("dev.durable.store.tck..")
		.layer("jdbc store")
		.definedBy("dev.durable.store.jdbc..")
		.layer("dynamodb store")
		.definedBy("dev.durable.store.dynamodb..")
		.layer("lambda emulator")
		.definedBy("dev.durable.lambda.emulator..")
		.layer("lambda")
		.definedBy("dev.durable.lambda")
		.layer("spring")
		.definedBy("dev.durable.spring..")
		.layer("autoconfigure")
		.definedBy("dev.durable.autoconfigure..")
		.whereLayer("api")
		.mayNotAccessAnyLayer()
		.whereLayer("observe")
		.mayOnlyAccessLayers("api")
		.whereLayer("codec")
		.mayOnlyAccessLayers("api")
		.whereLayer("payload")
		.mayOnlyAccessLayers("api", "codec")
		.whereLayer("s3 payload store")
		.mayOnlyAccessLayers("api", "codec", "payload")
		.whereLayer("journal")
		.mayOnlyAccessLayers("api", "codec", "observe")
		.whereLayer("operation")
		.mayOnlyAccessLayers("api", "codec", "journal")
		.whereLayer("context")
		.mayOnlyAccessLayers("api", "codec", "journal", "operation")
		.whereLayer("engine")
		.mayOnlyAccessLayers("api", "codec", "journal", "operation", "context")
		.whereLayer("store")
		.mayOnlyAccessLayers("api", "codec")
		.whereLayer("memory store")
		.mayOnlyAccessLayers("api", "codec", "store")
		.whereLayer("embedded")
		.mayOnlyAccessLayers("api", "codec", "observe", "payload", "journal", "operation", "context", "engine", "store")
		.whereLayer("jdbc store")
		.mayOnlyAccessLayers("api", "codec", "payload", "store")
		.whereLayer("dynamodb store")
		.mayOnlyAccessLayers("api", "codec", "store")
		.whereLayer("lambda emulator")
		.mayOnlyAccessLayers("api", "codec", "journal", "engine", "embedded", "store", "memory store")
		.whereLayer("lambda")
		.mayOnlyAccessLayers("api", "codec", "observe", "payload", "journal", "operation", "context", "engine", "store",
				"embedded")
		.whereLayer("spring")
		.mayOnlyAccessLayers("api", "codec", "context", "engine", "embedded")
		.whereLayer("autoconfigure")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("store tck")
		.mayNotBeAccessedByAnyLayer();

	@ArchTest
	static final ArchRule packagesFormNoCycles = slices().assignedFrom(new PackageSlices()).should().beFreeOfCycles();

	@ArchTest
	static final ArchRule coreKnowsNeitherSpringNorAws = noClasses().that()
		.resideInAnyPackage("dev.durable", "dev.durable.observe", "dev.durable.codec", "dev.durable.payload",
				"dev.durable.journal", "dev.durable.operation", "dev.durable.context", "dev.durable.engine",
				"dev.durable.store", "dev.durable.store.memory", "dev.durable.embedded")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "com.amazonaws..", "software.amazon..", "java.sql..",
				"javax.sql..");

	@ArchTest
	static final ArchRule springModuleDoesNotNeedBoot = noClasses().that()
		.resideInAnyPackage("dev.durable.spring..", "dev.durable.store.jdbc..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	static final ArchRule dynamoDbStoreDoesNotNeedSpring = noClasses().that()
		.resideInAPackage("dev.durable.store.dynamodb..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	@ArchTest
	static final ArchRule emulatorNeedsNeitherSpringNorAnSdk = noClasses().that()
		.resideInAPackage("dev.durable.lambda.emulator..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "software.amazon..");

	/** Loading it costs a cold start more than the engine does. */
	@ArchTest
	static final ArchRule lambdaEngineDoesWithoutTheModelOfTheSdk = noClasses().that()
		.resideInAPackage("dev.durable.lambda")
		.and()
		.haveNameNotMatching("dev\\.durable\\.lambda\\.(ClientCheckpoints|WireErrors|Service.*)")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("software.amazon.awssdk.services.lambda.model..");

	@ArchTest
	static final ArchRule lambdaKnowsSpringOnlyWhereItStartsAnApplication = noClasses().that()
		.resideInAPackage("dev.durable.lambda")
		.and()
		.haveNameNotMatching("dev\\.durable\\.lambda\\.(LambdaApplication|Catalog).*")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	/** Lambda's events are no payloads: nobody may choose how they are written. */
	@ArchTest
	static final ArchRule jacksonStaysInTheCodec = noClasses().that()
		.resideOutsideOfPackages("dev.durable.codec", "dev.durable.lambda", "dev.durable.lambda.emulator..",
				"dev.durable.autoconfigure..", "dev.durable.store.tck..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..");

	/** Every package is a slice, the root package too. */
	private static final class PackageSlices implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
			return SliceIdentifier.of(javaClass.getPackageName());
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

}
