-- +goose Up
ALTER TABLE appeal_readings ADD COLUMN tag BLOB NOT NULL DEFAULT X'';

-- +goose Down
ALTER TABLE appeal_readings DROP COLUMN tag;
