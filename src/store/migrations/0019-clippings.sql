-- Pages that editors gave by their address or pasted, from the moment they ask until they are items: a restart must lose none.
CREATE TABLE clipping (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  asked INTEGER NOT NULL,
  editor TEXT NOT NULL,
  url TEXT NOT NULL,
  source TEXT,     -- NULL: by its address
  page BLOB,       -- what was pasted; NULL: it is fetched
  item INTEGER REFERENCES item (id) ON DELETE SET NULL,
  ended INTEGER,   -- NULL: it still waits
  problem TEXT     -- why it could not be taken in
) STRICT;
CREATE INDEX clipping_by_end ON clipping (ended);
