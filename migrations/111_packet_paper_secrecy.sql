-- The day on which secrecy was explained to, and acknowledged by, who got a packet on paper; none for papers of before.
ALTER TABLE packet_paper ADD COLUMN secrecy_on {{text}};
CREATE INDEX packet_paper_secrecy ON packet_paper (secrecy_on) WHERE secrecy_on IS NOT NULL;
