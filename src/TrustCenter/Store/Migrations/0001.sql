-- Portable between the databases: blob/bytea is the only word that differs. Times are microseconds since 1970 UTC, ids 16 bytes.

create table states (
  tenant blob not null, kind text not null, key blob not null,
  etag integer not null, format integer not null, body blob not null, done text not null, mac blob not null,
  primary key (tenant, kind, key));

-- One row a tenant: the last number of each log, and the epoch that every gate-relevant decision raises.
create table heads (
  tenant blob not null primary key, journal integer not null, publications integer not null, gate_epoch integer not null);

create table entries (
  tenant blob not null, log text not null, n integer not null, utc integer not null, what text not null, subject text not null,
  actor text not null, body blob not null, leaf blob not null,
  primary key (tenant, log, n));
create index entries_by_subject on entries (tenant, log, subject, n);

create table checkpoints (
  tenant blob not null, log text not null, size integer not null, utc integer not null, jws text not null,
  primary key (tenant, log, size));

create table tenant_keys (
  tenant blob not null, purpose text not null, sealed blob not null,
  primary key (tenant, purpose));

create table personal (
  tenant blob not null, id blob not null, field text not null, lookup blob not null, sealed_key blob not null, sealed_value blob not null, utc integer not null,
  primary key (tenant, id));
create index personal_by_lookup on personal (tenant, lookup);

create table mails (
  tenant blob not null, id blob not null, utc integer not null, lookup blob not null, sealed blob not null,
  state text not null, attempts integer not null, due integer not null, problem text,
  primary key (tenant, id));
create index mails_due on mails (state, due);

-- Work that a commit leaves for a lease holder.
create table outbox (
  tenant blob not null, kind text not null, n integer not null, utc integer not null,
  primary key (tenant, kind));

create table snapshots (
  tenant blob not null, page text not null, content_type text not null, body blob not null, brotli blob not null, etag text not null, utc integer not null,
  primary key (tenant, page));

-- Bytes of files lie under the upload that brought them; a blob row makes them part of the content.
create table chunks (
  tenant blob not null, upload blob not null, n integer not null, utc integer not null, hash blob not null, bytes blob not null,
  primary key (tenant, upload, n));
create table blobs (
  tenant blob not null, sha blob not null, upload blob not null, size integer not null, utc integer not null,
  primary key (tenant, sha));

-- View rows: what lists read. Every one has the primary key (tenant, id).
create table vendor_rows (
  tenant blob not null, id blob not null, host text not null, name text not null,
  primary key (tenant, id));
create unique index vendor_by_host on vendor_rows (host);

create table staff_rows (
  tenant blob not null, id blob not null, name text not null, roles text not null, active integer not null,
  primary key (tenant, id));

create table audience_rows (
  tenant blob not null, id blob not null, slug text not null, position integer not null, name text not null, body text not null,
  primary key (tenant, id));

create table claim_rows (
  tenant blob not null, id blob not null, statement text not null, topic text not null, status text not null, visibility text not null,
  owner text not null, review_by text, version integer not null, stage text not null, author blob, changed integer not null, published text,
  primary key (tenant, id));

create table evidence_rows (
  tenant blob not null, id blob not null, title text not null, kind text not null, class text not null, version integer not null,
  valid_until text, stage text not null, author blob, changed integer not null, published text,
  primary key (tenant, id));

create table subprocessor_rows (
  tenant blob not null, id blob not null, name text not null, purpose text not null, location text not null, website text not null,
  products text not null, since text, position integer not null,
  primary key (tenant, id));

create table link_rows (
  tenant blob not null, id blob not null, token_hash blob not null, account text not null, owner blob not null, deal blob,
  created integer not null, expires integer not null, revoked integer,
  primary key (tenant, id));
create unique index link_by_token on link_rows (token_hash);
create index link_by_deal on link_rows (tenant, deal);

create table visit_rows (
  tenant blob not null, id blob not null, link blob not null, person blob not null, stage text not null, asked integer not null, proven integer, accepted integer,
  primary key (tenant, id));
create index visit_by_link on visit_rows (tenant, link, asked);
create index visit_by_person on visit_rows (tenant, person);

-- A touch: a prospect's trace on a link, and so on a deal.
create table touch_rows (
  tenant blob not null, id blob not null, link blob not null, deal blob, visit blob, person blob, utc integer not null, what text not null, about text not null, about_id blob,
  primary key (tenant, id));
create index touch_by_link on touch_rows (tenant, link, utc);
create index touch_by_deal on touch_rows (tenant, deal, utc);

create table deal_rows (
  tenant blob not null, id blob not null, external_key text, account text not null, domain text not null, product text not null, amount_cents integer, currency text not null,
  stage text not null, opened text, closed text, owner text not null, manager text not null, region text not null, outcome text not null,
  factor text not null, reason text not null, said_by text, claim blob, requirement text not null, changed integer not null,
  primary key (tenant, id));
create index deal_by_closed on deal_rows (tenant, closed);
-- The figures over lost deals read this index alone.
create index deal_by_outcome on deal_rows (tenant, outcome, closed, factor, currency, amount_cents);
