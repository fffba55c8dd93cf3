-- +goose Up
CREATE TABLE remembered_documents (   -- one for an account whose person agreed to be remembered
  account_id      TEXT    NOT NULL PRIMARY KEY REFERENCES accounts(id),
  consent_id      TEXT    NOT NULL,
  document_cipher BLOB    NOT NULL,  -- as verified; under the account's key, bound to the consent
  until           INTEGER NOT NULL,
  turn            INTEGER NOT NULL DEFAULT 0  -- moved by each use, so that a use and a withdrawal take turns
) STRICT;
CREATE INDEX remembered_documents_until ON remembered_documents(until);
ALTER TABLE prefills ADD COLUMN remembered INTEGER NOT NULL DEFAULT 0; -- 1: a copy of the account's remembered document
CREATE INDEX prefills_account ON prefills(account_id);

-- +goose Down
DROP INDEX prefills_account;
DELETE FROM prefills WHERE remembered = 1;
ALTER TABLE prefills DROP COLUMN remembered;
DROP TABLE remembered_documents;
