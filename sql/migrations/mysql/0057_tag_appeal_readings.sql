-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'appeal_readings' AND column_name = 'tag') = 0,
  'ALTER TABLE appeal_readings ADD COLUMN tag VARBINARY(32) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_column FROM @change;
EXECUTE change_column;
DEALLOCATE PREPARE change_column;

-- +goose Down
ALTER TABLE appeal_readings DROP COLUMN tag;
