-- +goose Up
-- As for SQLite; IF NOT EXISTS, because a change of the schema is no transaction here and may have stopped half-way.
CREATE TABLE IF NOT EXISTS invitations (  -- two for an invited todo: the token of its link, and the code to be typed
  todo_id         VARCHAR(48) NOT NULL,
  hash            BINARY(32) NOT NULL,  -- keyed hash; two todos may have the same code, since it is read for one person
  expires_at      BIGINT NOT NULL,  -- of the todo
  PRIMARY KEY (todo_id, hash),
  KEY invitations_hash (hash),
  KEY invitations_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE invitations;
