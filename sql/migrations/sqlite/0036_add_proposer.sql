-- +goose Up
-- Keyed hash, in hexadecimal, of the own document of the member who proposed the decision; '' = not known.
ALTER TABLE appeals ADD COLUMN proposer_hash TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE appeals DROP COLUMN proposer_hash;
