-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS visit_photos (  -- photos of documents that were seen at a window
  id             VARCHAR(48)     NOT NULL PRIMARY KEY,  -- "vph_…"
  visit_id       VARCHAR(48)     NOT NULL,
  subject_id     VARCHAR(48)     NOT NULL,
  case_row       VARCHAR(48)     NOT NULL,
  side           VARCHAR(16)     NOT NULL,  -- front | back
  picture_cipher MEDIUMBLOB      NOT NULL,  -- JPEG; under the subject's key
  kept_from      BIGINT          NOT NULL,  -- end of the visit
  UNIQUE KEY visit_photos_side (visit_id, side),
  KEY visit_photos_subject (subject_id),
  KEY visit_photos_kept (kept_from)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE visit_photos;
