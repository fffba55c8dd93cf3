-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS ledger_entries (  -- manual acts; nothing is changed or deleted
  sequence    BIGINT        NOT NULL PRIMARY KEY,  -- from 1, without a gap
  id          VARCHAR(48)   NOT NULL,     -- "led_…"
  at          BIGINT        NOT NULL,
  kind        VARCHAR(48)   NOT NULL,
  office      VARCHAR(128)  NOT NULL,
  member_id   VARCHAR(128)  NOT NULL,
  reference   VARCHAR(128)  NOT NULL,     -- id of what the act is about, or empty, as the following ones
  reason      VARCHAR(48)   NOT NULL,
  digest      VARCHAR(48)   NOT NULL,
  corrects    BIGINT        NOT NULL,     -- sequence, or 0
  previous    VARCHAR(48)   NOT NULL,     -- hash of the entry before
  hash        VARCHAR(48)   NOT NULL,
  tag         VARBINARY(32) NOT NULL,
  UNIQUE KEY ledger_entries_id (id),
  KEY ledger_entries_kind (kind, sequence),
  KEY ledger_entries_office (office, sequence),
  KEY ledger_entries_member (member_id, sequence),
  KEY ledger_entries_reference (reference, sequence)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
CREATE TABLE IF NOT EXISTS ledger_heads (    -- one row: the last entry; whoever appends one holds it
  id          BIGINT        NOT NULL PRIMARY KEY,
  sequence    BIGINT        NOT NULL,
  hash        VARCHAR(48)   NOT NULL,
  tag         VARBINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE ledger_heads;
DROP TABLE ledger_entries;
