-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'sessions' AND column_name = 'owner_check_id') = 0,
  'ALTER TABLE sessions ADD COLUMN owner_check_id VARCHAR(48) NOT NULL DEFAULT '''', ADD COLUMN owner_check_until BIGINT NOT NULL DEFAULT 0',
  'DO 0');
PREPARE change_sessions FROM @change;
EXECUTE change_sessions;
DEALLOCATE PREPARE change_sessions;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'prefills' AND column_name = 'differs') = 0,
  'ALTER TABLE prefills ADD COLUMN differs TINYINT NOT NULL DEFAULT 0',
  'DO 0');
PREPARE change_prefills FROM @change;
EXECUTE change_prefills;
DEALLOCATE PREPARE change_prefills;

-- +goose Down
DELETE FROM prefills WHERE differs = 1;
ALTER TABLE prefills DROP COLUMN differs;
ALTER TABLE sessions DROP COLUMN owner_check_until, DROP COLUMN owner_check_id;
