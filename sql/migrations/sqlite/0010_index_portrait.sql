-- +goose Up
-- Portraits whose end is not decided yet are looked for by their age.
CREATE INDEX portraits_end ON portraits(delete_after, created_at);
DROP INDEX portraits_delete;

-- +goose Down
CREATE INDEX portraits_delete ON portraits(delete_after);
DROP INDEX portraits_end;
