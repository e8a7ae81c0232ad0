-- Several processes: what one changed, the others see by these numbers; and who of them does which background work.
alter table heads add column content integer not null default 0;
alter table heads add column changed integer not null default 0;
create index heads_by_change on heads (changed);

create table leases (
  name text not null primary key, owner blob not null, until integer not null);

-- Which host key the states are under.
create table store_key (
  id integer not null primary key, name text not null);
