-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS subscribers (  -- registered users; each is an account of the web channel
  account_id      VARCHAR(48)    NOT NULL PRIMARY KEY,
  phone_cipher    VARBINARY(128) NOT NULL,  -- under the account's key
  nickname_cipher VARBINARY(255) NOT NULL,  -- likewise
  notice_id       VARCHAR(64)    NOT NULL,  -- of the agreement, as it was shown
  version         VARCHAR(64)    NOT NULL,
  notice_hash     VARCHAR(64)    NOT NULL,
  created_at      BIGINT         NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS subscriber_keys (  -- what a subscriber signs in with; a row for each look-up key
  hash            VARBINARY(32)  NOT NULL PRIMARY KEY,  -- of the phone number
  account_id      VARCHAR(48)    NOT NULL,
  KEY subscriber_keys_account (account_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS one_time_codes (  -- those that may still be used
  id              VARCHAR(48)    NOT NULL PRIMARY KEY,  -- "otc_…"
  target_hash     VARBINARY(32)  NOT NULL,  -- of purpose and number
  code_hash       VARBINARY(32)  NOT NULL,
  tries           BIGINT         NOT NULL,
  expires_at      BIGINT         NOT NULL,
  UNIQUE KEY one_time_codes_target (target_hash),
  KEY one_time_codes_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS code_sends (  -- the last five sends to a number; a row for each look-up key
  hash            VARBINARY(32)  NOT NULL PRIMARY KEY,  -- of the number
  sent_1          BIGINT         NOT NULL,  -- the last one
  sent_2          BIGINT         NOT NULL,  -- the one before; 0 = none
  sent_3          BIGINT         NOT NULL,
  sent_4          BIGINT         NOT NULL,
  sent_5          BIGINT         NOT NULL,
  KEY code_sends_last (sent_1)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE code_sends;
DROP TABLE one_time_codes;
DROP TABLE subscriber_keys;
DROP TABLE subscribers;
