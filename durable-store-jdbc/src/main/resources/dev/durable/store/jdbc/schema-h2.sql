-- Durable executions in H2. Times are milliseconds since 1970 (UTC).
-- The journal (durable_event) is the truth; the other tables say who works on what and when.

create table if not exists durable_execution (
	id varchar(64) not null,
	function_name varchar(64) not null,
	function_version varchar(64) not null,
	execution_name varchar(64),
	parent_execution varchar(64),
	parent_operation varchar(64),
	input_digest varchar(64) not null,
	started_at bigint not null,
	timeout_at bigint,
	status varchar(16) not null,
	node varchar(64),
	wake_at bigint,
	failures integer not null,
	blocked_reason varchar(1000000),
	ended_at bigint,
	expires_at bigint,
	constraint durable_execution_pk primary key (id)
);

-- the dispatcher: what is due, what a node works on, what has expired
create index if not exists durable_execution_due on durable_execution (wake_at);
create index if not exists durable_execution_node on durable_execution (node);

create index if not exists durable_execution_expiry on durable_execution (expires_at);

-- people: lists, newest first
create index if not exists durable_execution_started on durable_execution (started_at, id);
create index if not exists durable_execution_function on durable_execution (function_name, started_at, id);
create index if not exists durable_execution_status on durable_execution (status, started_at, id);
create index if not exists durable_execution_name on durable_execution (execution_name);

create table if not exists durable_event (
	execution_id varchar(64) not null,
	position bigint not null,
	event_type varchar(32) not null,
	invocation varchar(64) not null,
	recorded_at bigint not null,
	operation_id varchar(64),
	parent_id varchar(64),
	operation_name varchar(256),
	operation_subtype varchar(32),
	payload varbinary(1000000000),
	error varbinary(1000000000),
	details varchar(1000000),
	constraint durable_event_pk primary key (execution_id, position)
);

create table if not exists durable_callback (
	lookup varchar(64) not null,
	secret_hash varchar(64) not null,
	execution_id varchar(64) not null,
	operation_id varchar(64) not null,
	timeout_at bigint,
	heartbeat_timeout bigint,
	heartbeat_at bigint,
	state varchar(16) not null,
	payload varbinary(1000000000),
	error varbinary(1000000000),
	constraint durable_callback_pk primary key (lookup)
);

create index if not exists durable_callback_execution on durable_callback (execution_id);

create table if not exists durable_signal (
	id varchar(64) not null,
	execution_id varchar(64) not null,
	kind varchar(16) not null,
	operation_id varchar(64) not null,
	arrived_at bigint not null,
	constraint durable_signal_pk primary key (id)
);

create index if not exists durable_signal_execution on durable_signal (execution_id);

-- comes last: where it exists, so does everything above
create table if not exists durable_node (
	id varchar(64) not null,
	reported_at bigint not null,
	constraint durable_node_pk primary key (id)
);
