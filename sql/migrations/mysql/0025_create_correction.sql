-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS corrections (  -- what persons ask to have corrected, and the answers
  id            VARCHAR(48)    NOT NULL PRIMARY KEY,  -- "cor_…"
  subject_id    VARCHAR(48)    NOT NULL,
  account_id    VARCHAR(48)    NOT NULL,  -- from which it was requested
  field         VARCHAR(48)    NOT NULL,
  text_cipher   BLOB           NOT NULL,  -- the person's words; under the subject's key, as the following one
  ground_cipher VARBINARY(4096) NOT NULL DEFAULT '',
  state         VARCHAR(16)    NOT NULL,  -- open | settled
  outcome       VARCHAR(48)    NOT NULL DEFAULT '',
  created_at    BIGINT         NOT NULL,
  read_at       BIGINT         NOT NULL DEFAULT 0,   -- by the operator, the last time
  read_by       VARBINARY(800) NOT NULL DEFAULT '',  -- UTF-8, as the following one
  settled_by    VARBINARY(800) NOT NULL DEFAULT '',
  settled_at    BIGINT         NOT NULL DEFAULT 0,
  kept_from     BIGINT         NOT NULL,  -- the period begins with the answer, or with the request if there is none
  KEY corrections_subject (subject_id, created_at),
  KEY corrections_state (state, created_at),
  KEY corrections_kept (kept_from)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE corrections;
