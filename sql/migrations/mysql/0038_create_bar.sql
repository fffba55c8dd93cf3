-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS bars (  -- decisions of an authority to keep a person from being verified online
  id            VARCHAR(48)    NOT NULL PRIMARY KEY,  -- "bar_…"
  subject_id    VARCHAR(48)    NOT NULL,
  reason        VARCHAR(48)    NOT NULL,  -- code
  reference     VARCHAR(64)    NOT NULL,  -- id of what it is based on
  until         BIGINT         NOT NULL,
  state         VARCHAR(16)    NOT NULL,  -- proposed | in_force | rejected | ended; one in force ends by itself
  proposed_by   VARCHAR(128)   NOT NULL,
  proposer_hash VARCHAR(64)    NOT NULL,  -- hex of the keyed hash of the proposer's own document; '' = not known
  proposed_at   BIGINT         NOT NULL,
  decided_by    VARCHAR(128)   NOT NULL DEFAULT '',
  decided_at    BIGINT         NOT NULL DEFAULT 0,
  ended_by      VARCHAR(128)   NOT NULL DEFAULT '',
  ended_at      BIGINT         NOT NULL DEFAULT 0,
  kept_from     BIGINT         NOT NULL,  -- the end, or the last decision
  tag           VARBINARY(32)  NOT NULL,
  KEY bars_subject (subject_id, state, until),
  KEY bars_proposed (proposed_at),
  KEY bars_kept (kept_from)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE bars;
