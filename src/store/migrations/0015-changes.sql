-- A number that is another whenever an item changed in what the queue shows or ranks by: what is counted misses a title that was mended
-- and a text that came late. New items and their stories tell of themselves by their own numbers, without a trigger, which makes an
-- INSERT dear.
CREATE TABLE change (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  items INTEGER NOT NULL
);
INSERT INTO change (id, items) VALUES (1, 1);
CREATE TRIGGER item_changed
AFTER UPDATE OF source, title, language, summary, text, published, number, effective, comment_deadline ON item
WHEN old.source IS NOT new.source OR old.title IS NOT new.title OR old.language IS NOT new.language OR old.summary IS NOT new.summary
  OR old.text IS NOT new.text OR old.published IS NOT new.published OR old.number IS NOT new.number OR old.effective IS NOT new.effective
  OR old.comment_deadline IS NOT new.comment_deadline
BEGIN UPDATE change SET items = items + 1; END;
CREATE TRIGGER item_went AFTER DELETE ON item BEGIN UPDATE change SET items = items + 1; END;
CREATE TRIGGER sighting_came AFTER INSERT ON sighting BEGIN UPDATE change SET items = items + 1; END;
CREATE TRIGGER sighting_went AFTER DELETE ON sighting BEGIN UPDATE change SET items = items + 1; END;
