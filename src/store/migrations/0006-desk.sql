-- Editors, their sessions, what they said to each other, and who did what.
CREATE TABLE editor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE, -- what one signs in with
  role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'contributor')),
  password TEXT NOT NULL,                   -- Argon2id
  created INTEGER NOT NULL
);

-- A session is known by the hash of its cookie, so that the database opens no door. It ends with the password or the role.
CREATE TABLE session (
  hash TEXT PRIMARY KEY,
  editor INTEGER NOT NULL REFERENCES editor (id) ON DELETE CASCADE,
  created INTEGER NOT NULL,
  used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_by_editor ON session (editor);

-- Failed attempts, for the limit of five a minute. WHO is an address of the network or "name:" and a name.
CREATE TABLE attempt (
  who TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX attempt_by_who ON attempt (who, at);

CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  story INTEGER NOT NULL REFERENCES story (id),
  editor TEXT NOT NULL,
  written INTEGER NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX note_by_story ON note (story, id);

-- Append-only.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,    -- "publish", "sign in", "subscriber erase"
  about TEXT             -- the week, item, person or editor that it was done to
);
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT raise (ABORT, 'the audit is never deleted'); END;
CREATE TRIGGER audit_stands BEFORE UPDATE ON audit BEGIN SELECT raise (ABORT, 'the audit is never changed'); END;
