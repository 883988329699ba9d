-- The agenda item by which a submitted plan lies before a sitting, and that sitting's day: the 支援決定 waits for it.
ALTER TABLE plan ADD COLUMN laid_item {{i64}};
ALTER TABLE plan ADD COLUMN laid_on {{text}};
