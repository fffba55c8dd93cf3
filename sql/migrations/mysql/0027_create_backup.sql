-- +goose Up
CREATE TABLE IF NOT EXISTS backups (  -- one row: the last copy that 'bff backup' completed
  id           INT    NOT NULL PRIMARY KEY,
  completed_at BIGINT NOT NULL           -- 0 = none
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
INSERT IGNORE INTO backups (id, completed_at) VALUES (1, 0);

-- +goose Down
DROP TABLE backups;
