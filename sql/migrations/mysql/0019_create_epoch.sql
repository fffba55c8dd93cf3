-- +goose Up
-- As for SQLite; IF NOT EXISTS and IGNORE, because a change of the schema is no transaction here and may have stopped half-way.
CREATE TABLE IF NOT EXISTS database_epoch (
  id              BIGINT NOT NULL PRIMARY KEY,  -- always 1
  epoch           BIGINT NOT NULL,
  began_at        BIGINT NOT NULL DEFAULT 0,
  state           VARCHAR(16) NOT NULL,  -- live | loading | copy | recovering
  copied_at       BIGINT NOT NULL DEFAULT 0,
  backup_digest   VARCHAR(64) NOT NULL DEFAULT ''
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
INSERT IGNORE INTO database_epoch (id, epoch, state) VALUES (1, 1, 'live');

-- +goose Down
DROP TABLE database_epoch;
