package dev.durable.benchmarks.coldstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The sample as it is deployed, unpacked as Lambda does; but its classes are put into a
 * jar, as an archive of classes knows jars only.
 *
 * @param classPath its class path, the application's classes first
 */
record SamplePackage(List<Path> classPath) {

	static SamplePackage unpack(Path zip, Path directory) throws IOException {
		List<Path> classPath = new ArrayList<>();
		Path classes = directory.resolve("classes.jar");
		classPath.add(classes);
		try (ZipFile file = new ZipFile(zip.toFile());
				ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(classes))) {
			for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements();) {
				ZipEntry entry = entries.nextElement();
				try (InputStream content = file.getInputStream(entry)) {
					if (entry.getName().endsWith(".jar")) {
						Path library = directory.resolve(Path.of(entry.getName()).getFileName());
						Files.copy(content, library);
						classPath.add(library);
					}
					else {
						// Directories, too: Spring looks for components in them
						jar.putNextEntry(new ZipEntry(entry.getName()));
						content.transferTo(jar);
						jar.closeEntry();
					}
				}
			}
		}
		return new SamplePackage(classPath);
	}

}
