-- +goose Up
CREATE TABLE withheld_accesses (    -- answers whose fetches are shown to the person later, once for each answer
  confirmation_id TEXT    NOT NULL PRIMARY KEY,
  ground          BLOB    NOT NULL, -- UTF-8, as the following one; the person reads it after the end
  placed_by       BLOB    NOT NULL,
  placed_at       INTEGER NOT NULL,
  until           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX withheld_accesses_until ON withheld_accesses(until);

-- +goose Down
DROP TABLE withheld_accesses;
