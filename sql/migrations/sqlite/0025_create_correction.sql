-- +goose Up
CREATE TABLE corrections (         -- what persons ask to have corrected, and the answers
  id            TEXT    NOT NULL PRIMARY KEY,  -- "cor_…"
  subject_id    TEXT    NOT NULL,
  account_id    TEXT    NOT NULL,   -- from which it was requested
  field         TEXT    NOT NULL,
  text_cipher   BLOB    NOT NULL,   -- the person's words; under the subject's key, as the following one
  ground_cipher BLOB    NOT NULL DEFAULT X'',
  state         TEXT    NOT NULL,   -- open | settled
  outcome       TEXT    NOT NULL DEFAULT '',
  created_at    INTEGER NOT NULL,
  read_at       INTEGER NOT NULL DEFAULT 0,    -- by the operator, the last time
  read_by       BLOB    NOT NULL DEFAULT X'',  -- UTF-8, as the following one
  settled_by    BLOB    NOT NULL DEFAULT X'',
  settled_at    INTEGER NOT NULL DEFAULT 0,
  kept_from     INTEGER NOT NULL    -- the period begins with the answer, or with the request if there is none
) STRICT;
CREATE INDEX corrections_subject ON corrections(subject_id, created_at);
CREATE INDEX corrections_state ON corrections(state, created_at);
CREATE INDEX corrections_kept ON corrections(kept_from);

-- +goose Down
DROP TABLE corrections;
