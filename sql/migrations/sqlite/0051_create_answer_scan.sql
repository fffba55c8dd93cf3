-- +goose Up
CREATE TABLE answer_scans (          -- pages of the paper that a person signed at a window
  id              TEXT    NOT NULL PRIMARY KEY,  -- "scn_…"
  confirmation_id TEXT    NOT NULL,
  page            INTEGER NOT NULL,  -- from 1
  picture_cipher  BLOB    NOT NULL   -- JPEG; under the case's key
) STRICT;
CREATE UNIQUE INDEX answer_scans_page ON answer_scans(confirmation_id, page);

-- +goose Down
DROP TABLE answer_scans;
