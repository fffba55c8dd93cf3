-- +goose Up
CREATE TABLE visit_photos (          -- photos of documents that were seen at a window
  id             TEXT    NOT NULL PRIMARY KEY,  -- "vph_…"
  visit_id       TEXT    NOT NULL,
  subject_id     TEXT    NOT NULL,
  case_row       TEXT    NOT NULL,
  side           TEXT    NOT NULL,  -- front | back
  picture_cipher BLOB    NOT NULL,  -- JPEG; under the subject's key
  kept_from      INTEGER NOT NULL   -- end of the visit
) STRICT;
CREATE UNIQUE INDEX visit_photos_side ON visit_photos(visit_id, side);
CREATE INDEX visit_photos_subject ON visit_photos(subject_id);
CREATE INDEX visit_photos_kept ON visit_photos(kept_from);

-- +goose Down
DROP TABLE visit_photos;
