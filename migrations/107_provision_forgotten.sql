-- After its years a 協議 no longer says whom it was about; its line stays in the numbered list of the year.
ALTER TABLE provision ADD COLUMN forgotten {{i64}} NOT NULL DEFAULT 0;
