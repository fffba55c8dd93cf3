-- +goose Up
-- As for SQLite. Columns and keys have no IF NOT EXISTS on every engine, and a change that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS legal_holds (  -- a row in force keeps a case or a person from every purge and erasure
  id          VARCHAR(48)  NOT NULL PRIMARY KEY,  -- "hld_…"
  kind        VARCHAR(16)  NOT NULL,     -- case | subject
  owner_id    VARCHAR(48)  NOT NULL,     -- cas_ or sub_ id
  registry_id VARCHAR(48)  NOT NULL,     -- with the next two columns: how the operator named it
  case_id     VARCHAR(64)  NOT NULL,
  signer_id   VARCHAR(64)  NOT NULL,
  ground      BLOB         NOT NULL,     -- UTF-8, as the following one
  placed_by   BLOB         NOT NULL,
  placed_at   BIGINT       NOT NULL,
  lifted_by   BLOB         NOT NULL,
  lifted_at   BIGINT       NOT NULL DEFAULT 0,
  KEY legal_holds_owner (owner_id, lifted_at),
  KEY legal_holds_lifted (lifted_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
CREATE TABLE IF NOT EXISTS case_ends (    -- cases that ended long ago: when their period began
  case_row    VARCHAR(48) NOT NULL PRIMARY KEY,
  registry_id VARCHAR(48) NOT NULL,
  answered_at BIGINT      NOT NULL,      -- of the last answer; 0 = nobody answered
  erased_at   BIGINT      NOT NULL DEFAULT 0,
  KEY case_ends_retention (registry_id, erased_at, answered_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
CREATE TABLE IF NOT EXISTS case_cursors ( -- up to which case, in the order in which they were received, case_ends is complete
  registry_id VARCHAR(48) NOT NULL PRIMARY KEY,
  received_at BIGINT      NOT NULL,
  case_id     VARCHAR(64) NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
-- In force on the owner; an erasure deletes this row, so that the two take turns.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'data_keys' AND column_name = 'holds') = 0,
  'ALTER TABLE data_keys ADD COLUMN holds BIGINT NOT NULL DEFAULT 0',
  'DO 0');
PREPARE change_data_keys FROM @change;
EXECUTE change_data_keys;
DEALLOCATE PREPARE change_data_keys;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'accounts' AND column_name = 'idle_since') = 0,
  'ALTER TABLE accounts ADD COLUMN idle_since BIGINT NOT NULL DEFAULT 0, ADD KEY accounts_idle (idle_since)',
  'DO 0');
PREPARE change_accounts FROM @change;
EXECUTE change_accounts;
DEALLOCATE PREPARE change_accounts;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'events' AND index_name = 'events_created') = 0,
  'ALTER TABLE events ADD KEY events_created (created_at)',
  'DO 0');
PREPARE change_events FROM @change;
EXECUTE change_events;
DEALLOCATE PREPARE change_events;
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'prefills' AND index_name = 'prefills_until') = 0,
  'ALTER TABLE prefills ADD KEY prefills_until (until)',
  'DO 0');
PREPARE change_prefills FROM @change;
EXECUTE change_prefills;
DEALLOCATE PREPARE change_prefills;

-- +goose Down
ALTER TABLE prefills DROP KEY prefills_until;
ALTER TABLE events DROP KEY events_created;
ALTER TABLE accounts DROP KEY accounts_idle, DROP COLUMN idle_since;
DROP TABLE case_cursors;
DROP TABLE case_ends;
ALTER TABLE data_keys DROP COLUMN holds;
DROP TABLE legal_holds;
