-- A crawl of very much hands the index a dozen large steps, which one of the next to come may merge: a segment more costs a search less than
-- its page, and merging while the crawl writes doubled what the index wrote.
INSERT INTO item_search (item_search, rank) VALUES ('automerge', 16);
INSERT INTO item_search (item_search, rank) VALUES ('crisismerge', 24);
