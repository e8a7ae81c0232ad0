-- A vendor's own host names; a proven one belongs to one vendor.
create table host_rows (
  tenant blob not null, id blob not null, host text not null, proven integer, checked integer,
  primary key (tenant, id));
create unique index host_by_name on host_rows (host) where proven is not null;

-- When a person's address is to be destroyed, as the person was told: the ordinary day, and the day after an accepted agreement.
alter table visit_rows add column forget_at integer;
alter table visit_rows add column keep_until integer;
-- Staff no longer see an address that is kept only as the proof of an accepted agreement.
alter table personal add column hidden integer;
create index personal_by_time on personal (tenant, utc);

alter table subprocessor_rows add column announced text;
alter table subprocessor_rows add column until text;
