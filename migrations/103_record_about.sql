-- Whom a record is about, for whoever gathers what is kept about a person: its own person, each of several, or, where it
-- names nobody, whoever belonged to the household that it hangs on (straight, or over an agenda item) on those days.
CREATE VIEW record_about AS
  SELECT a.id AS record_id, a.person_id AS person_id, '' AS valid_from, '9999-12-31' AS valid_until
  FROM access_subject a WHERE a.person_id IS NOT NULL
  UNION ALL
  SELECT a.id, g.person_id, '', '9999-12-31'
  FROM access_subject a JOIN access_group g ON g.group_id = a.person_id
  UNION ALL
  SELECT a.id, m.person_id, m.valid_from, COALESCE(m.valid_until, '9999-12-31')
  FROM access_subject a JOIN membership m ON m.household_id = a.root_id WHERE a.person_id IS NULL
  UNION ALL
  SELECT a.id, m.person_id, m.valid_from, COALESCE(m.valid_until, '9999-12-31')
  FROM access_subject a JOIN agenda_item i ON i.id = a.root_id JOIN membership m ON m.household_id = i.household_id WHERE a.person_id IS NULL;
-- From a household to its items.
CREATE INDEX agenda_item_household ON agenda_item (household_id) WHERE household_id IS NOT NULL;
