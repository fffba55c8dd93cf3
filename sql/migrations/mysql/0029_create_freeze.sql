-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'subjects' AND column_name = 'freeze_id') = 0,
  'ALTER TABLE subjects ADD COLUMN freeze_id VARCHAR(48) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_subjects FROM @change;
EXECUTE change_subjects;
DEALLOCATE PREPARE change_subjects;
CREATE TABLE IF NOT EXISTS freezes (  -- a person's own stops on their number; unique while in force
  id              VARCHAR(48)   NOT NULL PRIMARY KEY,  -- "frz_…"
  subject_id      VARCHAR(48)   NOT NULL,
  account_id      VARCHAR(48)   NOT NULL,  -- from which it was placed
  placed_at       BIGINT        NOT NULL,
  lifted_at       BIGINT        NOT NULL,  -- 0 = in force
  verification_id VARCHAR(48)   NOT NULL,  -- by which it was lifted
  tag             VARBINARY(32) NOT NULL,
  UNIQUE KEY freezes_subject (subject_id, lifted_at),
  KEY freezes_account (account_id, lifted_at),
  KEY freezes_lifted (lifted_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
CREATE TABLE IF NOT EXISTS impersonation_reports (  -- answers "not mine", for a reviewer
  confirmation_id VARCHAR(48)   NOT NULL PRIMARY KEY,
  registry_id     VARCHAR(48)   NOT NULL,
  state           VARCHAR(16)   NOT NULL,  -- open | settled
  outcome         VARCHAR(48)   NOT NULL DEFAULT '',
  created_at      BIGINT        NOT NULL,
  settled_by      VARCHAR(48)   NOT NULL DEFAULT '',  -- id of the member of staff
  settled_at      BIGINT        NOT NULL DEFAULT 0,
  kept_from       BIGINT        NOT NULL,  -- the period begins with the report, and again when it is settled
  KEY impersonation_reports_state (state, created_at),
  KEY impersonation_reports_kept (kept_from)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE impersonation_reports;
DROP TABLE freezes;
ALTER TABLE subjects DROP COLUMN freeze_id;
