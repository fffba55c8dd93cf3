-- +goose Up
-- Finds what was revealed of an appeal that is about no verification.
CREATE INDEX staff_accesses_reference ON staff_accesses(reference, subject_id);

-- +goose Down
DROP INDEX staff_accesses_reference;
