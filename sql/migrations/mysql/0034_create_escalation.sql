-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS escalations (  -- what offices ask the provincial centre to do for a person
  id            VARCHAR(48)    NOT NULL PRIMARY KEY,  -- "esc_…"
  kind          VARCHAR(24)    NOT NULL,
  office        VARCHAR(128)   NOT NULL,
  centre        VARCHAR(128)   NOT NULL,
  visit_id      VARCHAR(48)    NOT NULL,
  subject_id    VARCHAR(48)    NOT NULL,
  case_row      VARCHAR(48)    NOT NULL,
  sent_by       VARCHAR(128)   NOT NULL,
  sent_at       BIGINT         NOT NULL,
  due_at        BIGINT         NOT NULL,
  settled_by    VARCHAR(128)   NOT NULL,   -- empty while it is open
  settled_at    BIGINT         NOT NULL,
  outcome       VARCHAR(24)    NOT NULL,
  note_cipher   BLOB           NOT NULL,   -- under the subject's key, as the following one
  answer_cipher BLOB           NOT NULL,
  tag           VARBINARY(32)  NOT NULL,
  KEY escalations_office (office, settled_at, due_at),
  KEY escalations_centre (centre, settled_at, due_at),
  KEY escalations_subject (subject_id, sent_at),
  KEY escalations_due (due_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE escalations;
