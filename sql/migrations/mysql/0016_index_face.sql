-- +goose Up
-- As for SQLite. An index has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'portraits' AND index_name = 'portraits_subject') = 0,
  'ALTER TABLE portraits ADD KEY portraits_subject (subject_id)',
  'DO 0');
PREPARE change_portraits FROM @change;
EXECUTE change_portraits;
DEALLOCATE PREPARE change_portraits;

-- +goose Down
ALTER TABLE portraits DROP KEY portraits_subject;
