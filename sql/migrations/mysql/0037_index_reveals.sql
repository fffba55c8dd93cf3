-- +goose Up
-- As for SQLite.
CREATE INDEX IF NOT EXISTS staff_accesses_reference ON staff_accesses(reference, subject_id);

-- +goose Down
DROP INDEX staff_accesses_reference ON staff_accesses;
