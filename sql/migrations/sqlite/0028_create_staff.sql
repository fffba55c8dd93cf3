-- +goose Up
CREATE TABLE staff_members (        -- accounts of the authority's identity provider that have signed in
  hash        BLOB    NOT NULL PRIMARY KEY,  -- keyed hash of issuer and subject, one row per look-up key at a sign-in
  member_id   TEXT    NOT NULL,     -- "stf_…"
  seen_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_members_member ON staff_members(member_id);
CREATE INDEX staff_members_seen ON staff_members(seen_at);

CREATE TABLE staff_sessions (
  id          TEXT    NOT NULL PRIMARY KEY,  -- "sts_…"
  token_hash  BLOB    NOT NULL,
  member_id   TEXT    NOT NULL,
  name_cipher BLOB    NOT NULL,     -- of the member, under a master sub-key
  roles       TEXT    NOT NULL,     -- words separated by commas
  office      TEXT    NOT NULL,     -- '' = none
  own_hash    TEXT    NOT NULL,     -- hex of the keyed hash of the member's own document, as in subject_keys; empty if it is not claimed
  sid_hash    TEXT    NOT NULL,     -- hex of the keyed hash of issuer and the provider's session; empty if it is not claimed
  issued_at   INTEGER NOT NULL,     -- of the ID token, by the provider's clock
  created_at  INTEGER NOT NULL,
  idle_until  INTEGER NOT NULL,
  until       INTEGER NOT NULL,
  revoked_at  INTEGER NOT NULL DEFAULT 0,
  tag         BLOB    NOT NULL DEFAULT X''
) STRICT;
CREATE UNIQUE INDEX staff_sessions_token ON staff_sessions(token_hash);
CREATE INDEX staff_sessions_member ON staff_sessions(member_id, created_at);
CREATE INDEX staff_sessions_sid ON staff_sessions(sid_hash);
CREATE INDEX staff_sessions_until ON staff_sessions(until);

CREATE TABLE staff_logouts (        -- what the identity provider ended, so that a sign-in under way ends too
  hash        BLOB    NOT NULL PRIMARY KEY,  -- as staff_members.hash, or that of staff_sessions.sid_hash
  issued_at   INTEGER NOT NULL,     -- of the logout token, by the provider's clock
  until       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_logouts_until ON staff_logouts(until);

CREATE TABLE staff_accesses (       -- each reveal of personal data to a member, written before the decryption
  id          TEXT    NOT NULL PRIMARY KEY,  -- "sta_…"
  subject_id  TEXT    NOT NULL,
  member_id   TEXT    NOT NULL,
  role        TEXT    NOT NULL,
  office      TEXT    NOT NULL,
  purpose     TEXT    NOT NULL,
  shown       TEXT    NOT NULL,     -- what was revealed
  reference   TEXT    NOT NULL,     -- our id of what it was needed for; '' = none
  at          INTEGER NOT NULL,
  tag         BLOB    NOT NULL DEFAULT X''
) STRICT;
CREATE INDEX staff_accesses_subject ON staff_accesses(subject_id, at);
CREATE INDEX staff_accesses_at ON staff_accesses(at);
CREATE INDEX erasures_requested ON erasures(requested_at);

-- +goose Down
DROP INDEX erasures_requested;
DROP TABLE staff_accesses;
DROP TABLE staff_logouts;
DROP TABLE staff_sessions;
DROP TABLE staff_members;
