-- +goose Up
-- Times are unix milliseconds UTC. *_cipher columns are sealed under the data key of
-- their owner (or, where said so, under a master sub-key) and bound to table, column and row.
-- WITHOUT ROWID is for narrow rows: where whole rows are the key, a wide one makes each comparison read all its pages.
-- The table of leases is made before the migrations, because they run under one.

CREATE TABLE data_keys (            -- R28: erasing an owner is deleting its rows here
  owner_id    TEXT    NOT NULL,     -- acc_, sub_, cas_ or por_ id
  wrapped     BLOB    NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (owner_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE key_checks (           -- R28: a replica whose values differ does not start
  kind        TEXT    NOT NULL,
  id          TEXT    NOT NULL,
  value       BLOB    NOT NULL,
  retired_at  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  id          TEXT    NOT NULL PRIMARY KEY,
  channel     TEXT    NOT NULL,
  app_id      TEXT    NOT NULL,
  user_kind   TEXT    NOT NULL,
  user_cipher BLOB    NOT NULL,
  logins      INTEGER NOT NULL,     -- moved by each login, so that logins of one account take turns (R2)
  created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE account_keys (         -- R1: one row per active look-up key version
  hash        BLOB    NOT NULL PRIMARY KEY,
  account_id  TEXT    NOT NULL REFERENCES accounts(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_keys_account ON account_keys(account_id);

CREATE TABLE sessions (
  id          TEXT    NOT NULL PRIMARY KEY,
  token_hash  BLOB    NOT NULL,
  account_id  TEXT    NOT NULL REFERENCES accounts(id),
  platform    TEXT    NOT NULL,
  version     TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  idle_until  INTEGER NOT NULL,
  until       INTEGER NOT NULL,
  revoked_at  INTEGER NOT NULL DEFAULT 0,
  turn        INTEGER NOT NULL DEFAULT 0   -- moved by what begins and accepts verifications, so that they take turns
) STRICT;
CREATE UNIQUE INDEX sessions_token ON sessions(token_hash);
CREATE INDEX sessions_account ON sessions(account_id, created_at);
CREATE INDEX sessions_until ON sessions(until);

CREATE TABLE prefills (
  session_id      TEXT    NOT NULL PRIMARY KEY REFERENCES sessions(id),
  account_id      TEXT    NOT NULL,
  document_cipher BLOB    NOT NULL,  -- under the account's key
  until           INTEGER NOT NULL,
  used_at         INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE idempotency_keys (
  key_hash      BLOB    NOT NULL PRIMARY KEY, -- keyed hash of principal, route and key
  body_hash     BLOB    NOT NULL,             -- keyed hash
  state         TEXT    NOT NULL,             -- running | done
  answer_cipher BLOB,                         -- under a master sub-key
  created_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotency_keys_created ON idempotency_keys(created_at);

CREATE TABLE nonces (               -- R25: of registries' signed requests
  key_id      TEXT    NOT NULL,
  nonce       TEXT    NOT NULL,
  until       INTEGER NOT NULL,
  PRIMARY KEY (key_id, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX nonces_until ON nonces(until);

-- +goose Down
DROP TABLE nonces;
DROP TABLE idempotency_keys;
DROP TABLE prefills;
DROP TABLE sessions;
DROP TABLE account_keys;
DROP TABLE accounts;
DROP TABLE key_checks;
DROP TABLE data_keys;
