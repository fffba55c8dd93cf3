-- +goose Up
-- Requests of persons to be erased. They outlive what they erase, so that a restored backup is erased again; nothing in them is personal.
CREATE TABLE erasures (
  id          TEXT    NOT NULL PRIMARY KEY,   -- "ers_…"; whoever has it may read how far the erasure is
  subject_id  TEXT    NOT NULL,
  account_id  TEXT    NOT NULL,
  requested_at INTEGER NOT NULL,
  state       TEXT    NOT NULL,               -- requested | partly | done
  kept_id     TEXT    NOT NULL DEFAULT '',    -- "sub_…": the subject of what had to stay, which has no key and no look-up hash
  erased_at   INTEGER NOT NULL DEFAULT 0,     -- when account and subject were
  next_at     INTEGER NOT NULL,               -- the worker looks at it then
  done_at     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX erasures_due ON erasures(state, next_at);
-- Of an owner that was erased: until somebody comes with the same document, or signs in as the same user; 0 = live.
ALTER TABLE subjects ADD COLUMN erased_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN erased_at INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE accounts DROP COLUMN erased_at;
ALTER TABLE subjects DROP COLUMN erased_at;
DROP TABLE erasures;
