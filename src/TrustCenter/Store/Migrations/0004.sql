-- Imports: each is a thing with a record. Its parts are the preview, the problems, and the lines of the report batch by batch.

create table import_rows (
  tenant blob not null, id blob not null, source text not null, sha text not null, stage text not null, staff blob not null, upload blob not null,
  total integer not null, done integer not null, created integer not null, ended integer,
  primary key (tenant, id));
create index import_by_stage on import_rows (stage);

create table import_parts (
  tenant blob not null, id blob not null, import blob not null, kind text not null, n integer not null, body text not null,
  primary key (tenant, id));
create index import_part on import_parts (tenant, import, kind, n);

-- A deal is found again by the key of the system that it comes from, and says which import brought it.
alter table deal_rows add column import blob;
create index deal_by_key on deal_rows (tenant, external_key);
