package dev.durable.spring;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.ClassReader;
import org.springframework.asm.Type;
import org.springframework.util.ClassUtils;

/**
 * Finds the places where a class calls its own durable methods, by reading the bytecode
 * of the class, its parents and its inner classes. Calls on another object of the same
 * class are found too: the bytecode does not tell them apart.
 */
final class SelfCallScan {

	/** A call of a durable method. */
	record Finding(Method method, StackTraceElement place) {

	}

	private final DurableMethods methods;

	private final Set<String> owners = new LinkedHashSet<>();

	private final Map<String, Method> targets = new HashMap<>();

	private final List<Finding> findings = new ArrayList<>();

	private SelfCallScan(DurableMethods methods) {
		this.methods = methods;
	}

	static List<Finding> scan(DurableMethods methods) {
		SelfCallScan scan = new SelfCallScan(methods);
		List<Class<?>> classes = new ArrayList<>();
		for (Class<?> type = methods.userClass(); type != null && type != Object.class; type = type.getSuperclass()) {
			classes.add(type);
			scan.addOwner(type);
		}
		ClassUtils.getAllInterfacesForClassAsSet(methods.userClass()).forEach(scan::addOwner);
		classes.forEach((type) -> scan.read(type.getName(), type.getClassLoader()));
		return scan.findings.stream()
			.sorted(Comparator.comparing((Finding finding) -> finding.place().getClassName())
				.thenComparing((finding) -> finding.place().getLineNumber()))
			.toList();
	}

	private void addOwner(Class<?> type) {
		this.owners.add(Type.getInternalName(type));
		for (Method method : type.getDeclaredMethods()) {
			Method durable = this.methods.find(method);
			if (durable != null) {
				this.targets.put(method.getName() + Type.getMethodDescriptor(method), durable);
			}
		}
	}

	private void read(String className, @Nullable ClassLoader loader) {
		String resource = className.replace('.', '/') + ClassUtils.CLASS_FILE_SUFFIX;
		try (InputStream bytes = (loader != null) ? loader.getResourceAsStream(resource)
				: ClassLoader.getSystemResourceAsStream(resource)) {
			if (bytes != null) {
				SelfCallVisitor visitor = new SelfCallVisitor(this);
				new ClassReader(bytes).accept(visitor, ClassReader.SKIP_FRAMES);
				visitor.innerClasses().forEach((inner) -> read(inner.replace('/', '.'), loader));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read the bytecode of '%s'".formatted(className), ex);
		}
	}

	/** Take note of a call if it is one of a durable method. */
	void called(String owner, String name, String descriptor, StackTraceElement place) {
		Method durable = this.targets.get(name + descriptor);
		if (durable != null && this.owners.contains(owner)) {
			this.findings.add(new Finding(durable, place));
		}
	}

}
