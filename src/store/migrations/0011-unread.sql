-- Evidence of which only titles and first lines were taken in, because very much came at once: its texts are read later.
CREATE TABLE unread (
  sha256 TEXT PRIMARY KEY REFERENCES document (sha256) ON DELETE CASCADE,
  source TEXT NOT NULL -- slug
) WITHOUT ROWID;
