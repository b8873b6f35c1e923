create table if not exists orders (
	id varchar(64) not null primary key,
	execution_id varchar(1024),
	item varchar(64) not null,
	quantity integer not null,
	amount_cents bigint not null,
	placed_at timestamp default current_timestamp not null
);

create table if not exists stock (
	item varchar(64) not null primary key,
	supplied integer not null,
	on_hand integer not null,
	reserved integer not null
);

-- The tables of effects have no unique keys on purpose: an effect that happened twice must be seen, not hidden.
create table if not exists reservation (
	order_id varchar(64) not null,
	kind varchar(16) not null,
	item varchar(64) not null,
	quantity integer not null
);

create table if not exists payment (
	order_id varchar(64) not null,
	kind varchar(16) not null,
	amount_cents bigint not null
);

create table if not exists shipment (
	order_id varchar(64) not null,
	item varchar(64) not null,
	quantity integer not null
);

-- What was done for an order. An attempt to do it again is counted, so that it is seen too.
create table if not exists receipt (
	order_id varchar(64) not null,
	kind varchar(16) not null,
	runs integer not null,
	primary key (order_id, kind)
);

create table if not exists approval (
	order_id varchar(64) not null,
	callback_id varchar(1024) not null
);

insert into stock (item, supplied, on_hand, reserved)
	select 'book', 10000, 10000, 0 where not exists (select 1 from stock where item = 'book');
insert into stock (item, supplied, on_hand, reserved)
	select 'lamp', 5000, 5000, 0 where not exists (select 1 from stock where item = 'lamp');
insert into stock (item, supplied, on_hand, reserved)
	select 'desk', 1000, 1000, 0 where not exists (select 1 from stock where item = 'desk');
