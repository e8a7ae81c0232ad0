-- Who asked for access and waits for an answer; and which personal records belong to a request, so that they are forgotten together.
create table request_rows (
  tenant blob not null, id blob not null, person blob not null, stage text not null, asked integer not null, due integer, decided integer,
  primary key (tenant, id));
create index request_by_stage on request_rows (tenant, stage, due);

create table request_record_rows (
  tenant blob not null, id blob not null, request blob not null, forget_at integer not null,
  primary key (tenant, id));
