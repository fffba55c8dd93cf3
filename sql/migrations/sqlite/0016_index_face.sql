-- +goose Up
-- The persons whose portrait is stored are counted.
CREATE INDEX portraits_subject ON portraits(subject_id);

-- +goose Down
DROP INDEX portraits_subject;
