-- +goose Up
ALTER TABLE subjects ADD COLUMN freeze_id TEXT NOT NULL DEFAULT '';  -- the freeze in force; what gives authority to a person changes this row or reads it after that
CREATE TABLE freezes (             -- a person's own stops on their number; unique while in force
  id              TEXT    NOT NULL PRIMARY KEY,  -- "frz_…"
  subject_id      TEXT    NOT NULL,
  account_id      TEXT    NOT NULL,  -- from which it was placed
  placed_at       INTEGER NOT NULL,
  lifted_at       INTEGER NOT NULL,  -- 0 = in force
  verification_id TEXT    NOT NULL,  -- by which it was lifted
  tag             BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX freezes_subject ON freezes(subject_id, lifted_at);
CREATE INDEX freezes_account ON freezes(account_id, lifted_at);
CREATE INDEX freezes_lifted ON freezes(lifted_at);
CREATE TABLE impersonation_reports (  -- answers "not mine", for a reviewer
  confirmation_id TEXT    NOT NULL PRIMARY KEY,
  registry_id     TEXT    NOT NULL,
  state           TEXT    NOT NULL,  -- open | settled
  outcome         TEXT    NOT NULL DEFAULT '',
  created_at      INTEGER NOT NULL,
  settled_by      TEXT    NOT NULL DEFAULT '',  -- id of the member of staff
  settled_at      INTEGER NOT NULL DEFAULT 0,
  kept_from       INTEGER NOT NULL   -- the period begins with the report, and again when it is settled
) STRICT, WITHOUT ROWID;
CREATE INDEX impersonation_reports_state ON impersonation_reports(state, created_at);
CREATE INDEX impersonation_reports_kept ON impersonation_reports(kept_from);

-- +goose Down
DROP TABLE impersonation_reports;
DROP TABLE freezes;
ALTER TABLE subjects DROP COLUMN freeze_id;
