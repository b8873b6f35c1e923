-- Offloaded payloads of durable executions in H2.

create table if not exists durable_payload (
	execution_id varchar(64) not null,
	start_id varchar(64) not null,
	content_key varchar(64) not null,
	content blob not null,
	constraint durable_payload_pk primary key (execution_id, start_id, content_key)
);
