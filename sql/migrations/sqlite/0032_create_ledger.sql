-- +goose Up
CREATE TABLE ledger_entries (       -- manual acts; nothing is changed or deleted
  sequence    INTEGER NOT NULL PRIMARY KEY,  -- from 1, without a gap
  id          TEXT    NOT NULL,     -- "led_…"
  at          INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  office      TEXT    NOT NULL,
  member_id   TEXT    NOT NULL,
  reference   TEXT    NOT NULL,     -- id of what the act is about, or empty, as the following ones
  reason      TEXT    NOT NULL,
  digest      TEXT    NOT NULL,
  corrects    INTEGER NOT NULL,     -- sequence, or 0
  previous    TEXT    NOT NULL,     -- hash of the entry before
  hash        TEXT    NOT NULL,
  tag         BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_entries_id ON ledger_entries(id);
CREATE INDEX ledger_entries_kind ON ledger_entries(kind, sequence);
CREATE INDEX ledger_entries_office ON ledger_entries(office, sequence);
CREATE INDEX ledger_entries_member ON ledger_entries(member_id, sequence);
CREATE INDEX ledger_entries_reference ON ledger_entries(reference, sequence);
CREATE TABLE ledger_heads (         -- one row: the last entry; whoever appends one holds it
  id          INTEGER NOT NULL PRIMARY KEY,
  sequence    INTEGER NOT NULL,
  hash        TEXT    NOT NULL,
  tag         BLOB    NOT NULL
) STRICT;

-- +goose Down
DROP TABLE ledger_heads;
DROP TABLE ledger_entries;
