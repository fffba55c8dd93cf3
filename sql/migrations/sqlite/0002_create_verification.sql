-- +goose Up
CREATE TABLE subjects (
  id          TEXT    NOT NULL PRIMARY KEY,   -- "sub_…", random
  document_cipher BLOB NOT NULL,              -- type and number, so that a new look-up key can be added
  created_at  INTEGER NOT NULL,
  seen_at     INTEGER NOT NULL                -- when a verification or a case named them last
) STRICT;

CREATE TABLE subject_keys (         -- R1
  hash        BLOB    NOT NULL PRIMARY KEY,   -- keyed hash of document type and number
  subject_id  TEXT    NOT NULL REFERENCES subjects(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX subject_keys_subject ON subject_keys(subject_id);

CREATE TABLE account_subjects (     -- R12: distinct subjects per account and day
  account_id  TEXT    NOT NULL,
  day         TEXT    NOT NULL,               -- civil date in Beijing
  subject_id  TEXT    NOT NULL,
  PRIMARY KEY (account_id, day, subject_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_subjects_day ON account_subjects(day);

CREATE TABLE verifications (
  id             TEXT    NOT NULL PRIMARY KEY,
  session_id     TEXT    NOT NULL,            -- its row is purged earlier
  account_id     TEXT    NOT NULL,
  subject_id     TEXT    NOT NULL REFERENCES subjects(id),
  purpose        TEXT    NOT NULL,
  channel        TEXT    NOT NULL,
  state          TEXT    NOT NULL,
  turn           INTEGER NOT NULL DEFAULT 0,  -- moved by each guarded change, so that a cluster sees two that collide
  document_cipher BLOB   NOT NULL,            -- under the subject's key
  prefilled      INTEGER NOT NULL,
  policy_digest  TEXT    NOT NULL,
  portrait_id    TEXT    NOT NULL DEFAULT '',
  grant_id       TEXT    NOT NULL DEFAULT '', -- confirm: from which; access: made by its acceptance
  todo_id        TEXT    NOT NULL DEFAULT '',
  revision       INTEGER NOT NULL DEFAULT 0,
  content_digest TEXT    NOT NULL DEFAULT '',
  created_at     INTEGER NOT NULL,
  expires_at     INTEGER NOT NULL,            -- of open
  passed_at      INTEGER NOT NULL DEFAULT 0,
  usable_until   INTEGER NOT NULL DEFAULT 0,
  ended_at       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX verifications_session ON verifications(session_id, created_at);
CREATE INDEX verifications_account ON verifications(account_id, created_at);
CREATE INDEX verifications_state ON verifications(state, expires_at);
CREATE INDEX verifications_usable ON verifications(state, purpose, usable_until);
CREATE INDEX verifications_subject ON verifications(subject_id);
CREATE INDEX verifications_retention ON verifications(passed_at, created_at);

CREATE TABLE checks (
  verification_id TEXT    NOT NULL REFERENCES verifications(id),
  position        INTEGER NOT NULL,
  kind            TEXT    NOT NULL,
  state           TEXT    NOT NULL,
  attempt_id      TEXT    NOT NULL DEFAULT '',
  failure         TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (verification_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
  id              TEXT    NOT NULL PRIMARY KEY,
  verification_id TEXT    NOT NULL REFERENCES verifications(id),
  session_id      TEXT    NOT NULL,
  account_id      TEXT    NOT NULL,
  subject_id      TEXT    NOT NULL,
  kind            TEXT    NOT NULL,
  provider        TEXT    NOT NULL,
  provider_id     TEXT,                       -- NULL until attached; unique with provider (R10)
  level           TEXT    NOT NULL DEFAULT '',
  state           TEXT    NOT NULL,
  failure         TEXT    NOT NULL DEFAULT '',
  result          TEXT    NOT NULL DEFAULT '', -- of one decided after it was closed: the state it would have had (R10)
  counted         INTEGER NOT NULL DEFAULT 0,
  undecided       INTEGER NOT NULL,           -- R63: the provider's word is awaited, and the tries stay reserved
  call_cipher     BLOB,                       -- what the client must call; under the subject's key
  card_last4_cipher BLOB,                     -- likewise
  budgets         TEXT    NOT NULL,           -- JSON: scopes reserved, with their windows; no personal data
  started_at      INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL,
  settled_at      INTEGER NOT NULL DEFAULT 0,
  next_try_at     INTEGER NOT NULL,           -- the worker looks at it then; pushed forward as its lease
  tries           INTEGER NOT NULL DEFAULT 0  -- of the worker
) STRICT;
CREATE UNIQUE INDEX attempts_provider ON attempts(provider, provider_id);
CREATE INDEX attempts_verification ON attempts(verification_id, started_at);
CREATE INDEX attempts_pass ON attempts(account_id, subject_id, kind, state, settled_at);
CREATE INDEX attempts_due ON attempts(undecided, next_try_at);

CREATE TABLE budgets (
  scope       TEXT    NOT NULL PRIMARY KEY,
  used        INTEGER NOT NULL,
  ends_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX budgets_ends ON budgets(ends_at);

CREATE TABLE consents (
  id          TEXT    NOT NULL PRIMARY KEY,
  account_id  TEXT    NOT NULL,
  session_id  TEXT    NOT NULL,
  subject_id  TEXT    NOT NULL DEFAULT '',
  kind        TEXT    NOT NULL,
  notice_id   TEXT    NOT NULL,
  version     TEXT    NOT NULL,
  notice_hash TEXT    NOT NULL,
  accepted_at INTEGER NOT NULL,
  withdrawn_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX consents_account ON consents(account_id, withdrawn_at, accepted_at); -- a row for each acceptance
CREATE INDEX consents_retention ON consents(subject_id, accepted_at);
CREATE INDEX consents_accepted ON consents(accepted_at);

CREATE TABLE portraits (            -- R33: a table and keys of its own (owner por_…)
  id              TEXT    NOT NULL PRIMARY KEY,
  verification_id TEXT    NOT NULL,
  subject_id      TEXT    NOT NULL,
  picture_cipher  BLOB    NOT NULL,
  sha256_cipher   BLOB    NOT NULL,           -- of the picture: a receipt needs that alone
  created_at      INTEGER NOT NULL,
  delete_after    INTEGER NOT NULL DEFAULT 0  -- 0 = not decided yet
) STRICT;
CREATE INDEX portraits_delete ON portraits(delete_after);
CREATE INDEX portraits_verification ON portraits(verification_id);

CREATE TABLE grants (               -- R3
  id              TEXT    NOT NULL PRIMARY KEY,
  session_id      TEXT    NOT NULL,           -- its row is purged earlier
  account_id      TEXT    NOT NULL,
  subject_id      TEXT    NOT NULL REFERENCES subjects(id),
  verification_id TEXT    NOT NULL,
  document_cipher BLOB    NOT NULL,           -- as verified; under the subject's key
  portrait_id     TEXT    NOT NULL DEFAULT '',
  starts_at       INTEGER NOT NULL,
  until           INTEGER NOT NULL,
  ended_at        INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX grants_session ON grants(session_id, ended_at, until);
CREATE INDEX grants_account ON grants(account_id, ended_at);
CREATE UNIQUE INDEX grants_verification ON grants(verification_id);

-- +goose Down
DROP TABLE grants;
DROP TABLE portraits;
DROP TABLE consents;
DROP TABLE budgets;
DROP TABLE attempts;
DROP TABLE checks;
DROP TABLE verifications;
DROP TABLE account_subjects;
DROP TABLE subject_keys;
DROP TABLE subjects;
