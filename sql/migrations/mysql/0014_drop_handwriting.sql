-- +goose Up
-- As for SQLite; IF EXISTS and IF NOT EXISTS, because a change of the schema is no transaction here and may have stopped half-way.
DROP TABLE IF EXISTS handwritings;

-- +goose Down
CREATE TABLE IF NOT EXISTS handwritings (
  confirmation_id VARCHAR(48) NOT NULL PRIMARY KEY,
  picture_cipher  MEDIUMBLOB,
  rendered_at     BIGINT NOT NULL DEFAULT 0,
  KEY handwritings_rendered (rendered_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
INSERT IGNORE INTO handwritings (confirmation_id) SELECT id FROM confirmations WHERE strokes_cipher IS NOT NULL;
