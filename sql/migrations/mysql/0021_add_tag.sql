-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'sessions' AND column_name = 'tag') = 0,
  'ALTER TABLE sessions ADD COLUMN tag VARBINARY(32) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_sessions FROM @change;
EXECUTE change_sessions;
DEALLOCATE PREPARE change_sessions;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'grants' AND column_name = 'tag') = 0,
  'ALTER TABLE grants ADD COLUMN tag VARBINARY(32) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_grants FROM @change;
EXECUTE change_grants;
DEALLOCATE PREPARE change_grants;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'verifications' AND column_name = 'tag') = 0,
  'ALTER TABLE verifications ADD COLUMN tag VARBINARY(32) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_verifications FROM @change;
EXECUTE change_verifications;
DEALLOCATE PREPARE change_verifications;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'checks' AND column_name = 'tag') = 0,
  'ALTER TABLE checks ADD COLUMN tag VARBINARY(32) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_checks FROM @change;
EXECUTE change_checks;
DEALLOCATE PREPARE change_checks;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'attempts' AND column_name = 'tag') = 0,
  'ALTER TABLE attempts ADD COLUMN tag VARBINARY(32) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_attempts FROM @change;
EXECUTE change_attempts;
DEALLOCATE PREPARE change_attempts;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'todos' AND column_name = 'tag') = 0,
  'ALTER TABLE todos ADD COLUMN tag VARBINARY(32) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_todos FROM @change;
EXECUTE change_todos;
DEALLOCATE PREPARE change_todos;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'switches' AND column_name = 'tag') = 0,
  'ALTER TABLE switches ADD COLUMN tag VARBINARY(32) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_switches FROM @change;
EXECUTE change_switches;
DEALLOCATE PREPARE change_switches;

CREATE TABLE IF NOT EXISTS row_integrity (  -- one row once every row has its tag: from then on a row without one was changed
  id              BIGINT NOT NULL PRIMARY KEY,
  sealed_at       BIGINT NOT NULL,
  tag             VARBINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE row_integrity;
ALTER TABLE switches DROP COLUMN tag;
ALTER TABLE todos DROP COLUMN tag;
ALTER TABLE attempts DROP COLUMN tag;
ALTER TABLE checks DROP COLUMN tag;
ALTER TABLE verifications DROP COLUMN tag;
ALTER TABLE grants DROP COLUMN tag;
ALTER TABLE sessions DROP COLUMN tag;
