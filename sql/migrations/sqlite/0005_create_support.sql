-- +goose Up
CREATE TABLE support_tickets (      -- no personal data: what went wrong, not for whom
  id            TEXT    NOT NULL PRIMARY KEY,  -- "tkt_…", also the scene of its QR code
  code          TEXT    NOT NULL,
  account_id    TEXT    NOT NULL REFERENCES accounts(id),
  channel       TEXT    NOT NULL,
  document_type TEXT    NOT NULL,
  failure       TEXT    NOT NULL,
  purpose       TEXT    NOT NULL,
  language      TEXT    NOT NULL,
  changes       INTEGER NOT NULL DEFAULT 0,    -- of the context; bounded
  state         TEXT    NOT NULL,              -- open | attached | handed_over
  created_at    INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX support_tickets_code ON support_tickets(code);
CREATE UNIQUE INDEX support_tickets_account ON support_tickets(account_id);
CREATE INDEX support_tickets_expiry ON support_tickets(expires_at);

CREATE TABLE support_contacts (     -- who brought which ticket to the service account last
  user_hash     BLOB    NOT NULL PRIMARY KEY,  -- keyed hash of the account's id there
  ticket_id     TEXT    NOT NULL,
  scanned_at    INTEGER NOT NULL,              -- by WeChat's clock
  until         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX support_contacts_until ON support_contacts(until);

CREATE TABLE support_codes (        -- pictures of temporary QR codes
  scene         TEXT    NOT NULL PRIMARY KEY,
  picture       BLOB,                          -- NULL until it was made
  expires_at    INTEGER NOT NULL DEFAULT 0,
  making_until  INTEGER NOT NULL DEFAULT 0     -- one replica at a time asks for a picture
) STRICT;
CREATE INDEX support_codes_expiry ON support_codes(expires_at);

CREATE TABLE support_messages (     -- each message is answered once
  id            TEXT    NOT NULL PRIMARY KEY,  -- SHA-256 of the fields that identify an event
  answered_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX support_messages_answered ON support_messages(answered_at);

-- +goose Down
DROP TABLE support_messages;
DROP TABLE support_codes;
DROP TABLE support_contacts;
DROP TABLE support_tickets;
