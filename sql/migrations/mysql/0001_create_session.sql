-- +goose Up
-- As for SQLite. All text is ASCII compared byte by byte; what people write is in *_cipher columns. IF NOT EXISTS, because
-- a change of the schema is no transaction here and may have stopped half-way.
-- Times are unix milliseconds UTC. *_cipher columns are sealed under the data key of
-- their owner (or, where said so, under a master sub-key) and bound to table, column and row.
-- The table of leases is made before the migrations, because they run under one.

CREATE TABLE IF NOT EXISTS data_keys (  -- R28: erasing an owner is deleting its rows here
  owner_id        VARCHAR(48) NOT NULL,  -- acc_, sub_, cas_ or por_ id
  wrapped         VARBINARY(128) NOT NULL,
  created_at      BIGINT NOT NULL,
  PRIMARY KEY (owner_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS key_checks (  -- R28: a replica whose values differ does not start
  kind            VARCHAR(48) NOT NULL,
  id              VARCHAR(48) NOT NULL,
  value           BINARY(32) NOT NULL,
  retired_at      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS accounts (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,
  channel         VARCHAR(48) NOT NULL,
  app_id          VARCHAR(128) NOT NULL,
  user_kind       VARCHAR(48) NOT NULL,
  user_cipher     BLOB NOT NULL,
  logins          BIGINT NOT NULL,  -- moved by each login, so that logins of one account take turns (R2)
  created_at      BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS account_keys (  -- R1: one row per active look-up key version
  hash            BINARY(32) NOT NULL PRIMARY KEY,
  account_id      VARCHAR(48) NOT NULL,
  KEY account_keys_account (account_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS sessions (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,
  token_hash      BINARY(32) NOT NULL,
  account_id      VARCHAR(48) NOT NULL,
  platform        VARCHAR(48) NOT NULL,
  version         VARCHAR(64) NOT NULL,
  created_at      BIGINT NOT NULL,
  idle_until      BIGINT NOT NULL,
  until           BIGINT NOT NULL,
  revoked_at      BIGINT NOT NULL DEFAULT 0,
  turn            BIGINT NOT NULL DEFAULT 0,  -- moved by what begins and accepts verifications, so that they take turns
  UNIQUE KEY sessions_token (token_hash),
  KEY sessions_account (account_id, created_at),
  KEY sessions_until (until)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS prefills (
  session_id      VARCHAR(48) NOT NULL PRIMARY KEY,
  account_id      VARCHAR(48) NOT NULL,
  document_cipher BLOB NOT NULL,  -- under the account's key
  until           BIGINT NOT NULL,
  used_at         BIGINT NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS idempotency_keys (
  key_hash        BINARY(32) NOT NULL PRIMARY KEY,  -- keyed hash of principal, route and key
  body_hash       BINARY(32) NOT NULL,  -- keyed hash
  state           VARCHAR(48) NOT NULL,  -- running | done
  answer_cipher   MEDIUMBLOB,  -- under a master sub-key
  created_at      BIGINT NOT NULL,
  KEY idempotency_keys_created (created_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS nonces (  -- R25: of registries' signed requests
  key_id          VARCHAR(128) NOT NULL,
  nonce           VARCHAR(128) NOT NULL,
  until           BIGINT NOT NULL,
  PRIMARY KEY (key_id, nonce),
  KEY nonces_until (until)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE nonces;
DROP TABLE idempotency_keys;
DROP TABLE prefills;
DROP TABLE sessions;
DROP TABLE account_keys;
DROP TABLE accounts;
DROP TABLE key_checks;
DROP TABLE data_keys;
