-- A grant that its holder ends early keeps the end that was granted (until_on): the council's list shows both.
ALTER TABLE provision ADD COLUMN ended_on {{text}};
