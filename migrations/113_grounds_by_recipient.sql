-- As what the recipient of a 目的外利用・提供 gets it (codes of the folder's articles; '' for those of before), and how the
-- agreement of the 本人 was made sure of, where the article stands on it.
ALTER TABLE provision ADD COLUMN recipient_kind {{text}} NOT NULL DEFAULT '';
ALTER TABLE provision ADD COLUMN pii_consent {{text}} NOT NULL DEFAULT '';
-- An expectant mother who needs support (児童福祉法6条の3第5項), as who runs the meeting notes it of a home without a child.
ALTER TABLE other_law_person ADD COLUMN expectant {{i64}} NOT NULL DEFAULT 0;
