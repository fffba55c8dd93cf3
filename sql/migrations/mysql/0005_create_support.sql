-- +goose Up
-- As for SQLite; IF NOT EXISTS, because a change of the schema is no transaction here and may have stopped half-way.
CREATE TABLE IF NOT EXISTS support_tickets (  -- no personal data: what went wrong, not for whom
  id              VARCHAR(48) NOT NULL PRIMARY KEY,  -- "tkt_…", also the scene of its QR code
  code            VARCHAR(16) NOT NULL,
  account_id      VARCHAR(48) NOT NULL,
  channel         VARCHAR(48) NOT NULL,
  document_type   VARCHAR(48) NOT NULL,
  failure         VARCHAR(48) NOT NULL,
  purpose         VARCHAR(48) NOT NULL,
  language        VARCHAR(16) NOT NULL,
  changes         BIGINT NOT NULL DEFAULT 0,  -- of the context; bounded
  state           VARCHAR(48) NOT NULL,  -- open | attached | handed_over
  created_at      BIGINT NOT NULL,
  expires_at      BIGINT NOT NULL,
  UNIQUE KEY support_tickets_code (code),
  UNIQUE KEY support_tickets_account (account_id),
  KEY support_tickets_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS support_contacts (  -- who brought which ticket to the service account last
  user_hash       BINARY(32) NOT NULL PRIMARY KEY,  -- keyed hash of the account's id there
  ticket_id       VARCHAR(48) NOT NULL,
  scanned_at      BIGINT NOT NULL,  -- by WeChat's clock
  until           BIGINT NOT NULL,
  KEY support_contacts_until (until)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS support_codes (  -- pictures of temporary QR codes
  scene           VARCHAR(64) NOT NULL PRIMARY KEY,
  picture         MEDIUMBLOB,  -- NULL until it was made
  expires_at      BIGINT NOT NULL DEFAULT 0,
  making_until    BIGINT NOT NULL DEFAULT 0,  -- one replica at a time asks for a picture
  KEY support_codes_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS support_messages (  -- each message is answered once
  id              CHAR(64) NOT NULL PRIMARY KEY,  -- SHA-256 of the fields that identify an event
  answered_at     BIGINT NOT NULL,
  KEY support_messages_answered (answered_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE support_messages;
DROP TABLE support_codes;
DROP TABLE support_contacts;
DROP TABLE support_tickets;
