-- +goose Up
ALTER TABLE withheld_accesses ADD COLUMN form_id TEXT NOT NULL DEFAULT '';  -- "whd_…" of the form that placed it; '' = by a command
ALTER TABLE appeal_materials ADD COLUMN tag BLOB NOT NULL DEFAULT X'';
ALTER TABLE support_tickets ADD COLUMN answered_at INTEGER NOT NULL DEFAULT 0;  -- when an operator said that support has answered; 0 = never
ALTER TABLE support_tickets ADD COLUMN answered_by TEXT NOT NULL DEFAULT '';  -- "stf_…"

-- +goose Down
ALTER TABLE support_tickets DROP COLUMN answered_by;
ALTER TABLE support_tickets DROP COLUMN answered_at;
ALTER TABLE appeal_materials DROP COLUMN tag;
ALTER TABLE withheld_accesses DROP COLUMN form_id;
