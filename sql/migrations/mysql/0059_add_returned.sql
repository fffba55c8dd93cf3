-- +goose Up
-- As for SQLite. A column has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'appeals' AND column_name = 'returned_cipher') = 0,
  'ALTER TABLE appeals ADD COLUMN returned_cipher VARBINARY(4096) NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_column FROM @change;
EXECUTE change_column;
DEALLOCATE PREPARE change_column;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'appeals' AND column_name = 'returned_at') = 0,
  'ALTER TABLE appeals ADD COLUMN returned_at BIGINT NOT NULL DEFAULT 0',
  'DO 0');
PREPARE change_column FROM @change;
EXECUTE change_column;
DEALLOCATE PREPARE change_column;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'rule_versions' AND column_name = 'withdraw_note') = 0,
  'ALTER TABLE rule_versions ADD COLUMN withdraw_note VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT ''''',
  'DO 0');
PREPARE change_column FROM @change;
EXECUTE change_column;
DEALLOCATE PREPARE change_column;

-- +goose Down
ALTER TABLE rule_versions DROP COLUMN withdraw_note;
ALTER TABLE appeals DROP COLUMN returned_at;
ALTER TABLE appeals DROP COLUMN returned_cipher;
