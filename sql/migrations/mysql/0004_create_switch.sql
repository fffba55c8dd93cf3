-- +goose Up
-- As for SQLite.
CREATE TABLE IF NOT EXISTS switches (
  check_kind  VARCHAR(48) NOT NULL,
  provider    VARCHAR(48) NOT NULL,  -- "*" = all
  state       VARCHAR(48) NOT NULL,
  texts       BLOB NOT NULL,  -- JSON: what people see, by language
  until       BIGINT NOT NULL,  -- then it is on again; 0 = until it is changed
  version     BIGINT NOT NULL,  -- counts its changes
  changed_at  BIGINT NOT NULL,
  changed_by  VARBINARY(256) NOT NULL,  -- UTF-8
  PRIMARY KEY (check_kind, provider)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS switch_changes (  -- the record of all changes; never changed
  check_kind  VARCHAR(48) NOT NULL,
  provider    VARCHAR(48) NOT NULL,
  state       VARCHAR(48) NOT NULL,
  texts       BLOB NOT NULL,
  until       BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  changed_at  BIGINT NOT NULL,
  changed_by  VARBINARY(256) NOT NULL,
  PRIMARY KEY (check_kind, provider, version),
  KEY switch_changes_at (changed_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE switch_changes;
DROP TABLE switches;
