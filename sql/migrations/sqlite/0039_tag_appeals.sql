-- +goose Up
ALTER TABLE appeals ADD COLUMN tag BLOB NOT NULL DEFAULT X'';

-- +goose Down
ALTER TABLE appeals DROP COLUMN tag;
