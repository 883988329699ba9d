-- What a meeting drops is kept whole: of goals also term, kind and person, of roles the service (093 lost these).
ALTER TABLE plan_amendment ADD COLUMN term {{text}} NOT NULL DEFAULT '';
ALTER TABLE plan_amendment ADD COLUMN goal_kind {{text}} NOT NULL DEFAULT '';
ALTER TABLE plan_amendment ADD COLUMN person_id {{i64}};
ALTER TABLE plan_amendment ADD COLUMN service {{text}} NOT NULL DEFAULT '';
-- Whether the row was left out of the copy for the home; none: it was changed before this was kept, and nobody can say.
ALTER TABLE plan_amendment ADD COLUMN not_home {{i64}};
