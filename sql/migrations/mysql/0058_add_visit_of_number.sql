-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'queue_numbers' AND column_name = 'visit_id') = 0,
  'ALTER TABLE queue_numbers ADD COLUMN visit_id VARCHAR(48) NOT NULL DEFAULT '''', ADD KEY queue_numbers_visit (visit_id)',
  'DO 0');
PREPARE change_column FROM @change;
EXECUTE change_column;
DEALLOCATE PREPARE change_column;

-- +goose Down
ALTER TABLE queue_numbers DROP COLUMN visit_id;
