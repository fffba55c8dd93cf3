-- +goose Up
CREATE TABLE visit_misses (         -- documents that members typed and that did not match; no act without a row
  id          TEXT    NOT NULL PRIMARY KEY,  -- "vim_…"
  visit_id    TEXT    NOT NULL,
  office      TEXT    NOT NULL,
  member_id   TEXT    NOT NULL,
  outcome     TEXT    NOT NULL,     -- what did not match
  typed_hash  BLOB    NOT NULL,     -- keyed hash of the type and number that were typed
  ledger_id   TEXT    NOT NULL,     -- of the entry
  at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_misses_at ON visit_misses(at);

-- +goose Down
DROP TABLE visit_misses;
