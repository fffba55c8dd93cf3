-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'database_epoch' AND column_name = 'database_id') = 0,
  'ALTER TABLE database_epoch ADD COLUMN database_id VARCHAR(64) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_epoch FROM @change;
EXECUTE change_epoch;
DEALLOCATE PREPARE change_epoch;
UPDATE database_epoch SET database_id = CONCAT('dbs_', MD5(CONCAT(UUID(), RAND(), NOW(6)))) WHERE database_id = '';

-- +goose Down
ALTER TABLE database_epoch DROP COLUMN database_id;
