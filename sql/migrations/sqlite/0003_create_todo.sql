-- +goose Up
CREATE TABLE cases (
  id            TEXT    NOT NULL PRIMARY KEY,  -- "cas_…": also the owner of the case's data key
  registry_id   TEXT    NOT NULL,
  case_id       TEXT    NOT NULL,
  revision      INTEGER NOT NULL,
  state         TEXT    NOT NULL,
  push_digest   TEXT    NOT NULL,
  push_salt_cipher BLOB NOT NULL,
  received_at   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX cases_key ON cases(registry_id, case_id);

CREATE TABLE todos (
  id            TEXT    NOT NULL PRIMARY KEY,
  case_row      TEXT    NOT NULL REFERENCES cases(id),
  registry_id   TEXT    NOT NULL,
  case_id       TEXT    NOT NULL,
  signer_id     TEXT    NOT NULL,
  subject_id    TEXT    NOT NULL REFERENCES subjects(id),
  revision      INTEGER NOT NULL,
  state         TEXT    NOT NULL,
  content_digest TEXT   NOT NULL,
  signer_cipher  BLOB   NOT NULL,              -- document and name; under the case's key
  headline_cipher BLOB  NOT NULL,
  content_cipher BLOB   NOT NULL,
  salt_cipher    BLOB   NOT NULL,
  opened_at     INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL,
  answered_at   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX todos_signer ON todos(case_row, signer_id, revision);
CREATE INDEX todos_subject ON todos(subject_id, opened_at, id);
CREATE INDEX todos_expiry ON todos(state, expires_at);

CREATE TABLE servings (             -- R6: what this session was shown
  session_id     TEXT    NOT NULL,
  todo_id        TEXT    NOT NULL,
  revision       INTEGER NOT NULL,
  content_digest TEXT    NOT NULL,
  served_at      INTEGER NOT NULL,
  PRIMARY KEY (session_id, todo_id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX servings_served ON servings(served_at);

CREATE TABLE confirmations (
  id              TEXT    NOT NULL PRIMARY KEY,
  todo_id         TEXT    NOT NULL REFERENCES todos(id),
  case_row        TEXT    NOT NULL REFERENCES cases(id),
  registry_id     TEXT    NOT NULL,
  case_id         TEXT    NOT NULL,
  signer_id       TEXT    NOT NULL,
  subject_id      TEXT    NOT NULL,
  account_id      TEXT    NOT NULL,
  verification_id TEXT,                        -- NULL unless confirmed; unique: one verification, one answer
  revision        INTEGER NOT NULL,
  content_digest  TEXT    NOT NULL,
  decision        TEXT    NOT NULL,
  reason          TEXT    NOT NULL DEFAULT '',
  receipt         TEXT    NOT NULL,            -- compact JWS; no personal data
  openings_cipher BLOB    NOT NULL,            -- salts and values; under the case's key
  strokes_cipher  BLOB,
  portrait_id     TEXT    NOT NULL DEFAULT '',
  answered_at     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX confirmations_todo ON confirmations(todo_id);
CREATE UNIQUE INDEX confirmations_verification ON confirmations(verification_id);
CREATE INDEX confirmations_subject ON confirmations(subject_id, answered_at, id);

CREATE TABLE strokes_used (         -- R21: identical strokes of the same subject are refused
  subject_id  TEXT    NOT NULL,
  hash        BLOB    NOT NULL,                -- keyed hash of the canonical strokes
  confirmation_id TEXT NOT NULL,
  PRIMARY KEY (subject_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE handwritings (         -- a row with NULL picture waits for the renderer
  confirmation_id TEXT    NOT NULL PRIMARY KEY REFERENCES confirmations(id),
  picture_cipher  BLOB,
  rendered_at     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX handwritings_rendered ON handwritings(rendered_at);

CREATE TABLE events (
  id              TEXT    NOT NULL PRIMARY KEY,
  type            TEXT    NOT NULL,
  registry_id     TEXT    NOT NULL,
  case_row        TEXT    NOT NULL,
  case_id         TEXT    NOT NULL,
  signer_id       TEXT    NOT NULL,
  todo_id         TEXT    NOT NULL,
  revision        INTEGER NOT NULL,
  confirmation_id TEXT    NOT NULL DEFAULT '',
  created_at      INTEGER NOT NULL,
  position        INTEGER,                     -- NULL until sequenced (R24)
  delivery_state  TEXT    NOT NULL,            -- pending | delivered | dead
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_at         INTEGER NOT NULL,
  lease           TEXT    NOT NULL DEFAULT '',
  lease_until     INTEGER NOT NULL DEFAULT 0,
  reason          TEXT    NOT NULL DEFAULT '',
  delivered_at    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX events_cause ON events(todo_id, type);
CREATE UNIQUE INDEX events_position ON events(registry_id, position);
CREATE INDEX events_due ON events(registry_id, delivery_state, next_at);
CREATE INDEX events_unsequenced ON events(position, created_at, id);
CREATE INDEX events_case ON events(case_row, delivery_state, position);
CREATE INDEX events_lease ON events(lease);

CREATE TABLE feeds (                -- last position given, per registry
  registry_id   TEXT    NOT NULL PRIMARY KEY,
  position      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_fetches (     -- audit (R27): one row for each answer and day, however often it is fetched
  confirmation_id TEXT  NOT NULL,
  day           TEXT    NOT NULL,              -- civil date in Beijing
  registry_id   TEXT    NOT NULL,
  fetches       INTEGER NOT NULL,
  last_at       INTEGER NOT NULL,
  PRIMARY KEY (confirmation_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_fetches_day ON evidence_fetches(day);

-- +goose Down
DROP TABLE evidence_fetches;
DROP TABLE feeds;
DROP TABLE events;
DROP TABLE handwritings;
DROP TABLE strokes_used;
DROP TABLE confirmations;
DROP TABLE servings;
DROP TABLE todos;
DROP TABLE cases;
