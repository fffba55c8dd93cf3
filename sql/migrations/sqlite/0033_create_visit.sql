-- +goose Up
CREATE TABLE visits (               -- services at a window
  id              TEXT    NOT NULL PRIMARY KEY,  -- "vis_…"
  office          TEXT    NOT NULL,
  state           TEXT    NOT NULL,  -- open | awaiting_approval | verified | ended
  found_by        TEXT    NOT NULL,
  found_id        TEXT    NOT NULL,  -- beginning of a session's id, id of a ticket, or empty
  registry_id     TEXT    NOT NULL,  -- of the case at hand; empty while it is not known, as the following ones
  case_id         TEXT    NOT NULL,
  case_row        TEXT    NOT NULL,
  subject_id      TEXT    NOT NULL,
  reason          TEXT    NOT NULL,
  minor           INTEGER NOT NULL,
  unable          INTEGER NOT NULL,  -- the person cannot write
  opened_by       TEXT    NOT NULL,
  opened_at       INTEGER NOT NULL,
  verified_by     TEXT    NOT NULL,
  verifier_hash   BLOB    NOT NULL,  -- keyed hash of that member's own document, or empty
  verified_at     INTEGER NOT NULL,
  approved_by     TEXT    NOT NULL,
  approved_at     INTEGER NOT NULL,
  shown_at        INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL,
  ended_at        INTEGER NOT NULL,
  outcome         TEXT    NOT NULL,
  evidence_cipher BLOB    NOT NULL,  -- what was seen of the document; under the subject's key
  tag             BLOB    NOT NULL
) STRICT;
CREATE INDEX visits_office ON visits(office, ended_at, expires_at);
CREATE INDEX visits_subject ON visits(subject_id, opened_at);
CREATE INDEX visits_expires ON visits(expires_at);
CREATE INDEX visits_case ON visits(case_row);
CREATE TABLE visit_answers (        -- which answers were given in a visit
  confirmation_id TEXT    NOT NULL PRIMARY KEY,
  visit_id        TEXT    NOT NULL,
  office          TEXT    NOT NULL,
  ledger_id       TEXT    NOT NULL,  -- of the entry
  manner          TEXT    NOT NULL,
  paper           TEXT    NOT NULL   -- number of the signed paper in the office's files, or empty
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_answers_visit ON visit_answers(visit_id);

-- +goose Down
DROP TABLE visit_answers;
DROP TABLE visits;
