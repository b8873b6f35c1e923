package dev.durable.store.dynamodb;

import java.util.List;

/**
 * Names of attributes. They are short because they count: a write unit is a kibibyte with
 * the names in it.
 */
final class Attributes {

	/** Events, encoded; else {@link #CHUNKS} says where they are. */
	static final String EVENTS = "ev";

	/** Token of the chunks that hold what was too large. */
	static final String CHUNKS = "ck";

	/** Last position of an append. */
	static final String LAST = "n";

	/** Invocation that wrote an append. */
	static final String INVOCATION = "iv";

	/** Invocation that wrote the last event of an append, if it is another one. */
	static final String LAST_INVOCATION = "li";

	/** Random id of one attempt to write an item. */
	static final String TOKEN = "tk";

	/** State that an append gives the row. */
	static final String ROW = "rw";

	/** Signals that an append sends. */
	static final String SIGNALS = "sg";

	/** Callbacks that an append creates. */
	static final String CALLBACKS = "cb";

	/** When DynamoDB may remove an item by itself, in seconds since 1970. */
	static final String TIME_TO_LIVE = "ttl";

	static final String FUNCTION = "fn";

	static final String VERSION = "fv";

	static final String NAME = "nm";

	static final String PARENT = "pe";

	static final String PARENT_OPERATION = "po";

	static final String DIGEST = "dg";

	static final String STARTED_AT = "sa";

	static final String TIMEOUT_AT = "to";

	static final String STATUS = "st";

	static final String NODE = "nd";

	static final String WAKE_AT = "wk";

	static final String FAILURES = "fl";

	static final String BLOCKED = "bl";

	static final String ENDED_AT = "en";

	static final String EXPIRES_AT = "ex";

	/** First position of the append that the row's state comes from. */
	static final String ROW_POSITION = "rp";

	/** Token of the entry that says when the execution is due. */
	static final String DUE_TOKEN = "dt";

	/** Token of the entry that says who works on the execution. */
	static final String OWNED_TOKEN = "ot";

	/** When an entry was written. */
	static final String AT = "at";

	static final String EXECUTION = "xe";

	static final String OPERATION = "op";

	static final String KIND = "kd";

	static final String SECRET_HASH = "sh";

	static final String HEARTBEAT_TIMEOUT = "ht";

	static final String HEARTBEAT_AT = "hb";

	static final String PAYLOAD = "pl";

	static final String ERROR = "er";

	static final String SIGNAL = "si";

	static final List<String> STATE = List.of(STATUS, NODE, WAKE_AT, FAILURES, BLOCKED, ENDED_AT, EXPIRES_AT);

	private Attributes() {
	}

}
