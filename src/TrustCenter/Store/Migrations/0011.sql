-- Who holds a lease, in words for the operator.
alter table leases add column holder text not null default '';
