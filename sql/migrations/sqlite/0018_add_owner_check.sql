-- +goose Up
ALTER TABLE sessions ADD COLUMN owner_check_id TEXT NOT NULL DEFAULT '';        -- of the owner check that was begun last; '' = none, or used
ALTER TABLE sessions ADD COLUMN owner_check_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE prefills ADD COLUMN differs INTEGER NOT NULL DEFAULT 0;             -- 1: the channel says that this is not the account's owner

-- +goose Down
DELETE FROM prefills WHERE differs = 1;
ALTER TABLE prefills DROP COLUMN differs;
ALTER TABLE sessions DROP COLUMN owner_check_until;
ALTER TABLE sessions DROP COLUMN owner_check_id;
