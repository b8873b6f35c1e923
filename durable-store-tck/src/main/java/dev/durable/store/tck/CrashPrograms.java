package dev.durable.store.tck;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All programs that are crashed everywhere, for every host that runs them. */
public final class CrashPrograms {

	private CrashPrograms() {
	}

	/**
	 * Return all programs.
	 * @return each once
	 */
	public static List<CrashProgram> all() {
		return byKind().values().stream().flatMap(Collection::stream).toList();
	}

	/**
	 * Return all programs by what they are made of.
	 * @return programs by the name of their kind
	 */
	public static Map<String, List<CrashProgram>> byKind() {
		Map<String, List<CrashProgram>> kinds = new LinkedHashMap<>();
		kinds.put("steps", StepPrograms.all());
		kinds.put("contexts", ContextPrograms.all());
		kinds.put("outsiders", OutsidePrograms.all());
		kinds.put("waits", WaitingPrograms.all());
		kinds.put("retries", RetryPrograms.all());
		kinds.put("batches", BatchPrograms.all());
		return kinds;
	}

	/**
	 * Return those that are worth to be crashed twice in a row. A takeover does not look
	 * at operations; random programs crash several times too.
	 * @return programs of few operations
	 */
	public static List<CrashProgram> singleOperations() {
		return List.of("steps", "contexts", "outsiders")
			.stream()
			.flatMap((kind) -> byKind().getOrDefault(kind, List.of()).stream())
			.toList();
	}

	/**
	 * Return the functions that programs invoke: they must be there too.
	 * @return the functions
	 */
	public static List<CrashProgram> invoked() {
		return OutsidePrograms.INVOKED;
	}

	/**
	 * Make the program of a seed. All have the same name.
	 * @param seed the seed
	 * @return a random nesting of operations
	 */
	public static CrashProgram random(long seed) {
		return random("random", RandomCases.program(seed));
	}

	static CrashProgram random(String name, Statement program) {
		return CrashProgram.of(name, (context, probe) -> program.run(Place.root(context, probe)));
	}

	/**
	 * Choose where the processes of a random program die.
	 * @param seed the program's seed
	 * @param appends how many appends it needs, or calls to whatever records them
	 * @return where the first process dies, then where the next one does, and so on; each
	 * counts its own
	 */
	public static List<CrashPoint> randomCrashes(long seed, int appends) {
		return RandomCases.crashes(seed, appends);
	}

}
