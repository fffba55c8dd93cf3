-- +goose Up
CREATE TABLE bars (                -- decisions of an authority to keep a person from being verified online
  id            TEXT    NOT NULL PRIMARY KEY,  -- "bar_…"
  subject_id    TEXT    NOT NULL,
  reason        TEXT    NOT NULL,  -- code
  reference     TEXT    NOT NULL,  -- id of what it is based on
  until         INTEGER NOT NULL,
  state         TEXT    NOT NULL,  -- proposed | in_force | rejected | ended; one in force ends by itself
  proposed_by   TEXT    NOT NULL,
  proposer_hash TEXT    NOT NULL,  -- hex of the keyed hash of the proposer's own document; '' = not known
  proposed_at   INTEGER NOT NULL,
  decided_by    TEXT    NOT NULL DEFAULT '',
  decided_at    INTEGER NOT NULL DEFAULT 0,
  ended_by      TEXT    NOT NULL DEFAULT '',
  ended_at      INTEGER NOT NULL DEFAULT 0,
  kept_from     INTEGER NOT NULL,  -- the end, or the last decision
  tag           BLOB    NOT NULL
) STRICT;
CREATE INDEX bars_subject ON bars(subject_id, state, until);
CREATE INDEX bars_proposed ON bars(proposed_at);
CREATE INDEX bars_kept ON bars(kept_from);

-- +goose Down
DROP TABLE bars;
