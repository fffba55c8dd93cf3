-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS visits (   -- services at a window
  id              VARCHAR(48)     NOT NULL PRIMARY KEY,  -- "vis_…"
  office          VARCHAR(128)    NOT NULL,
  state           VARCHAR(24)     NOT NULL,  -- open | awaiting_approval | verified | ended
  found_by        VARCHAR(16)     NOT NULL,
  found_id        VARCHAR(48)     NOT NULL,  -- beginning of a session's id, id of a ticket, or empty
  registry_id     VARCHAR(48)     NOT NULL,  -- of the case at hand; empty while it is not known, as the following ones
  case_id         VARCHAR(64)     NOT NULL,
  case_row        VARCHAR(48)     NOT NULL,
  subject_id      VARCHAR(48)     NOT NULL,
  reason          VARCHAR(48)     NOT NULL,
  minor           BIGINT          NOT NULL,
  unable          BIGINT          NOT NULL,  -- the person cannot write
  opened_by       VARCHAR(128)    NOT NULL,
  opened_at       BIGINT          NOT NULL,
  verified_by     VARCHAR(128)    NOT NULL,
  verifier_hash   VARBINARY(32)   NOT NULL,  -- keyed hash of that member's own document, or empty
  verified_at     BIGINT          NOT NULL,
  approved_by     VARCHAR(128)    NOT NULL,
  approved_at     BIGINT          NOT NULL,
  shown_at        BIGINT          NOT NULL,
  expires_at      BIGINT          NOT NULL,
  ended_at        BIGINT          NOT NULL,
  outcome         VARCHAR(48)     NOT NULL,
  evidence_cipher BLOB            NOT NULL,  -- what was seen of the document; under the subject's key
  tag             VARBINARY(32)   NOT NULL,
  KEY visits_office (office, ended_at, expires_at),
  KEY visits_subject (subject_id, opened_at),
  KEY visits_expires (expires_at),
  KEY visits_case (case_row)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
CREATE TABLE IF NOT EXISTS visit_answers (  -- which answers were given in a visit
  confirmation_id VARCHAR(48)     NOT NULL PRIMARY KEY,
  visit_id        VARCHAR(48)     NOT NULL,
  office          VARCHAR(128)    NOT NULL,
  ledger_id       VARCHAR(48)     NOT NULL,  -- of the entry
  manner          VARCHAR(24)     NOT NULL,
  paper           VARCHAR(64)     NOT NULL,  -- number of the signed paper in the office's files, or empty
  KEY visit_answers_visit (visit_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE visit_answers;
DROP TABLE visits;
