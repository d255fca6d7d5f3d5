-- The issue in the making. What is published is the file issues/weekly/DATE.md; these rows are the way there.
CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  week TEXT NOT NULL UNIQUE,                -- 2017-W26
  state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'review', 'approved', 'published', 'sent')),
  version INTEGER NOT NULL DEFAULT 1,       -- grows with every save; a form that shows an older one is stale
  title TEXT NOT NULL,
  author TEXT,
  summary TEXT,
  intro TEXT,
  extra TEXT,                               -- JSON: sections after the items, briefs, corrections
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  edited_by TEXT,
  approved_by TEXT,
  approved INTEGER,
  scheduled INTEGER,                        -- publish and send not before
  published_by TEXT,
  published INTEGER,
  sha256 TEXT                               -- of the published file's bytes
);

CREATE TABLE slot (
  issue INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 3),
  item INTEGER,                             -- row of item, NULL where written by hand
  heading TEXT,
  url TEXT,
  title TEXT,
  language TEXT,
  pinyin TEXT,
  source TEXT,
  number TEXT,
  published INTEGER,
  fetched INTEGER,
  sha256 TEXT,
  topics TEXT NOT NULL DEFAULT '{}',
  paragraph TEXT,
  PRIMARY KEY (issue, position)
) WITHOUT ROWID;

-- Every text that the draft had, as the issue file it would have made.
CREATE TABLE revision (
  id INTEGER PRIMARY KEY,
  issue INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  editor TEXT,
  what TEXT NOT NULL,                       -- new | edit | review | approve | return | publish | send
  text TEXT NOT NULL
);
CREATE INDEX revision_by_issue ON revision (issue, id);
