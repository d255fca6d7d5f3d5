-- Items, the stories that they form, and what editors decided. Times are seconds since 1970 in UTC.
CREATE TABLE story (
  id INTEGER PRIMARY KEY,
  created INTEGER NOT NULL
);

CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,             -- slug in feeds/*.yaml
  url TEXT NOT NULL,
  canonical TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  author TEXT,
  language TEXT,
  summary TEXT,
  text TEXT,
  published INTEGER,
  fetched INTEGER NOT NULL,
  number TEXT,
  issuer TEXT,
  signed_on INTEGER,
  effective INTEGER,
  comment_deadline INTEGER,
  evidence TEXT,                    -- document.sha256
  story INTEGER REFERENCES story (id)
);
CREATE INDEX item_by_time ON item (coalesce (published, fetched));
CREATE INDEX item_by_story ON item (story);
CREATE INDEX item_by_number ON item (number) WHERE number IS NOT NULL;
CREATE INDEX item_by_source ON item (source, fetched);

-- Where else the same page was seen: a second source, or another spelling of the address.
CREATE TABLE sighting (
  item INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  url TEXT NOT NULL,
  seen INTEGER NOT NULL,
  PRIMARY KEY (item, source, url)
) WITHOUT ROWID;

-- Append-only. An undo names the decision that it takes back; what is not taken back counts, the last one wins.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  item INTEGER NOT NULL REFERENCES item (id),
  week TEXT NOT NULL,               -- 2017-W26
  action TEXT NOT NULL CHECK (action IN ('pick', 'brief', 'reject', 'undo')),
  slot INTEGER CHECK (slot BETWEEN 1 AND 3),
  why TEXT,
  editor TEXT NOT NULL,
  decided INTEGER NOT NULL,
  undoes INTEGER UNIQUE REFERENCES decision (id),
  features TEXT                     -- JSON of the story's features at that time, for learning
);
CREATE INDEX decision_by_item ON decision (item, id);
CREATE INDEX decision_by_week ON decision (week, id);
CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision BEGIN SELECT raise (ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER decision_stands BEFORE UPDATE ON decision BEGIN SELECT raise (ABORT, 'decisions are never changed'); END;

-- What stands: not taken back. The last word on each item. The verdict: as that, but a newer pick of a slot ends the older.
CREATE VIEW standing AS
  SELECT * FROM decision d WHERE action <> 'undo' AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id);
CREATE VIEW last_word AS
  SELECT * FROM standing d WHERE id = (SELECT max (s.id) FROM standing s WHERE s.item = d.item);
CREATE VIEW verdict AS
  SELECT * FROM last_word d WHERE action <> 'pick'
  OR NOT EXISTS (SELECT 1 FROM last_word n WHERE n.week = d.week AND n.action = 'pick' AND n.slot = d.slot AND n.id > d.id);

-- The weights of the ranking, learned from decisions up to a week; derived, and made anew when it is older than the last decision.
CREATE TABLE weights (
  through TEXT NOT NULL PRIMARY KEY, -- the week up to which decisions were read
  last_decision INTEGER NOT NULL,
  json TEXT NOT NULL                 -- feature to weight
);
