-- Durable executions in MySQL and MariaDB. Times are milliseconds since 1970 (UTC).
-- The journal (durable_event) is the truth; the other tables say who works on what and when.
-- Ids are compared byte by byte, whatever the server's default is. Each statement commits by
-- itself, and can be repeated; indexes are made with their table, because MySQL cannot add one
-- "if not exists".

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
	blocked_reason longtext,
	ended_at bigint,
	expires_at bigint,
	primary key (id),
	-- the dispatcher: what is due, what a node works on, what is blocked, what has expired
	key durable_execution_due (wake_at),
	key durable_execution_node (node),
	key durable_execution_blocked (blocked_reason(1)),
	key durable_execution_expiry (expires_at),
	-- people: lists, newest first
	key durable_execution_started (started_at, id),
	key durable_execution_function (function_name, started_at, id),
	key durable_execution_status (status, started_at, id),
	key durable_execution_name (execution_name)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

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
	payload longblob,
	error longblob,
	details longtext,
	primary key (execution_id, position)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists durable_callback (
	lookup varchar(64) not null,
	secret_hash varchar(64) not null,
	execution_id varchar(64) not null,
	operation_id varchar(64) not null,
	timeout_at bigint,
	heartbeat_timeout bigint,
	heartbeat_at bigint,
	state varchar(16) not null,
	payload longblob,
	error longblob,
	primary key (lookup),
	key durable_callback_execution (execution_id)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

create table if not exists durable_signal (
	id varchar(64) not null,
	execution_id varchar(64) not null,
	kind varchar(16) not null,
	operation_id varchar(64) not null,
	arrived_at bigint not null,
	primary key (id),
	key durable_signal_execution (execution_id)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- comes last: where it exists, so does everything above
create table if not exists durable_node (
	id varchar(64) not null,
	reported_at bigint not null,
	primary key (id)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;
