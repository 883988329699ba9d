-- Of a guest: the agency whose name was given as office, if it is one, and the day on which who invited him confirmed that he
-- is of no agency that the 本人 keeps out. Links of before have neither: they open on no consent that keeps somebody out.
ALTER TABLE guest_link ADD COLUMN agency_id {{i64}};
ALTER TABLE guest_link ADD COLUMN apart_on {{text}};
