-- +goose Up
CREATE TABLE switches (             -- what an operator has said of a check and a provider
  check_kind  TEXT    NOT NULL,
  provider    TEXT    NOT NULL,     -- "*" = all
  state       TEXT    NOT NULL,
  texts       BLOB    NOT NULL,     -- JSON: what people see, by language
  until       INTEGER NOT NULL,     -- then it is on again; 0 = until it is changed
  version     INTEGER NOT NULL,     -- counts its changes
  changed_at  INTEGER NOT NULL,
  changed_by  BLOB    NOT NULL,     -- UTF-8
  PRIMARY KEY (check_kind, provider)
) STRICT, WITHOUT ROWID;

CREATE TABLE switch_changes (       -- the record of all changes; never changed
  check_kind  TEXT    NOT NULL,
  provider    TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  texts       BLOB    NOT NULL,
  until       INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  changed_by  BLOB    NOT NULL,
  PRIMARY KEY (check_kind, provider, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX switch_changes_at ON switch_changes(changed_at);

-- +goose Down
DROP TABLE switch_changes;
DROP TABLE switches;
