-- +goose Up
-- The picture of a handwriting is drawn from the strokes when evidence is fetched; it is no longer kept beside them.
DROP TABLE handwritings;

-- +goose Down
CREATE TABLE handwritings (
  confirmation_id TEXT    NOT NULL PRIMARY KEY REFERENCES confirmations(id),
  picture_cipher  BLOB,
  rendered_at     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX handwritings_rendered ON handwritings(rendered_at);
INSERT INTO handwritings (confirmation_id) SELECT id FROM confirmations WHERE strokes_cipher IS NOT NULL;
