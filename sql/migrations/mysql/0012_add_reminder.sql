-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded. kind
-- is "arrival" or "reminder".
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'notification_messages' AND column_name = 'kind') = 0,
  'ALTER TABLE notification_messages ADD COLUMN kind VARCHAR(16) NOT NULL DEFAULT ''arrival'' AFTER revision, DROP PRIMARY KEY, ADD PRIMARY KEY (account_id, case_row, revision, kind)',
  'DO 0');
PREPARE change_messages FROM @change;
EXECUTE change_messages;
DEALLOCATE PREPARE change_messages;

-- +goose Down
DELETE FROM notification_messages WHERE kind = 'reminder';
ALTER TABLE notification_messages DROP PRIMARY KEY, DROP COLUMN kind, ADD PRIMARY KEY (account_id, case_row, revision);
