-- Staff who sign in: the address by its keyed pseudonym, how far the invitation is, when they were last here.
alter table staff_rows add column email blob;
alter table staff_rows add column person blob;
alter table staff_rows add column joined integer;
alter table staff_rows add column invited integer;
alter table staff_rows add column invitation_hash blob;
alter table staff_rows add column last_sign_in integer;
create index staff_by_email on staff_rows (email);
create unique index staff_by_invitation on staff_rows (invitation_hash);

-- Who asked for codes lately, by pseudonyms: the network, the address, the place (a link, the sign-in). Rows leave with their window.
create table ask_rows (
  tenant blob not null, id blob not null, utc integer not null, network blob not null, about blob not null, place blob not null,
  primary key (tenant, id));
create index ask_by_time on ask_rows (utc);
create index ask_by_network on ask_rows (network, utc);
create index ask_by_about on ask_rows (tenant, about, utc);
create index ask_by_place on ask_rows (tenant, place, utc);
