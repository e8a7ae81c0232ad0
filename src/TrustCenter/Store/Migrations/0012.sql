-- Nobody reads it: what a gate asks is compared by the number of its own state, so that a decision on one link lets all others stay in memory.
alter table heads drop column gate_epoch;
