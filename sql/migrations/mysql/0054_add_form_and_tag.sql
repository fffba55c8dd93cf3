-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'withheld_accesses' AND column_name = 'form_id') = 0,
  'ALTER TABLE withheld_accesses ADD COLUMN form_id VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_column FROM @change;
EXECUTE change_column;
DEALLOCATE PREPARE change_column;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'appeal_materials' AND column_name = 'tag') = 0,
  'ALTER TABLE appeal_materials ADD COLUMN tag VARBINARY(32) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_column FROM @change;
EXECUTE change_column;
DEALLOCATE PREPARE change_column;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'support_tickets' AND column_name = 'answered_at') = 0,
  'ALTER TABLE support_tickets ADD COLUMN answered_at BIGINT NOT NULL DEFAULT 0',
  'DO 0');
PREPARE change_column FROM @change;
EXECUTE change_column;
DEALLOCATE PREPARE change_column;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'support_tickets' AND column_name = 'answered_by') = 0,
  'ALTER TABLE support_tickets ADD COLUMN answered_by VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_column FROM @change;
EXECUTE change_column;
DEALLOCATE PREPARE change_column;

-- +goose Down
ALTER TABLE support_tickets DROP COLUMN answered_by;
ALTER TABLE support_tickets DROP COLUMN answered_at;
ALTER TABLE appeal_materials DROP COLUMN tag;
ALTER TABLE withheld_accesses DROP COLUMN form_id;
