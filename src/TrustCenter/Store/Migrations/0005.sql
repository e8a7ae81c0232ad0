-- Claims that wait for their hour, translations in work, and acts on many claims at once.
alter table claim_rows add column publish_at integer;
create index claim_by_hour on claim_rows (publish_at);

create table translation_rows (
  tenant blob not null, id blob not null, claim blob not null, language text not null, statement text not null, stage text not null, author blob not null, changed integer not null,
  primary key (tenant, id));
create index translation_by_claim on translation_rows (tenant, claim);

create table claim_batch_rows (
  tenant blob not null, id blob not null, author blob not null, begun integer not null, finished integer not null,
  primary key (tenant, id));
create index claim_batch_open on claim_batch_rows (finished, begun);
