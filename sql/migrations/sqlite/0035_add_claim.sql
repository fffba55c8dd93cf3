-- +goose Up
-- Of the call that checks a material, while its state is checking; copy_id is the id of the claim.
ALTER TABLE appeal_materials ADD COLUMN claimed_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appeal_materials ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;  -- how often it was claimed

-- +goose Down
UPDATE appeal_materials SET state = 'uploading', copy_id = '' WHERE state = 'checking';
ALTER TABLE appeal_materials DROP COLUMN claims;
ALTER TABLE appeal_materials DROP COLUMN claimed_until;
