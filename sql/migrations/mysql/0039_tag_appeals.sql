-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'appeals' AND column_name = 'tag') = 0,
  'ALTER TABLE appeals ADD COLUMN tag VARBINARY(32) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_appeals FROM @change;
EXECUTE change_appeals;
DEALLOCATE PREPARE change_appeals;

-- +goose Down
ALTER TABLE appeals DROP COLUMN tag;
