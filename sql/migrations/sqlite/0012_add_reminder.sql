-- +goose Up
-- A message says that a todo has arrived, or reminds of one that ends soon.
CREATE TABLE notification_messages_new (   -- one of each kind for each account and revision of a case
  account_id  TEXT    NOT NULL,
  case_row    TEXT    NOT NULL,
  revision    INTEGER NOT NULL,
  kind        TEXT    NOT NULL,     -- arrival | reminder
  todo_id     TEXT    NOT NULL,
  state       TEXT    NOT NULL,     -- pending | sent | dropped
  attempts    INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,     -- pushed forward as the lease of who sends it
  PRIMARY KEY (account_id, case_row, revision, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO notification_messages_new
  SELECT account_id, case_row, revision, 'arrival', todo_id, state, attempts, created_at, next_at FROM notification_messages;
DROP TABLE notification_messages;
ALTER TABLE notification_messages_new RENAME TO notification_messages;
CREATE INDEX notification_messages_due ON notification_messages(state, next_at);
CREATE INDEX notification_messages_case ON notification_messages(case_row, revision);

-- +goose Down
DELETE FROM notification_messages WHERE kind = 'reminder';
CREATE TABLE notification_messages_old (
  account_id  TEXT    NOT NULL,
  case_row    TEXT    NOT NULL,
  revision    INTEGER NOT NULL,
  todo_id     TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,
  PRIMARY KEY (account_id, case_row, revision)
) STRICT, WITHOUT ROWID;
INSERT INTO notification_messages_old
  SELECT account_id, case_row, revision, todo_id, state, attempts, created_at, next_at FROM notification_messages;
DROP TABLE notification_messages;
ALTER TABLE notification_messages_old RENAME TO notification_messages;
CREATE INDEX notification_messages_due ON notification_messages(state, next_at);
CREATE INDEX notification_messages_case ON notification_messages(case_row, revision);
