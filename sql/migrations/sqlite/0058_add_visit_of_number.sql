-- +goose Up
-- The visit in which the person of a called number is served; '' = none.
ALTER TABLE queue_numbers ADD COLUMN visit_id TEXT NOT NULL DEFAULT '';
CREATE INDEX queue_numbers_visit ON queue_numbers(visit_id);

-- +goose Down
DROP INDEX queue_numbers_visit;
ALTER TABLE queue_numbers DROP COLUMN visit_id;
