-- Taking words out of the index one item at a time makes FTS5 write what it has gathered after each. So an item whose words
-- changed waits with those that it had, and store/search takes all of them out at one stroke before it adds the new ones.
-- Where the item's time changed too, its row in the index is another: then the old one goes at once, for no item leads to it.
ALTER TABLE search_todo ADD COLUMN key INTEGER; -- NULL: nothing of it is in the index
ALTER TABLE search_todo ADD COLUMN title TEXT;
ALTER TABLE search_todo ADD COLUMN text TEXT;

DROP TRIGGER item_search_change;
CREATE TRIGGER item_search_change AFTER UPDATE OF title, summary, text ON item
  WHEN (old.title IS NOT new.title OR old.text IS NOT new.text OR old.summary IS NOT new.summary)
    AND old.published IS new.published AND old.fetched IS new.fetched
    AND NOT EXISTS (SELECT 1 FROM search_todo WHERE item = old.id)
BEGIN
  INSERT INTO search_todo (item, key, title, text)
    VALUES (old.id, (min (max (coalesce (old.published, old.fetched), 0), 8589934591) << 28) | (old.id & 268435455),
      old.title, coalesce (old.text, old.summary));
END;
CREATE TRIGGER item_search_move AFTER UPDATE OF published, fetched ON item
  WHEN old.published IS NOT new.published OR old.fetched IS NOT new.fetched
BEGIN
  INSERT INTO item_search (item_search, rowid, title, text)
    SELECT 'delete', (min (max (coalesce (old.published, old.fetched), 0), 8589934591) << 28) | (old.id & 268435455),
      old.title, coalesce (old.text, old.summary)
    WHERE NOT EXISTS (SELECT 1 FROM search_todo WHERE item = old.id);
  INSERT INTO item_search (item_search, rowid, title, text)
    SELECT 'delete', key, title, text FROM search_todo WHERE item = old.id AND key IS NOT NULL;
  INSERT OR REPLACE INTO search_todo (item) VALUES (new.id);
END;

DROP TRIGGER item_search_remove;
CREATE TRIGGER item_search_remove AFTER DELETE ON item BEGIN
  INSERT INTO item_search (item_search, rowid, title, text)
    SELECT 'delete', (min (max (coalesce (old.published, old.fetched), 0), 8589934591) << 28) | (old.id & 268435455),
      old.title, coalesce (old.text, old.summary)
    WHERE NOT EXISTS (SELECT 1 FROM search_todo WHERE item = old.id);
  INSERT INTO item_search (item_search, rowid, title, text)
    SELECT 'delete', key, title, text FROM search_todo WHERE item = old.id AND key IS NOT NULL;
  DELETE FROM search_todo WHERE item = old.id;
END;
