-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS staff_persons (  -- own documents that the identity provider claimed for members, so that two accounts of one person are known as such
  hash        VARBINARY(32)  NOT NULL PRIMARY KEY,  -- keyed hash of the document as in subject_keys, one row per look-up key at a sign-in
  person      VARBINARY(32)  NOT NULL,  -- the hash under which the person was first seen; what staff_sessions.own_hash is the hex of
  seen_at     BIGINT         NOT NULL,
  KEY staff_persons_person (person),
  KEY staff_persons_seen (seen_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE staff_persons;
