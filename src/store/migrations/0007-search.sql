-- Full-text search over the items. A row's number in the index is the item's time with its id below (ids stay under
-- 2^28): the index itself is in the order of time, and "newest first" reads no more rows than it shows.
-- FTS5 writes rows fast only in rising order, so what is new waits in search_todo until store/search adds it, sorted.
CREATE TABLE search_todo (
  item INTEGER PRIMARY KEY
);

CREATE VIEW search_text AS
  SELECT (min (max (coalesce (published, fetched), 0), 8589934591) << 28) | (id & 268435455) AS key,
    id, title, coalesce (text, summary) AS text
  FROM item;
CREATE INDEX item_by_search_key ON item
  ((min (max (coalesce (published, fetched), 0), 8589934591) << 28) | (id & 268435455));

CREATE VIRTUAL TABLE item_search USING fts5
  (title, text, content='search_text', content_rowid='key', tokenize='zhoubao');
INSERT INTO item_search (item_search, rank) VALUES ('rank', 'bm25 (8.0, 1.0)');
INSERT INTO item_search (item_search, rank) VALUES ('hashsize', 8388608);
INSERT INTO search_todo (item) SELECT id FROM item;

CREATE TRIGGER item_search_add AFTER INSERT ON item BEGIN
  INSERT INTO search_todo (item) VALUES (new.id);
END;

-- What is indexed already can be taken out only by the words that it had.
CREATE TRIGGER item_search_remove AFTER DELETE ON item BEGIN
  INSERT INTO item_search (item_search, rowid, title, text)
    SELECT 'delete', (min (max (coalesce (old.published, old.fetched), 0), 8589934591) << 28) | (old.id & 268435455),
      old.title, coalesce (old.text, old.summary)
    WHERE NOT EXISTS (SELECT 1 FROM search_todo WHERE item = old.id);
  DELETE FROM search_todo WHERE item = old.id;
END;

-- An item that is seen again is updated with what it has: then nothing is indexed anew.
CREATE TRIGGER item_search_change AFTER UPDATE OF title, summary, text, published, fetched ON item
  WHEN (old.title IS NOT new.title OR old.text IS NOT new.text OR old.summary IS NOT new.summary
    OR old.published IS NOT new.published OR old.fetched IS NOT new.fetched)
    AND NOT EXISTS (SELECT 1 FROM search_todo WHERE item = old.id)
BEGIN
  INSERT INTO item_search (item_search, rowid, title, text)
    VALUES ('delete', (min (max (coalesce (old.published, old.fetched), 0), 8589934591) << 28) | (old.id & 268435455),
      old.title, coalesce (old.text, old.summary));
  INSERT INTO search_todo (item) VALUES (new.id);
END;
