-- +goose Up
-- As for SQLite; IF NOT EXISTS, because a change of the schema is no transaction here and may have stopped half-way.
CREATE TABLE IF NOT EXISTS remembered_documents (  -- one for an account whose person agreed to be remembered
  account_id      VARCHAR(48) NOT NULL PRIMARY KEY,
  consent_id      VARCHAR(48) NOT NULL,
  document_cipher BLOB NOT NULL,  -- as verified; under the account's key, bound to the consent
  until           BIGINT NOT NULL,
  turn            BIGINT NOT NULL DEFAULT 0,  -- moved by each use, so that a use and a withdrawal take turns
  KEY remembered_documents_until (until)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
-- A column has no IF NOT EXISTS here. It is 1 for a copy of the account's remembered document.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'prefills' AND column_name = 'remembered') = 0,
  'ALTER TABLE prefills ADD COLUMN remembered TINYINT NOT NULL DEFAULT 0, ADD KEY prefills_account (account_id)',
  'DO 0');
PREPARE change_prefills FROM @change;
EXECUTE change_prefills;
DEALLOCATE PREPARE change_prefills;

-- +goose Down
DELETE FROM prefills WHERE remembered = 1;
ALTER TABLE prefills DROP KEY prefills_account, DROP COLUMN remembered;
DROP TABLE remembered_documents;
