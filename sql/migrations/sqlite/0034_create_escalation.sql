-- +goose Up
CREATE TABLE escalations (          -- what offices ask the provincial centre to do for a person
  id            TEXT    NOT NULL PRIMARY KEY,  -- "esc_…"
  kind          TEXT    NOT NULL,
  office        TEXT    NOT NULL,
  centre        TEXT    NOT NULL,
  visit_id      TEXT    NOT NULL,
  subject_id    TEXT    NOT NULL,
  case_row      TEXT    NOT NULL,
  sent_by       TEXT    NOT NULL,
  sent_at       INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,
  settled_by    TEXT    NOT NULL,   -- empty while it is open
  settled_at    INTEGER NOT NULL,
  outcome       TEXT    NOT NULL,
  note_cipher   BLOB    NOT NULL,   -- under the subject's key, as the following one
  answer_cipher BLOB    NOT NULL,
  tag           BLOB    NOT NULL
) STRICT;
CREATE INDEX escalations_office ON escalations(office, settled_at, due_at);
CREATE INDEX escalations_centre ON escalations(centre, settled_at, due_at);
CREATE INDEX escalations_subject ON escalations(subject_id, sent_at);
CREATE INDEX escalations_due ON escalations(due_at);

-- +goose Down
DROP TABLE escalations;
