-- +goose Up
-- A registry lists its cases in the order in which their current revisions were received.
CREATE INDEX cases_received ON cases(registry_id, received_at, case_id, state);

-- +goose Down
DROP INDEX cases_received;
