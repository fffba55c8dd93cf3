-- +goose Up
-- One row: since which restore this database is in service, and whether it is.
CREATE TABLE database_epoch (
  id              INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  epoch           INTEGER NOT NULL,            -- 1 until the first restore
  began_at        INTEGER NOT NULL DEFAULT 0,
  state           TEXT    NOT NULL,            -- live | loading | copy | recovering
  copied_at       INTEGER NOT NULL DEFAULT 0,  -- when the backup was taken from which this database comes; 0 = from none
  backup_digest   TEXT    NOT NULL DEFAULT ''  -- of that backup's file
) STRICT;
INSERT INTO database_epoch (id, epoch, state) VALUES (1, 1, 'live');

-- +goose Down
DROP TABLE database_epoch;
