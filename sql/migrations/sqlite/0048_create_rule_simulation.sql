-- +goose Up
CREATE TABLE rule_simulations (     -- replays of proposed versions, one for each
  version_id      TEXT    NOT NULL PRIMARY KEY,
  requested_at    INTEGER NOT NULL,
  claimed_until   INTEGER NOT NULL,  -- a replica works on it
  done            INTEGER NOT NULL,  -- verifications
  total           INTEGER NOT NULL,
  finished_at     INTEGER NOT NULL,  -- 0 = due
  failed          INTEGER NOT NULL,
  result          BLOB    NOT NULL   -- JSON: numbers without a person
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_simulations_due ON rule_simulations(finished_at, claimed_until);
ALTER TABLE verifications ADD COLUMN document_type TEXT NOT NULL DEFAULT '';  -- '' = of a row of an earlier version
CREATE INDEX verifications_created ON verifications(created_at, id);

-- +goose Down
DROP INDEX verifications_created;
ALTER TABLE verifications DROP COLUMN document_type;
DROP TABLE rule_simulations;
