-- +goose Up
CREATE TABLE subscribers (          -- registered users; each is an account of the web channel
  account_id      TEXT    NOT NULL PRIMARY KEY,
  phone_cipher    BLOB    NOT NULL,  -- under the account's key
  nickname_cipher BLOB    NOT NULL,  -- likewise
  notice_id       TEXT    NOT NULL,  -- of the agreement, as it was shown
  version         TEXT    NOT NULL,
  notice_hash     TEXT    NOT NULL,
  created_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE subscriber_keys (      -- what a subscriber signs in with; a row for each look-up key
  hash            BLOB    NOT NULL PRIMARY KEY,  -- of the phone number
  account_id      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX subscriber_keys_account ON subscriber_keys(account_id);

CREATE TABLE one_time_codes (       -- those that may still be used
  id              TEXT    NOT NULL PRIMARY KEY,  -- "otc_…"
  target_hash     BLOB    NOT NULL,  -- of purpose and number
  code_hash       BLOB    NOT NULL,
  tries           INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_time_codes_target ON one_time_codes(target_hash);
CREATE INDEX one_time_codes_expires ON one_time_codes(expires_at);

CREATE TABLE code_sends (           -- the last five sends to a number; a row for each look-up key
  hash            BLOB    NOT NULL PRIMARY KEY,  -- of the number
  sent_1          INTEGER NOT NULL,  -- the last one
  sent_2          INTEGER NOT NULL,  -- the one before; 0 = none
  sent_3          INTEGER NOT NULL,
  sent_4          INTEGER NOT NULL,
  sent_5          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX code_sends_last ON code_sends(sent_1);

-- +goose Down
DROP TABLE code_sends;
DROP TABLE one_time_codes;
DROP TABLE subscriber_keys;
DROP TABLE subscribers;
