-- Failures slow the next try down, measured from the last one. What was counted before is forgotten.
DELETE FROM login_throttle;
ALTER TABLE login_throttle ADD COLUMN last_at {{i64}} NOT NULL DEFAULT 0;
