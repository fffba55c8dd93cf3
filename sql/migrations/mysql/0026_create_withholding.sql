-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS withheld_accesses (  -- answers whose fetches are shown to the person later, once for each answer
  confirmation_id VARCHAR(48)    NOT NULL PRIMARY KEY,
  ground          VARBINARY(800) NOT NULL,  -- UTF-8, as the following one; the person reads it after the end
  placed_by       VARBINARY(800) NOT NULL,
  placed_at       BIGINT         NOT NULL,
  until           BIGINT         NOT NULL,
  KEY withheld_accesses_until (until)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE withheld_accesses;
