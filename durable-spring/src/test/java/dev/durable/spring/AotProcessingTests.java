package dev.durable.spring;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/** Code that Spring generates ahead of time. */
class AotProcessingTests {

	@TempDir
	Path directory;

	@Test
	void generatedCodeBuildsTheEnhancedClassesAndInterceptsOnce() throws Exception {
		ClassName initializer = process();
		compile();
		assertThat(source()).contains("AotSteps$$Durable$$0");
		try (ApplicationLoader loader = new ApplicationLoader(urls())) {
			Callable<?> run = (Callable<?>) loader.loadClass(AotRun.class.getName())
				.getDeclaredConstructor(String.class)
				.newInstance(initializer.reflectionName());
			assertThat(run.call()).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
				.containsExactly("D:injected", "B:42", "R", "/D:injected", "D:book", "B+tx", "R+tx", "/D:book");
		}
	}

	private ClassName process() {
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(AotRun.class)),
				new FileSystemGeneratedFiles((kind) -> directory(kind)));
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(AotRun.Application.class);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			return initializer;
		}
	}

	private Path directory(Kind kind) {
		return this.directory.resolve((kind == Kind.SOURCE) ? "source" : "classes");
	}

	private void compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> sources = Files.walk(directory(Kind.SOURCE))) {
			List<Path> javaFiles = sources.filter((path) -> path.toString().endsWith(".java")).toList();
			String classPath = directory(Kind.CLASS) + File.pathSeparator + System.getProperty("java.class.path");
			assertThat(compiler
				.getTask(null, files, null,
						List.of("-cp", classPath, "-d", directory(Kind.CLASS).toString(), "-nowarn"), null,
						files.getJavaFileObjectsFromPaths(javaFiles))
				.call()).isTrue();
		}
	}

	private String source() throws IOException {
		try (Stream<Path> sources = Files.walk(directory(Kind.SOURCE))) {
			StringBuilder text = new StringBuilder();
			for (Path file : sources.filter(Files::isRegularFile).toList()) {
				text.append(Files.readString(file));
			}
			return text.toString();
		}
	}

	private URL[] urls() throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		urls.add(directory(Kind.CLASS).toUri().toURL());
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			urls.add(Path.of(entry).toUri().toURL());
		}
		return urls.toArray(URL[]::new);
	}

	/** Loads the application and its generated classes together, as a JVM would. */
	private static final class ApplicationLoader extends URLClassLoader {

		ApplicationLoader(URL[] urls) {
			super(urls, AotProcessingTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				@Nullable Class<?> loaded = findLoadedClass(name);
				if (loaded != null) {
					return loaded;
				}
				return name.startsWith("dev.durable.spring") ? findClass(name) : super.loadClass(name, resolve);
			}
		}

	}

}
