-- +goose Up
-- Why the last proposal of a decision was sent back, under the appeal's key, and when; empty and 0 if none was.
ALTER TABLE appeals ADD COLUMN returned_cipher BLOB NOT NULL DEFAULT X'';
ALTER TABLE appeals ADD COLUMN returned_at INTEGER NOT NULL DEFAULT 0;
-- Why a version was withdrawn or rolled back; '' if it was not, or before there were reasons.
ALTER TABLE rule_versions ADD COLUMN withdraw_note TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE rule_versions DROP COLUMN withdraw_note;
ALTER TABLE appeals DROP COLUMN returned_at;
ALTER TABLE appeals DROP COLUMN returned_cipher;
