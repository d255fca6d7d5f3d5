-- What the crawler remembers. What a source is stands in feeds/*.yaml; here is how it fares.
-- Times are seconds since 1970 in UTC.
CREATE TABLE source (
  slug TEXT PRIMARY KEY,
  url TEXT NOT NULL,                -- as in feeds/*.yaml when it was last asked; with another all below is forgotten
  state TEXT NOT NULL CHECK (state IN ('new', 'ok', 'quiet', 'broken', 'blocked', 'retired')),
  error TEXT,                       -- why it is broken, blocked or retired
  failures INTEGER NOT NULL,        -- in a row
  moved_to TEXT,                    -- where its permanent redirects lead
  etag TEXT,                        -- validators of the last good answer, as they came
  modified TEXT,
  digest TEXT,                      -- SHA-256 of the last good answer
  rows_usual REAL NOT NULL,         -- rows of a good answer, and the share of them that has a date, both smoothed
  dates_usual REAL NOT NULL,
  rhythm REAL NOT NULL,             -- seconds between two new items, smoothed; 0: not known yet
  first_fetched INTEGER,
  last_new INTEGER                  -- when it last brought something
) WITHOUT ROWID;

-- The log: one row an attempt. The newest row of a source also says when it is due again, so that a look at an
-- unchanged source writes nothing else.
CREATE TABLE fetch (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,             -- slug
  kind TEXT NOT NULL CHECK (kind IN ('source', 'article', 'clip')),
  item INTEGER,                     -- of an article
  url TEXT NOT NULL,
  fetched INTEGER NOT NULL,
  milliseconds INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'unchanged', 'failed', 'blocked', 'gone', 'waits')),
  status INTEGER,                   -- of HTTP; null: no answer
  error TEXT,
  address TEXT,
  wire_bytes INTEGER NOT NULL,
  header_bytes INTEGER NOT NULL,
  row_count INTEGER,
  new_count INTEGER,
  state TEXT,                       -- the source's, after it
  next_due INTEGER
);
CREATE INDEX fetch_by_source ON fetch (source, id) WHERE kind = 'source';
CREATE INDEX fetch_by_item ON fetch (item) WHERE item IS NOT NULL;
CREATE INDEX fetch_by_time ON fetch (fetched);

-- Articles that are still to be fetched: the source told their titles only.
CREATE TABLE wanted (
  item INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  url TEXT NOT NULL,
  published INTEGER,
  tries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX wanted_by_source ON wanted (source, published);

-- Evidence: the bytes of an answer, once unpacked, as zstd.
CREATE TABLE document (
  sha256 TEXT PRIMARY KEY,          -- of the bytes, before zstd
  url TEXT NOT NULL,
  fetched INTEGER NOT NULL,
  status INTEGER NOT NULL,          -- 0: no answer of HTTP, but a file that a person clipped
  address TEXT,
  content_type TEXT,
  headers TEXT NOT NULL,            -- status line and fields as received
  size INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX document_by_time ON document (fetched);

-- What is known of a host: scheme, name and port.
CREATE TABLE host (
  origin TEXT PRIMARY KEY,
  not_before INTEGER,               -- it asked to be left alone until then (Retry-After)
  robots_status INTEGER,            -- null: its robots.txt was not asked for; 0: no answer
  robots_fetched INTEGER,
  robots_etag TEXT,                 -- its validators
  robots_modified TEXT,
  robots BLOB                       -- the file
) WITHOUT ROWID;
