-- Earlier stays on the list of those who joined again, what a form asked for, and sums of mailings that are settled.

-- One stay that was over when the person joined again; the last one stands in person.
CREATE TABLE stay (
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  joined INTEGER NOT NULL,
  left_at INTEGER NOT NULL
);
CREATE INDEX stay_person ON stay (person);
CREATE TRIGGER person_joined_again AFTER UPDATE OF joined ON person
WHEN old.joined IS NOT new.joined AND old.left_at > old.joined
BEGIN INSERT INTO stay (person, joined, left_at) VALUES (old.id, old.joined, old.left_at); END;

-- What the form chose; where that is nothing, the person's wishes stay as they are.
ALTER TABLE request ADD COLUMN weekly INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN latest INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN essays INTEGER NOT NULL DEFAULT 0;

-- Sums of mailings with nothing waiting, made when somebody looks; a deleted row is made again. store/delivery takes the row away where a
-- delivery of such a mailing moves after all (a trigger would make every step of sending dear), a bounce that comes later changes it.
CREATE TABLE mailing_sum (
  mailing INTEGER PRIMARY KEY REFERENCES mailing (id),
  addressed INTEGER NOT NULL,               -- without those suppressed
  delivered INTEGER NOT NULL,
  bounced INTEGER NOT NULL,
  complained INTEGER NOT NULL,
  unknown INTEGER NOT NULL
);
CREATE TRIGGER bounce_came AFTER INSERT ON bounce WHEN new.kind IN ('hard', 'complaint')
BEGIN
  UPDATE mailing_sum SET
    delivered = delivered - (new.kind = 'hard' AND d.state = 'sent'),
    bounced = bounced + (new.kind = 'hard' AND d.state <> 'failed'),
    complained = complained + (new.kind = 'complaint'),
    unknown = unknown - (new.kind = 'hard' AND d.state IN ('uncertain', 'held'))
  FROM delivery d WHERE d.id = new.delivery AND d.state <> 'suppressed' AND mailing_sum.mailing = d.mailing;
END;
