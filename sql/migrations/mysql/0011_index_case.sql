-- +goose Up
-- As for SQLite. An index has no IF NOT EXISTS here, and a change of the schema that was made may not have been recorded.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'cases' AND index_name = 'cases_received') = 0,
  'ALTER TABLE cases ADD KEY cases_received (registry_id, received_at, case_id, state)',
  'DO 0');
PREPARE change_cases FROM @change;
EXECUTE change_cases;
DEALLOCATE PREPARE change_cases;

-- +goose Down
ALTER TABLE cases DROP KEY cases_received;
