-- Members: how they sign in, and the index over the documents that they read. Times are seconds since 1970 in UTC.

-- Sign-in links that a form asked for. The token in the mail is known by its hash, who asked by a keyed hash, for a day. Without a person no
-- mail was sent: the row only counts against who asked.
CREATE TABLE member_link (
  hash TEXT PRIMARY KEY,
  address_key TEXT NOT NULL,
  person INTEGER REFERENCES person (id),
  network TEXT,
  at INTEGER NOT NULL,
  used INTEGER
) WITHOUT ROWID;
CREATE INDEX member_link_at ON member_link (at);
CREATE INDEX member_link_person ON member_link (person);

CREATE TABLE member_session (
  hash TEXT PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  created INTEGER NOT NULL,
  used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX member_session_person ON member_session (person);

-- What issues/documents holds; the files are the record, this follows them and can be made again at any time.
CREATE TABLE library (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  modified INTEGER NOT NULL,                -- of the file, in nanoseconds
  size INTEGER NOT NULL,
  tier INTEGER NOT NULL,                    -- model/person.h: 0 everybody, 1 bronze, 2 silver, 3 gold
  title TEXT NOT NULL,
  original TEXT, pinyin TEXT, number TEXT, issuer TEXT, language TEXT, summary TEXT, status TEXT,
  date TEXT, signed TEXT, effective TEXT
);
CREATE INDEX library_date ON library (date DESC, slug);

-- By what it is found: its topics, issuer, status, year, tier.
CREATE TABLE library_facet (
  library INTEGER NOT NULL REFERENCES library (id) ON DELETE CASCADE,
  facet TEXT NOT NULL,
  term TEXT NOT NULL,
  PRIMARY KEY (library, facet, term)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE library_search USING fts5 (title, original, facts, body, tokenize='zhoubao');
INSERT INTO library_search (library_search, rank) VALUES ('rank', 'bm25 (8.0, 8.0, 4.0, 1.0)');
