-- +goose Up
CREATE TABLE provider_tokens (      -- access tokens that all replicas share
  name         TEXT    NOT NULL PRIMARY KEY,   -- of the provider and its application
  token_cipher BLOB    NOT NULL,               -- under a master sub-key
  updated_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE provider_tokens;
