-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS visit_misses (  -- documents that members typed and that did not match; no act without a row
  id          VARCHAR(48)    NOT NULL PRIMARY KEY,  -- "vim_…"
  visit_id    VARCHAR(48)    NOT NULL,
  office      VARCHAR(128)   NOT NULL,
  member_id   VARCHAR(128)   NOT NULL,
  outcome     VARCHAR(24)    NOT NULL,  -- what did not match
  typed_hash  VARBINARY(32)  NOT NULL,  -- keyed hash of the type and number that were typed
  ledger_id   VARCHAR(48)    NOT NULL,  -- of the entry
  at          BIGINT         NOT NULL,
  KEY visit_misses_at (at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE visit_misses;
