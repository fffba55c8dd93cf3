-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS rule_simulations (  -- replays of proposed versions, one for each
  version_id      VARCHAR(48) NOT NULL PRIMARY KEY,
  requested_at    BIGINT      NOT NULL,
  claimed_until   BIGINT      NOT NULL,  -- a replica works on it
  done            BIGINT      NOT NULL,  -- verifications
  total           BIGINT      NOT NULL,
  finished_at     BIGINT      NOT NULL,  -- 0 = due
  failed          BIGINT      NOT NULL,
  result          MEDIUMBLOB  NOT NULL,  -- JSON: numbers without a person
  KEY rule_simulations_due (finished_at, claimed_until)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'verifications' AND column_name = 'document_type') = 0,
  'ALTER TABLE verifications ADD COLUMN document_type VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '''', ADD KEY verifications_created (created_at, id)',
  'DO 0');
PREPARE change_verifications FROM @change;
EXECUTE change_verifications;
DEALLOCATE PREPARE change_verifications;

-- +goose Down
ALTER TABLE verifications DROP KEY verifications_created, DROP COLUMN document_type;
DROP TABLE rule_simulations;
