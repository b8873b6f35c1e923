-- Offloaded payloads of durable executions in MySQL and MariaDB. Ids tell cases apart.
-- A content must fit into max_allowed_packet.

create table if not exists durable_payload (
	execution_id varchar(64) character set ascii collate ascii_bin not null,
	start_id varchar(64) character set ascii collate ascii_bin not null,
	content_key varchar(64) character set ascii collate ascii_bin not null,
	content longblob not null,
	constraint durable_payload_pk primary key (execution_id, start_id, content_key)
);
