-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'visit_answers' AND column_name = 'paper_cipher') = 0,
  'ALTER TABLE visit_answers ADD COLUMN paper_cipher VARBINARY(128) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_answers FROM @change;
EXECUTE change_answers;
DEALLOCATE PREPARE change_answers;

-- +goose Down
ALTER TABLE visit_answers DROP COLUMN paper_cipher;
