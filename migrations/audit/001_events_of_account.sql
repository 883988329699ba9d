-- No statement ever used this index, and it cost most of what keeping a reading costs: for each event a page of its own.
-- Where the events of one account on a day begin and end is gathered instead, with what else is gathered of the day.
DROP INDEX audit_read_account;
ALTER TABLE audit_day ADD COLUMN first_seq {{i64}} NOT NULL DEFAULT 0;
ALTER TABLE audit_day ADD COLUMN last_seq {{i64}} NOT NULL DEFAULT 0;
UPDATE audit_day SET last_seq = (SELECT coalesce(max(last_seq), 0) FROM audit_scan);
