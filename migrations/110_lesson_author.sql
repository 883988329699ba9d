-- The agency that wrote a lesson: with those who may read the household behind it the only one to word it anew, because each
-- attempt is compared with the household's names. Shown to nobody; none where it was written before.
ALTER TABLE lesson ADD COLUMN author_agency {{i64}};
-- Ids do not tell the moment; within a year lessons stand by their title.
DROP INDEX lesson_newest;
CREATE INDEX lesson_by_year ON lesson (withdrawn_on, fiscal_year, title, id);
