-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS answer_scans (  -- pages of the paper that a person signed at a window
  id              VARCHAR(48)     NOT NULL PRIMARY KEY,  -- "scn_…"
  confirmation_id VARCHAR(48)     NOT NULL,
  page            BIGINT          NOT NULL,  -- from 1
  picture_cipher  MEDIUMBLOB      NOT NULL,  -- JPEG; under the case's key
  UNIQUE KEY answer_scans_page (confirmation_id, page)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE answer_scans;
