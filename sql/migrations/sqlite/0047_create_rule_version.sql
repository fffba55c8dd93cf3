-- +goose Up
CREATE TABLE rule_versions (        -- rules and texts that operators changed; none is deleted
  id              TEXT    NOT NULL PRIMARY KEY,  -- "rul_…"
  kind            TEXT    NOT NULL,
  number          INTEGER NOT NULL,  -- from 1 for each kind, without a gap
  base            INTEGER NOT NULL,  -- number of what it changes; 0 = what the servers were started with
  digest          TEXT    NOT NULL,  -- SHA-256 of the content
  note            TEXT    NOT NULL,
  state           TEXT    NOT NULL,  -- proposed | approved | withdrawn | rolled_back
  proposed_by     TEXT    NOT NULL,
  proposer_hash   BLOB    NOT NULL,  -- keyed hash of that member's own document, or empty
  proposed_at     INTEGER NOT NULL,
  approved_by     TEXT    NOT NULL,
  approved_at     INTEGER NOT NULL,
  effective_from  INTEGER NOT NULL,  -- of a proposal: 0 = once it is approved
  withdrawn_by    TEXT    NOT NULL,
  withdrawer_hash BLOB    NOT NULL,  -- as proposer_hash
  withdrawn_at    INTEGER NOT NULL,
  reviewed_by     TEXT    NOT NULL,  -- who looked at a rollback
  reviewed_at     INTEGER NOT NULL,
  content         BLOB    NOT NULL,  -- canonical JSON
  tag             BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX rule_versions_number ON rule_versions(kind, number);
CREATE INDEX rule_versions_state ON rule_versions(state, kind);
CREATE TABLE rule_heads (           -- a row for each kind: whoever changes a version of it holds the row
  kind            TEXT    NOT NULL PRIMARY KEY,
  number          INTEGER NOT NULL,  -- of the last version
  unreviewed      INTEGER NOT NULL   -- 1 after a rollback that no second member has reviewed
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE rule_heads;
DROP TABLE rule_versions;
