-- Keys of programs. The hash finds a key; whether it opens anything is asked of its state.
create table api_key_rows (
  tenant blob not null, id blob not null, token_hash blob not null, name text not null, scopes text not null, creator blob not null,
  created integer not null, expires integer not null, revoked integer, used integer,
  primary key (tenant, id));
create unique index api_key_by_token on api_key_rows (token_hash);
