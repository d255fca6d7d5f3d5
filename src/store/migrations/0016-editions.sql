-- Mailings of essays and of the latest developments beside the weekly issue: mailing.issue holds the edition's name ("2017-W26",
-- "posts/SLUG", "latest/2017-06-30").
ALTER TABLE mailing ADD COLUMN decision INTEGER; -- the newest that a mail of the latest developments looked at

-- Those whom mail may go to, with what they want.
DROP VIEW reader;
CREATE VIEW reader AS
  SELECT id, address, name, text_only, weekly, latest, essays FROM person WHERE state = 'active'
    AND NOT EXISTS (SELECT 1 FROM suppression WHERE kind = 'address' AND value = address_key)
    AND NOT EXISTS (SELECT 1 FROM suppression WHERE kind = 'domain' AND value = domain);
