-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'confirmations' AND column_name = 'grant_id') = 0,
  'ALTER TABLE confirmations ADD COLUMN grant_id VARCHAR(48) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_confirmations FROM @change;
EXECUTE change_confirmations;
DEALLOCATE PREPARE change_confirmations;

-- +goose Down
ALTER TABLE confirmations DROP COLUMN grant_id;
