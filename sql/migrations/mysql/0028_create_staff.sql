-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS staff_members (  -- accounts of the authority's identity provider that have signed in
  hash        VARBINARY(32)  NOT NULL PRIMARY KEY,  -- keyed hash of issuer and subject, one row per look-up key at a sign-in
  member_id   VARCHAR(48)    NOT NULL,  -- "stf_…"
  seen_at     BIGINT         NOT NULL,
  KEY staff_members_member (member_id),
  KEY staff_members_seen (seen_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS staff_sessions (
  id          VARCHAR(48)    NOT NULL PRIMARY KEY,  -- "sts_…"
  token_hash  VARBINARY(32)  NOT NULL,
  member_id   VARCHAR(48)    NOT NULL,
  name_cipher VARBINARY(1024) NOT NULL,  -- of the member, under a master sub-key
  roles       VARCHAR(160)   NOT NULL,  -- words separated by commas
  office      VARCHAR(64)    NOT NULL,  -- '' = none
  own_hash    VARCHAR(64)    NOT NULL,  -- hex of the keyed hash of the member's own document, as in subject_keys; empty if it is not claimed
  sid_hash    VARCHAR(64)    NOT NULL,  -- hex of the keyed hash of issuer and the provider's session; empty if it is not claimed
  issued_at   BIGINT         NOT NULL,  -- of the ID token, by the provider's clock
  created_at  BIGINT         NOT NULL,
  idle_until  BIGINT         NOT NULL,
  until       BIGINT         NOT NULL,
  revoked_at  BIGINT         NOT NULL DEFAULT 0,
  tag         VARBINARY(32)  NOT NULL DEFAULT '',
  UNIQUE KEY staff_sessions_token (token_hash),
  KEY staff_sessions_member (member_id, created_at),
  KEY staff_sessions_sid (sid_hash),
  KEY staff_sessions_until (until)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS staff_logouts (  -- what the identity provider ended, so that a sign-in under way ends too
  hash        VARBINARY(32)  NOT NULL PRIMARY KEY,  -- as staff_members.hash, or that of staff_sessions.sid_hash
  issued_at   BIGINT         NOT NULL,  -- of the logout token, by the provider's clock
  until       BIGINT         NOT NULL,
  KEY staff_logouts_until (until)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS staff_accesses (  -- each reveal of personal data to a member, written before the decryption
  id          VARCHAR(48)    NOT NULL PRIMARY KEY,  -- "sta_…"
  subject_id  VARCHAR(48)    NOT NULL,
  member_id   VARCHAR(48)    NOT NULL,
  role        VARCHAR(16)    NOT NULL,
  office      VARCHAR(64)    NOT NULL,
  purpose     VARCHAR(16)    NOT NULL,
  shown       VARCHAR(32)    NOT NULL,  -- what was revealed
  reference   VARCHAR(64)    NOT NULL,  -- our id of what it was needed for; '' = none
  at          BIGINT         NOT NULL,
  tag         VARBINARY(32)  NOT NULL DEFAULT '',
  KEY staff_accesses_subject (subject_id, at),
  KEY staff_accesses_at (at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'erasures' AND index_name = 'erasures_requested') = 0,
  'ALTER TABLE erasures ADD KEY erasures_requested (requested_at)',
  'DO 0');
PREPARE change_erasures FROM @change;
EXECUTE change_erasures;
DEALLOCATE PREPARE change_erasures;

-- +goose Down
ALTER TABLE erasures DROP KEY erasures_requested;
DROP TABLE staff_accesses;
DROP TABLE staff_logouts;
DROP TABLE staff_sessions;
DROP TABLE staff_members;
