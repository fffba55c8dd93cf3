-- +goose Up
-- The number of the signed paper, under the subject's key; it replaces paper, which stays empty.
ALTER TABLE visit_answers ADD COLUMN paper_cipher BLOB NOT NULL DEFAULT X'';

-- +goose Down
ALTER TABLE visit_answers DROP COLUMN paper_cipher;
