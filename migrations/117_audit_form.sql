-- Events of form 2 also hash a detail: codes and numbers only.
ALTER TABLE audit_write ADD COLUMN form {{i64}} NOT NULL DEFAULT 1;
ALTER TABLE audit_write ADD COLUMN detail {{blob}};
-- What the city's folder was when the program last started with it is now the detail of the event itself: this row beside
-- it could be altered unseen, so that a change of rules left no event.
DROP TABLE settings_seen;
CREATE INDEX audit_write_settings ON audit_write (seq) WHERE action = 'settings.changed';
