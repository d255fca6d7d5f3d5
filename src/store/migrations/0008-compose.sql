-- Revisions that come back whole, typing that makes one revision instead of many, and what a schedule came to.
ALTER TABLE revision ADD COLUMN draft TEXT;    -- JSON: every word and item; NULL in older rows
ALTER TABLE revision ADD COLUMN begun INTEGER; -- of a revision that autosaves continue
ALTER TABLE issue ADD COLUMN scheduled_by TEXT;
ALTER TABLE issue ADD COLUMN halted TEXT;      -- why its time passed and it was not published

-- Mailings that somebody asked the desk to send; it goes on with them until nothing waits any more.
CREATE TABLE sending (
  issue TEXT PRIMARY KEY,                      -- 2017-W26
  asked INTEGER NOT NULL,
  asked_by TEXT NOT NULL,
  ended INTEGER,
  trouble TEXT                                 -- why it stopped
) WITHOUT ROWID;
