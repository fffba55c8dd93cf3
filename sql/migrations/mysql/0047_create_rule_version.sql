-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS rule_versions (  -- rules and texts that operators changed; none is deleted
  id              VARCHAR(48)     NOT NULL PRIMARY KEY,  -- "rul_…"
  kind            VARCHAR(24)     NOT NULL,
  number          BIGINT          NOT NULL,  -- from 1 for each kind, without a gap
  base            BIGINT          NOT NULL,  -- number of what it changes; 0 = what the servers were started with
  digest          VARCHAR(48)     NOT NULL,  -- SHA-256 of the content
  note            VARCHAR(500)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  state           VARCHAR(24)     NOT NULL,  -- proposed | approved | withdrawn | rolled_back
  proposed_by     VARCHAR(128)    NOT NULL,
  proposer_hash   VARBINARY(32)   NOT NULL,  -- keyed hash of that member's own document, or empty
  proposed_at     BIGINT          NOT NULL,
  approved_by     VARCHAR(128)    NOT NULL,
  approved_at     BIGINT          NOT NULL,
  effective_from  BIGINT          NOT NULL,  -- of a proposal: 0 = once it is approved
  withdrawn_by    VARCHAR(128)    NOT NULL,
  withdrawer_hash VARBINARY(32)   NOT NULL,  -- as proposer_hash
  withdrawn_at    BIGINT          NOT NULL,
  reviewed_by     VARCHAR(128)    NOT NULL,  -- who looked at a rollback
  reviewed_at     BIGINT          NOT NULL,
  content         MEDIUMBLOB      NOT NULL,  -- canonical JSON
  tag             VARBINARY(32)   NOT NULL,
  UNIQUE KEY rule_versions_number (kind, number),
  KEY rule_versions_state (state, kind)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
CREATE TABLE IF NOT EXISTS rule_heads (     -- a row for each kind: whoever changes a version of it holds the row
  kind            VARCHAR(24)     NOT NULL PRIMARY KEY,
  number          BIGINT          NOT NULL,  -- of the last version
  unreviewed      BIGINT          NOT NULL   -- 1 after a rollback that no second member has reviewed
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE rule_heads;
DROP TABLE rule_versions;
