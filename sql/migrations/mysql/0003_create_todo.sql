-- +goose Up
-- As for SQLite; IF NOT EXISTS, because a change of the schema is no transaction here and may have stopped half-way.
CREATE TABLE IF NOT EXISTS cases (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,  -- "cas_…": also the owner of the case's data key
  registry_id     VARCHAR(48) NOT NULL,
  case_id         VARCHAR(64) NOT NULL,
  revision        BIGINT NOT NULL,
  state           VARCHAR(48) NOT NULL,
  push_digest     VARCHAR(128) NOT NULL,
  push_salt_cipher BLOB NOT NULL,
  received_at     BIGINT NOT NULL,
  UNIQUE KEY cases_key (registry_id, case_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS todos (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,
  case_row        VARCHAR(48) NOT NULL,
  registry_id     VARCHAR(48) NOT NULL,
  case_id         VARCHAR(64) NOT NULL,
  signer_id       VARCHAR(64) NOT NULL,
  subject_id      VARCHAR(48) NOT NULL,
  revision        BIGINT NOT NULL,
  state           VARCHAR(48) NOT NULL,
  content_digest  VARCHAR(128) NOT NULL,
  signer_cipher   BLOB NOT NULL,  -- document and name; under the case's key
  headline_cipher BLOB NOT NULL,
  content_cipher  MEDIUMBLOB NOT NULL,
  salt_cipher     BLOB NOT NULL,
  opened_at       BIGINT NOT NULL,
  expires_at      BIGINT NOT NULL,
  answered_at     BIGINT NOT NULL DEFAULT 0,
  UNIQUE KEY todos_signer (case_row, signer_id, revision),
  KEY todos_subject (subject_id, opened_at, id),
  KEY todos_expiry (state, expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS servings (  -- R6: what this session was shown
  session_id      VARCHAR(48) NOT NULL,
  todo_id         VARCHAR(48) NOT NULL,
  revision        BIGINT NOT NULL,
  content_digest  VARCHAR(128) NOT NULL,
  served_at       BIGINT NOT NULL,
  PRIMARY KEY (session_id, todo_id, revision),
  KEY servings_served (served_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS confirmations (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,
  todo_id         VARCHAR(48) NOT NULL,
  case_row        VARCHAR(48) NOT NULL,
  registry_id     VARCHAR(48) NOT NULL,
  case_id         VARCHAR(64) NOT NULL,
  signer_id       VARCHAR(64) NOT NULL,
  subject_id      VARCHAR(48) NOT NULL,
  account_id      VARCHAR(48) NOT NULL,
  verification_id VARCHAR(48),  -- NULL unless confirmed; unique: one verification, one answer
  revision        BIGINT NOT NULL,
  content_digest  VARCHAR(128) NOT NULL,
  decision        VARCHAR(48) NOT NULL,
  reason          VARCHAR(64) NOT NULL DEFAULT '',
  receipt         TEXT NOT NULL,  -- compact JWS; no personal data
  openings_cipher MEDIUMBLOB NOT NULL,  -- salts and values; under the case's key
  strokes_cipher  MEDIUMBLOB,
  portrait_id     VARCHAR(48) NOT NULL DEFAULT '',
  answered_at     BIGINT NOT NULL,
  UNIQUE KEY confirmations_todo (todo_id),
  UNIQUE KEY confirmations_verification (verification_id),
  KEY confirmations_subject (subject_id, answered_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS strokes_used (  -- R21: identical strokes of the same subject are refused
  subject_id      VARCHAR(48) NOT NULL,
  hash            BINARY(32) NOT NULL,  -- keyed hash of the canonical strokes
  confirmation_id VARCHAR(48) NOT NULL,
  PRIMARY KEY (subject_id, hash)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS handwritings (  -- a row with NULL picture waits for the renderer
  confirmation_id VARCHAR(48) NOT NULL PRIMARY KEY,
  picture_cipher  MEDIUMBLOB,
  rendered_at     BIGINT NOT NULL DEFAULT 0,
  KEY handwritings_rendered (rendered_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS events (
  id              VARCHAR(48) NOT NULL PRIMARY KEY,
  type            VARCHAR(48) NOT NULL,
  registry_id     VARCHAR(48) NOT NULL,
  case_row        VARCHAR(48) NOT NULL,
  case_id         VARCHAR(64) NOT NULL,
  signer_id       VARCHAR(64) NOT NULL,
  todo_id         VARCHAR(48) NOT NULL,
  revision        BIGINT NOT NULL,
  confirmation_id VARCHAR(48) NOT NULL DEFAULT '',
  created_at      BIGINT NOT NULL,
  position        BIGINT,  -- NULL until sequenced (R24)
  delivery_state  VARCHAR(48) NOT NULL,  -- pending | delivered | dead
  attempts        BIGINT NOT NULL DEFAULT 0,
  next_at         BIGINT NOT NULL,
  lease           VARCHAR(48) NOT NULL DEFAULT '',
  lease_until     BIGINT NOT NULL DEFAULT 0,
  reason          VARCHAR(64) NOT NULL DEFAULT '',
  delivered_at    BIGINT NOT NULL DEFAULT 0,
  UNIQUE KEY events_cause (todo_id, type),
  UNIQUE KEY events_position (registry_id, position),
  KEY events_due (registry_id, delivery_state, next_at),
  KEY events_unsequenced (position, created_at, id),
  KEY events_case (case_row, delivery_state, position),
  KEY events_lease (lease)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS feeds (  -- last position given, per registry
  registry_id     VARCHAR(48) NOT NULL PRIMARY KEY,
  position        BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS evidence_fetches (  -- audit (R27): one row for each answer and day, however often it is fetched
  confirmation_id VARCHAR(48) NOT NULL,
  day             VARCHAR(48) NOT NULL,  -- civil date in Beijing
  registry_id     VARCHAR(48) NOT NULL,
  fetches         BIGINT NOT NULL,
  last_at         BIGINT NOT NULL,
  PRIMARY KEY (confirmation_id, day),
  KEY evidence_fetches_day (day)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

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
