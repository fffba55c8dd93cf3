-- +goose Up
-- As for SQLite.
CREATE TABLE IF NOT EXISTS provider_tokens (  -- access tokens that all replicas share
  name            VARCHAR(64) NOT NULL PRIMARY KEY,  -- of the provider and its application
  token_cipher    BLOB NOT NULL,  -- under a master sub-key
  updated_at      BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE provider_tokens;
