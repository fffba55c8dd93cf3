-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS erasures (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,  -- "ers_…"; whoever has it may read how far the erasure is
  subject_id      VARCHAR(48) NOT NULL,
  account_id      VARCHAR(48) NOT NULL,
  requested_at    BIGINT NOT NULL,
  state           VARCHAR(48) NOT NULL,  -- requested | partly | done
  kept_id         VARCHAR(48) NOT NULL DEFAULT '',  -- "sub_…": the subject of what had to stay, which has no key and no look-up hash
  erased_at       BIGINT NOT NULL DEFAULT 0,  -- when account and subject were
  next_at         BIGINT NOT NULL,  -- the worker looks at it then
  done_at         BIGINT NOT NULL DEFAULT 0,
  KEY erasures_due (state, next_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'subjects' AND column_name = 'erased_at') = 0,
  'ALTER TABLE subjects ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0',
  'DO 0');
PREPARE change_subjects FROM @change;
EXECUTE change_subjects;
DEALLOCATE PREPARE change_subjects;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'accounts' AND column_name = 'erased_at') = 0,
  'ALTER TABLE accounts ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0',
  'DO 0');
PREPARE change_accounts FROM @change;
EXECUTE change_accounts;
DEALLOCATE PREPARE change_accounts;

-- +goose Down
ALTER TABLE accounts DROP COLUMN erased_at;
ALTER TABLE subjects DROP COLUMN erased_at;
DROP TABLE erasures;
