-- +goose Up
CREATE TABLE legal_holds (         -- a row in force keeps a case or a person from every purge and erasure
  id          TEXT    NOT NULL PRIMARY KEY,  -- "hld_…"
  kind        TEXT    NOT NULL,     -- case | subject
  owner_id    TEXT    NOT NULL,     -- cas_ or sub_ id
  registry_id TEXT    NOT NULL,     -- with the next two columns: how the operator named it
  case_id     TEXT    NOT NULL,
  signer_id   TEXT    NOT NULL,
  ground      BLOB    NOT NULL,     -- UTF-8, as the following one
  placed_by   BLOB    NOT NULL,
  placed_at   INTEGER NOT NULL,
  lifted_by   BLOB    NOT NULL,
  lifted_at   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX legal_holds_owner ON legal_holds(owner_id, lifted_at);
CREATE INDEX legal_holds_lifted ON legal_holds(lifted_at);
ALTER TABLE data_keys ADD COLUMN holds INTEGER NOT NULL DEFAULT 0;  -- in force on the owner; an erasure deletes this row, so that the two take turns
CREATE TABLE case_ends (           -- cases that ended long ago: when their period began
  case_row    TEXT    NOT NULL PRIMARY KEY REFERENCES cases(id),
  registry_id TEXT    NOT NULL,
  answered_at INTEGER NOT NULL,     -- of the last answer; 0 = nobody answered
  erased_at   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX case_ends_retention ON case_ends(registry_id, erased_at, answered_at);
CREATE TABLE case_cursors (        -- up to which case, in the order in which they were received, case_ends is complete
  registry_id TEXT    NOT NULL PRIMARY KEY,
  received_at INTEGER NOT NULL,
  case_id     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE accounts ADD COLUMN idle_since INTEGER NOT NULL DEFAULT 0;    -- last sign-in; later if the purge found that something names the account
CREATE INDEX accounts_idle ON accounts(idle_since);
CREATE INDEX events_created ON events(created_at);
CREATE INDEX prefills_until ON prefills(until);

-- +goose Down
DROP INDEX prefills_until;
DROP INDEX events_created;
DROP INDEX accounts_idle;
ALTER TABLE accounts DROP COLUMN idle_since;
DROP TABLE case_cursors;
DROP TABLE case_ends;
ALTER TABLE data_keys DROP COLUMN holds;
DROP TABLE legal_holds;
