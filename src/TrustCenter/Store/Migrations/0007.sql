-- The platform's own list of tenants. The tenant column is the platform's fixed id, the id column the tenant's; a row stays as a tombstone.
create table tenancy_rows (
  tenant blob not null, id blob not null, name text not null, host text not null, status text not null, changed integer not null, due integer,
  primary key (tenant, id));
create index tenancy_by_status on tenancy_rows (status, due);
create index tenancy_by_id on tenancy_rows (id);

-- The restoring that a link was approved again after; null for none.
alter table link_rows add column approved integer;
