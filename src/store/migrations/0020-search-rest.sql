-- A crawl of very much hands the index a dozen large steps. Merging them while the crawl writes doubled what the index wrote, and a search
-- is as quick over fifteen of them as over six: they are merged when the sixteenth comes.
INSERT INTO item_search (item_search, rank) VALUES ('automerge', 16);
INSERT INTO item_search (item_search, rank) VALUES ('crisismerge', 24);
