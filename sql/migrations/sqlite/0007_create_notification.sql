-- +goose Up
CREATE TABLE notifications (               -- messages that an account agreed to, about the todos of one subject
  account_id  TEXT    NOT NULL,
  subject_id  TEXT    NOT NULL,
  credits     INTEGER NOT NULL,     -- how many messages are left
  agreed_at   INTEGER NOT NULL,
  PRIMARY KEY (account_id, subject_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notifications_subject ON notifications(subject_id);
CREATE INDEX notifications_agreed ON notifications(agreed_at);

CREATE TABLE notification_messages (       -- one for each account and revision of a case
  account_id  TEXT    NOT NULL,
  case_row    TEXT    NOT NULL,
  revision    INTEGER NOT NULL,
  todo_id     TEXT    NOT NULL,
  state       TEXT    NOT NULL,     -- pending | sent | dropped
  attempts    INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,     -- pushed forward as the lease of who sends it
  PRIMARY KEY (account_id, case_row, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_messages_due ON notification_messages(state, next_at);
CREATE INDEX notification_messages_case ON notification_messages(case_row, revision);

-- +goose Down
DROP TABLE notification_messages;
DROP TABLE notifications;
