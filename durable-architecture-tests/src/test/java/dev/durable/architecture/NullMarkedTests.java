package dev.durable.architecture;

import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import org.jspecify.annotations.NullMarked;

import static org.assertj.core.api.Assertions.assertThat;

/** Null is a compile error in every package. */
@AnalyzeClasses(packages = "dev.durable", importOptions = MainClasses.class)
class NullMarkedTests {

	@ArchTest
	static void everyPackageIsNullMarked(JavaClasses classes) {
		Set<String> unmarked = new TreeSet<>();
		classes.forEach((type) -> {
			JavaPackage javaPackage = type.getPackage();
			if (!javaPackage.isAnnotatedWith(NullMarked.class)) {
				unmarked.add(javaPackage.getName());
			}
		});
		assertThat(unmarked).as("packages without @NullMarked").isEmpty();
	}

}
