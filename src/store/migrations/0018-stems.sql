-- Words are stemmed otherwise (studied and study meet), so what is indexed is taken for nothing and waits to be indexed anew, which
-- store/search does in steps. The documents are few: at once.
DELETE FROM search_todo;
INSERT INTO search_todo (item) SELECT id FROM item;
INSERT INTO item_search (item_search) VALUES ('delete-all');
INSERT INTO library_search (library_search) VALUES ('rebuild');
