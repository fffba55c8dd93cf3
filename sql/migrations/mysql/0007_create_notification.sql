-- +goose Up
-- As for SQLite; IF NOT EXISTS, because a change of the schema is no transaction here and may have stopped half-way.
CREATE TABLE IF NOT EXISTS notifications (  -- messages that an account agreed to, about the todos of one subject
  account_id      VARCHAR(48) NOT NULL,
  subject_id      VARCHAR(48) NOT NULL,
  credits         BIGINT NOT NULL,  -- how many messages are left
  agreed_at       BIGINT NOT NULL,
  PRIMARY KEY (account_id, subject_id),
  KEY notifications_subject (subject_id),
  KEY notifications_agreed (agreed_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS notification_messages (  -- one for each account and revision of a case
  account_id      VARCHAR(48) NOT NULL,
  case_row        VARCHAR(48) NOT NULL,
  revision        BIGINT NOT NULL,
  todo_id         VARCHAR(48) NOT NULL,
  state           VARCHAR(16) NOT NULL,  -- pending | sent | dropped
  attempts        BIGINT NOT NULL DEFAULT 0,
  created_at      BIGINT NOT NULL,
  next_at         BIGINT NOT NULL,  -- pushed forward as the lease of who sends it
  PRIMARY KEY (account_id, case_row, revision),
  KEY notification_messages_due (state, next_at),
  KEY notification_messages_case (case_row, revision)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE notification_messages;
DROP TABLE notifications;
