-- +goose Up
CREATE TABLE appeal_readings (     -- what recognizers read in photos of documents, one for each photo
  material_id       TEXT    NOT NULL PRIMARY KEY,
  appeal_id         TEXT    NOT NULL,
  state             TEXT    NOT NULL,  -- asking | read | not_read
  reading_cipher    BLOB    NOT NULL DEFAULT X'',  -- JSON under the appeal's key, as the following one
  correction_cipher BLOB    NOT NULL DEFAULT X'',  -- what the person says is printed
  asked_at          INTEGER NOT NULL,
  confirmed_at      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX appeal_readings_appeal ON appeal_readings(appeal_id);
ALTER TABLE appeals ADD COLUMN reading_consent TEXT NOT NULL DEFAULT '';  -- id of the consent by which photos are read; '' = none

-- +goose Down
ALTER TABLE appeals DROP COLUMN reading_consent;
DROP TABLE appeal_readings;
