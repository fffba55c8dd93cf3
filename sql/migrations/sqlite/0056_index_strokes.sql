-- +goose Up
-- Finds the hashes of one answer. Those of answers at a window are there a second time without a subject, so that the same strokes for
-- another person are rejected.
CREATE INDEX strokes_used_confirmation ON strokes_used(confirmation_id);

-- +goose Down
DROP INDEX strokes_used_confirmation;
