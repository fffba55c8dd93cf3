-- +goose Up
-- Which database it is: a server notices another one in its place. A backup has the same.
ALTER TABLE database_epoch ADD COLUMN database_id TEXT NOT NULL DEFAULT '';
UPDATE database_epoch SET database_id = 'dbs_' || lower(hex(randomblob(16)));

-- +goose Down
ALTER TABLE database_epoch DROP COLUMN database_id;
