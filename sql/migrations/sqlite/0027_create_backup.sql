-- +goose Up
CREATE TABLE backups (             -- one row: the last copy that 'bff backup' completed
  id           INTEGER NOT NULL PRIMARY KEY,
  completed_at INTEGER NOT NULL     -- 0 = none
) STRICT;
INSERT INTO backups (id, completed_at) VALUES (1, 0);

-- +goose Down
DROP TABLE backups;
