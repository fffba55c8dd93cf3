-- +goose Up
-- As for SQLite.
CREATE INDEX IF NOT EXISTS strokes_used_confirmation ON strokes_used(confirmation_id);

-- +goose Down
DROP INDEX strokes_used_confirmation ON strokes_used;
