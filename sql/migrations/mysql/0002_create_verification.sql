-- +goose Up
-- As for SQLite; IF NOT EXISTS, because a change of the schema is no transaction here and may have stopped half-way.
CREATE TABLE IF NOT EXISTS subjects (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,  -- "sub_…", random
  document_cipher BLOB NOT NULL,  -- type and number, so that a new look-up key can be added
  created_at      BIGINT NOT NULL,
  seen_at         BIGINT NOT NULL  -- when a verification or a case named them last
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS subject_keys (  -- R1
  hash            BINARY(32) NOT NULL PRIMARY KEY,  -- keyed hash of document type and number
  subject_id      VARCHAR(48) NOT NULL,
  KEY subject_keys_subject (subject_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS account_subjects (  -- R12: distinct subjects per account and day
  account_id      VARCHAR(48) NOT NULL,
  day             VARCHAR(48) NOT NULL,  -- civil date in Beijing
  subject_id      VARCHAR(48) NOT NULL,
  PRIMARY KEY (account_id, day, subject_id),
  KEY account_subjects_day (day)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS verifications (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,
  session_id      VARCHAR(48) NOT NULL,
  account_id      VARCHAR(48) NOT NULL,
  subject_id      VARCHAR(48) NOT NULL,
  purpose         VARCHAR(48) NOT NULL,
  channel         VARCHAR(48) NOT NULL,
  state           VARCHAR(48) NOT NULL,
  turn            BIGINT NOT NULL DEFAULT 0,  -- moved by each guarded change, so that a cluster sees two that collide
  document_cipher BLOB NOT NULL,  -- under the subject's key
  prefilled       BIGINT NOT NULL,
  policy_digest   VARCHAR(128) NOT NULL,
  portrait_id     VARCHAR(48) NOT NULL DEFAULT '',
  grant_id        VARCHAR(48) NOT NULL DEFAULT '',  -- confirm: from which; access: made by its acceptance
  todo_id         VARCHAR(48) NOT NULL DEFAULT '',
  revision        BIGINT NOT NULL DEFAULT 0,
  content_digest  VARCHAR(128) NOT NULL DEFAULT '',
  created_at      BIGINT NOT NULL,
  expires_at      BIGINT NOT NULL,  -- of open
  passed_at       BIGINT NOT NULL DEFAULT 0,
  usable_until    BIGINT NOT NULL DEFAULT 0,
  ended_at        BIGINT NOT NULL DEFAULT 0,
  KEY verifications_session (session_id, created_at),
  KEY verifications_account (account_id, created_at),
  KEY verifications_state (state, expires_at),
  KEY verifications_usable (state, purpose, usable_until),
  KEY verifications_subject (subject_id),
  KEY verifications_retention (passed_at, created_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS checks (
  verification_id VARCHAR(48) NOT NULL,
  position        BIGINT NOT NULL,
  kind            VARCHAR(48) NOT NULL,
  state           VARCHAR(48) NOT NULL,
  attempt_id      VARCHAR(48) NOT NULL DEFAULT '',
  failure         VARCHAR(48) NOT NULL DEFAULT '',
  PRIMARY KEY (verification_id, kind)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS attempts (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,
  verification_id VARCHAR(48) NOT NULL,
  session_id      VARCHAR(48) NOT NULL,
  account_id      VARCHAR(48) NOT NULL,
  subject_id      VARCHAR(48) NOT NULL,
  kind            VARCHAR(48) NOT NULL,
  provider        VARCHAR(48) NOT NULL,
  provider_id     VARCHAR(256),  -- NULL until attached; unique with provider (R10)
  level           VARCHAR(128) NOT NULL DEFAULT '',
  state           VARCHAR(48) NOT NULL,
  failure         VARCHAR(48) NOT NULL DEFAULT '',
  result          VARCHAR(48) NOT NULL DEFAULT '',  -- of a superseded one: the state it would have had (R10)
  counted         BIGINT NOT NULL DEFAULT 0,
  undecided       BIGINT NOT NULL,
  call_cipher     BLOB,  -- what the client must call; under the subject's key
  card_last4_cipher BLOB,  -- likewise
  budgets         TEXT NOT NULL,  -- JSON: scopes reserved, with their windows; no personal data
  started_at      BIGINT NOT NULL,
  expires_at      BIGINT NOT NULL,
  settled_at      BIGINT NOT NULL DEFAULT 0,
  next_try_at     BIGINT NOT NULL,  -- the worker looks at it then; pushed forward as its lease
  tries           BIGINT NOT NULL DEFAULT 0,  -- of the worker
  UNIQUE KEY attempts_provider (provider, provider_id),
  KEY attempts_verification (verification_id, started_at),
  KEY attempts_pass (account_id, subject_id, kind, state, settled_at),
  KEY attempts_due (undecided, next_try_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS budgets (
  scope           VARCHAR(191) NOT NULL PRIMARY KEY,
  used            BIGINT NOT NULL,
  ends_at         BIGINT NOT NULL,
  KEY budgets_ends (ends_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS consents (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,
  account_id      VARCHAR(48) NOT NULL,
  session_id      VARCHAR(48) NOT NULL,
  subject_id      VARCHAR(48) NOT NULL DEFAULT '',
  kind            VARCHAR(48) NOT NULL,
  notice_id       VARCHAR(128) NOT NULL,
  version         VARCHAR(64) NOT NULL,
  notice_hash     VARCHAR(128) NOT NULL,
  accepted_at     BIGINT NOT NULL,
  withdrawn_at    BIGINT NOT NULL DEFAULT 0,
  KEY consents_account (account_id, withdrawn_at, accepted_at),
  KEY consents_retention (subject_id, accepted_at),
  KEY consents_accepted (accepted_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS portraits (  -- R33: a table and keys of its own (owner por_…)
  id              VARCHAR(48) NOT NULL PRIMARY KEY,
  verification_id VARCHAR(48) NOT NULL,
  subject_id      VARCHAR(48) NOT NULL,
  picture_cipher  MEDIUMBLOB NOT NULL,
  sha256_cipher   VARBINARY(128) NOT NULL,  -- of the picture: a receipt needs that alone
  created_at      BIGINT NOT NULL,
  delete_after    BIGINT NOT NULL DEFAULT 0,  -- 0 = not decided yet
  KEY portraits_delete (delete_after),
  KEY portraits_verification (verification_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS grants (  -- R3
  id              VARCHAR(48) NOT NULL PRIMARY KEY,
  session_id      VARCHAR(48) NOT NULL,
  account_id      VARCHAR(48) NOT NULL,
  subject_id      VARCHAR(48) NOT NULL,
  verification_id VARCHAR(48) NOT NULL,
  document_cipher BLOB NOT NULL,  -- as verified; under the subject's key
  portrait_id     VARCHAR(48) NOT NULL DEFAULT '',
  starts_at       BIGINT NOT NULL,
  until           BIGINT NOT NULL,
  ended_at        BIGINT NOT NULL DEFAULT 0,
  KEY grants_session (session_id, ended_at, until),
  KEY grants_account (account_id, ended_at),
  UNIQUE KEY grants_verification (verification_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

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
