-- A referral that its sender took back before it was answered, and the recorded consent on which it went.
ALTER TABLE referral ADD COLUMN withdrawn_on {{text}};
ALTER TABLE referral ADD COLUMN withdrawn_by {{i64}};
ALTER TABLE referral ADD COLUMN consent_id {{i64}};
