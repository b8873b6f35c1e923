package dev.durable.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out test classes, wherever a build puts them. */
class MainClasses implements ImportOption {

	@Override
	public boolean includes(Location location) {
		return !location.contains("/test-classes/");
	}

}
