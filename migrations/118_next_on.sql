-- When an agency means to be in touch again: as its record says, or when it goes on alone after an intake.
ALTER TABLE support_record ADD COLUMN next_on {{text}};
ALTER TABLE intake ADD COLUMN next_on {{text}};
