-- Subscribers and members, whom no mail may go to, what came back, and what forms asked for. Times are seconds since 1970 in UTC.

-- A person keeps the row when erased, empty, so that its number is never another's and old figures stay true.
CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  address TEXT NOT NULL,                    -- as it goes over the wire; '' when erased
  address_key TEXT NOT NULL UNIQUE,         -- in lower case; 'erased:ID' when erased
  domain TEXT GENERATED ALWAYS AS (substr (address_key, instr (address_key, '@') + 1)) VIRTUAL,
  name TEXT,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN
    ('pending', 'active', 'paused', 'left', 'bounced', 'complained', 'erased')),
  tier TEXT NOT NULL DEFAULT 'none' CHECK (tier IN ('none', 'bronze', 'silver', 'gold')),
  language TEXT,
  text_only INTEGER NOT NULL DEFAULT 0,
  weekly INTEGER NOT NULL DEFAULT 1,        -- what they get: the weekly issue, the latest developments, essays
  latest INTEGER NOT NULL DEFAULT 0,
  essays INTEGER NOT NULL DEFAULT 0,
  paused_until INTEGER,                     -- of state paused; NULL: until they say so
  origin TEXT NOT NULL,                     -- form, import, editor
  consent_at INTEGER,                       -- when, to which version of the text, on which page; no more is kept
  consent_text TEXT,
  consent_from TEXT,
  joined INTEGER NOT NULL,
  left_at INTEGER,
  changed INTEGER NOT NULL
);
CREATE INDEX person_state ON person (state, id);
CREATE INDEX person_domain ON person (domain);

-- No mail goes to these: an address (its key), all of a domain, or an erased address, known by its keyed hash alone.
CREATE TABLE suppression (
  kind TEXT NOT NULL CHECK (kind IN ('address', 'domain', 'hash')),
  value TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('left', 'bounced', 'complained', 'erased', 'editor')),
  at INTEGER NOT NULL,
  note TEXT,
  PRIMARY KEY (kind, value)
) WITHOUT ROWID;

-- Those whom the weekly issue goes to.
CREATE VIEW reader AS
  SELECT id, address, name, text_only FROM person WHERE state = 'active' AND weekly = 1
    AND NOT EXISTS (SELECT 1 FROM suppression WHERE kind = 'address' AND value = address_key)
    AND NOT EXISTS (SELECT 1 FROM suppression WHERE kind = 'domain' AND value = domain);

-- What came back, by mail or as a refusal during SMTP. A delivery counts once as soft and once as hard; the same mail read again counts for
-- nothing.
CREATE TABLE bounce (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  mail TEXT,                                -- SHA-256 of the mail; NULL: a refusal during SMTP
  delivery INTEGER NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('hard', 'soft', 'complaint', 'autoreply')),
  status TEXT,
  reason TEXT NOT NULL,                     -- base/refusal.h's code
  words TEXT,                               -- the other side's, one line
  UNIQUE (delivery, kind)
);
CREATE INDEX bounce_person ON bounce (person, at);

-- Mails that a form asked for: confirmations of joining and of a changed address. The token in the mail is known by its hash; the asking
-- network address by a keyed hash, for a day.
CREATE TABLE request (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('subscribe', 'change')),
  person INTEGER NOT NULL REFERENCES person (id),
  address_key TEXT NOT NULL,                -- whom the mail went to
  address TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,               -- SHA-256
  network TEXT,
  at INTEGER NOT NULL,
  used INTEGER
);
CREATE INDEX request_address ON request (address_key, at);
CREATE INDEX request_at ON request (at);
