create table booking (account varchar(64) not null, cents bigint not null);
create table transfer (id varchar(64) not null primary key);
