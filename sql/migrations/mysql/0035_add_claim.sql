-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'appeal_materials' AND column_name = 'claimed_until') = 0,
  'ALTER TABLE appeal_materials ADD COLUMN claimed_until BIGINT NOT NULL DEFAULT 0, ADD COLUMN claims INT NOT NULL DEFAULT 0',
  'DO 0');
PREPARE change_materials FROM @change;
EXECUTE change_materials;
DEALLOCATE PREPARE change_materials;

-- +goose Down
UPDATE appeal_materials SET state = 'uploading', copy_id = '' WHERE state = 'checking';
ALTER TABLE appeal_materials DROP COLUMN claims, DROP COLUMN claimed_until;
