-- A meeting adds goals and roles and drops them, too. What was dropped is kept whole: who, how often (how_before), by when.
ALTER TABLE plan_amendment ADD COLUMN kind {{text}} NOT NULL DEFAULT 'worded' CONSTRAINT plan_amendment_kind CHECK (kind IN ('worded', 'added', 'dropped'));
ALTER TABLE plan_amendment ADD COLUMN agency_id {{i64}};
ALTER TABLE plan_amendment ADD COLUMN who {{text}} NOT NULL DEFAULT '';
ALTER TABLE plan_amendment ADD COLUMN by_on {{text}};
