-- +goose Up
-- As for SQLite, in one statement: it happens as a whole or not at all.
ALTER TABLE notification_messages
  ADD COLUMN kind VARCHAR(16) NOT NULL DEFAULT 'arrival' AFTER revision,  -- arrival | reminder
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (account_id, case_row, revision, kind);

-- +goose Down
DELETE FROM notification_messages WHERE kind = 'reminder';
ALTER TABLE notification_messages DROP PRIMARY KEY, DROP COLUMN kind, ADD PRIMARY KEY (account_id, case_row, revision);
