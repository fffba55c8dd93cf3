-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS appeal_readings (  -- what recognizers read in photos of documents, one for each photo
  material_id       VARCHAR(48) NOT NULL PRIMARY KEY,
  appeal_id         VARCHAR(48) NOT NULL,
  state             VARCHAR(16) NOT NULL,  -- asking | read | not_read
  reading_cipher    VARBINARY(8192) NOT NULL DEFAULT '',  -- JSON under the appeal's key, as the following one
  correction_cipher VARBINARY(4096) NOT NULL DEFAULT '',  -- what the person says is printed
  asked_at          BIGINT      NOT NULL,
  confirmed_at      BIGINT      NOT NULL DEFAULT 0,
  KEY appeal_readings_appeal (appeal_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'appeals' AND column_name = 'reading_consent') = 0,
  'ALTER TABLE appeals ADD COLUMN reading_consent VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_appeals FROM @change;
EXECUTE change_appeals;
DEALLOCATE PREPARE change_appeals;

-- +goose Down
ALTER TABLE appeals DROP COLUMN reading_consent;
DROP TABLE appeal_readings;
