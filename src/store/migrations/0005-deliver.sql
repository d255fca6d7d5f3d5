-- What goes out, to whom, and what became of it. Times are seconds since 1970 in UTC.

-- One issue sent to a list: frozen when it was queued, so that every copy has the same bytes whenever it goes.
CREATE TABLE mailing (
  id INTEGER PRIMARY KEY,
  issue TEXT NOT NULL UNIQUE,               -- 2017-W26
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paused', 'cancelled')),
  created INTEGER NOT NULL,
  scheduled INTEGER,                        -- not before
  sha256 TEXT NOT NULL,                     -- of frozen
  frozen BLOB NOT NULL
);

-- One message to one person. Address, name and form are frozen too; erasing a person empties them.
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  mailing INTEGER NOT NULL REFERENCES mailing (id),
  person INTEGER NOT NULL,
  address TEXT NOT NULL,
  name TEXT,
  text_only INTEGER NOT NULL DEFAULT 0,
  message_id TEXT NOT NULL UNIQUE,          -- without <>
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN
    ('queued', 'inflight', 'sent', 'deferred', 'failed', 'uncertain', 'held', 'suppressed')),
  attempt INTEGER NOT NULL DEFAULT 0,       -- end marks that were, or may have been, written
  refused INTEGER NOT NULL DEFAULT 0,       -- 4xx so far
  lost INTEGER NOT NULL DEFAULT 0,          -- connections lost before the end mark since the last reply
  again INTEGER NOT NULL DEFAULT 0,         -- 1: sent again after an uncertain end
  due INTEGER NOT NULL,                     -- not before
  first INTEGER,                            -- first 4xx
  changed INTEGER NOT NULL,
  relay TEXT,
  code INTEGER,                             -- the server's last reply
  status TEXT,
  words TEXT,
  UNIQUE (mailing, person)
);
CREATE INDEX delivery_due ON delivery (mailing, due, id) WHERE state IN ('queued', 'deferred');
CREATE INDEX delivery_open ON delivery (mailing, state) WHERE state IN ('inflight', 'uncertain');
CREATE INDEX delivery_person ON delivery (person);

-- Who may send: the database names itself and counts its senders; data/sender says the same of this folder.
CREATE TABLE sender (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  instance TEXT NOT NULL,
  epoch INTEGER NOT NULL DEFAULT 0,
  holder TEXT,                              -- "pid 123 on HOST", NULL: nobody
  machine TEXT,                             -- of the holder
  expires INTEGER
);

-- Rates that outlive a restart: a relay ("relay:smtp://…") or a recipient domain ("domain:example.com").
CREATE TABLE pace (
  name TEXT PRIMARY KEY,
  tokens REAL NOT NULL,
  filled REAL NOT NULL,                     -- when TOKENS was true
  pause REAL NOT NULL DEFAULT 0,            -- the last pause in seconds
  until REAL NOT NULL DEFAULT 0             -- no message before
) WITHOUT ROWID;
