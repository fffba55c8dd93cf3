-- +goose Up
-- A tag authenticates the columns of its row that are not sealed; '' = none, as of a row that an earlier version wrote.
ALTER TABLE sessions ADD COLUMN tag BLOB NOT NULL DEFAULT X'';
ALTER TABLE grants ADD COLUMN tag BLOB NOT NULL DEFAULT X'';
ALTER TABLE verifications ADD COLUMN tag BLOB NOT NULL DEFAULT X'';
ALTER TABLE checks ADD COLUMN tag BLOB NOT NULL DEFAULT X'';
ALTER TABLE attempts ADD COLUMN tag BLOB NOT NULL DEFAULT X'';
ALTER TABLE todos ADD COLUMN tag BLOB NOT NULL DEFAULT X'';
ALTER TABLE switches ADD COLUMN tag BLOB NOT NULL DEFAULT X'';

CREATE TABLE row_integrity (        -- one row once every row has its tag: from then on a row without one was changed
  id          INTEGER NOT NULL PRIMARY KEY,
  sealed_at   INTEGER NOT NULL,
  tag         BLOB    NOT NULL
) STRICT;

-- +goose Down
DROP TABLE row_integrity;
ALTER TABLE switches DROP COLUMN tag;
ALTER TABLE todos DROP COLUMN tag;
ALTER TABLE attempts DROP COLUMN tag;
ALTER TABLE checks DROP COLUMN tag;
ALTER TABLE verifications DROP COLUMN tag;
ALTER TABLE grants DROP COLUMN tag;
ALTER TABLE sessions DROP COLUMN tag;
