-- +goose Up
CREATE TABLE invitations (         -- two for an invited todo: the token of its link, and the code to be typed
  todo_id     TEXT    NOT NULL,
  hash        BLOB    NOT NULL,     -- keyed hash; two todos may have the same code, since it is read for one person
  expires_at  INTEGER NOT NULL,     -- of the todo
  PRIMARY KEY (todo_id, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_hash ON invitations(hash);
CREATE INDEX invitations_expires ON invitations(expires_at);

-- +goose Down
DROP TABLE invitations;
