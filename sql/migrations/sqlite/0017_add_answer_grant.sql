-- +goose Up
ALTER TABLE confirmations ADD COLUMN grant_id TEXT NOT NULL DEFAULT ''; -- under which it was given, and so in which session

-- +goose Down
ALTER TABLE confirmations DROP COLUMN grant_id;
