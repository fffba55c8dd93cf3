-- +goose Up
CREATE TABLE staff_persons (        -- own documents that the identity provider claimed for members, so that two accounts of one person are known as such
  hash        BLOB    NOT NULL PRIMARY KEY,  -- keyed hash of the document as in subject_keys, one row per look-up key at a sign-in
  person      BLOB    NOT NULL,     -- the hash under which the person was first seen; what staff_sessions.own_hash is the hex of
  seen_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_persons_person ON staff_persons(person);
CREATE INDEX staff_persons_seen ON staff_persons(seen_at);

-- +goose Down
DROP TABLE staff_persons;
