-- What was decided at one stroke, many at once or a story with its reprints, is taken back at one stroke.
ALTER TABLE decision ADD COLUMN batch INTEGER;
CREATE INDEX decision_by_batch ON decision (batch) WHERE batch IS NOT NULL;
