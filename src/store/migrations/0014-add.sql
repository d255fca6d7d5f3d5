-- store/item tells search_todo of what is new. With a trigger an INSERT writes to two tables in one statement, for which SQLite
-- keeps a copy of each page that it touches: most of the time that a new item took.
DROP TRIGGER item_search_add;
