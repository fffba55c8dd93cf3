-- +goose Up
CREATE TABLE appeals (             -- requests to decide a failure again
  id              TEXT    NOT NULL PRIMARY KEY,  -- "apl_…", with a data key of its own
  account_id      TEXT    NOT NULL,
  subject_id      TEXT    NOT NULL DEFAULT '',
  verification_id TEXT    NOT NULL DEFAULT '',
  failure         TEXT    NOT NULL,
  seen            INTEGER NOT NULL,  -- 1 = the verification has this failure
  open_slot       TEXT    NOT NULL,  -- one open appeal per account, person and failure; the id once it is not open
  state           TEXT    NOT NULL,  -- draft | submitted | question | proposed | decided | withdrawn
  turn            INTEGER NOT NULL DEFAULT 0,    -- changes with every step
  form_cipher     BLOB    NOT NULL DEFAULT X'',  -- under the appeal's key, as the following ones
  outcome         TEXT    NOT NULL DEFAULT '',
  reason_cipher   BLOB    NOT NULL DEFAULT X'',
  ground_cipher   BLOB    NOT NULL DEFAULT X'',
  created_at      INTEGER NOT NULL,
  submitted_at    INTEGER NOT NULL DEFAULT 0,
  due_at          INTEGER NOT NULL DEFAULT 0,
  read_at         INTEGER NOT NULL DEFAULT 0,    -- by a reviewer, the last time
  read_by         TEXT    NOT NULL DEFAULT '',   -- member of staff, as the following ones
  proposed_by     TEXT    NOT NULL DEFAULT '',
  decided_by      TEXT    NOT NULL DEFAULT '',   -- who approved
  decided_at      INTEGER NOT NULL DEFAULT 0,
  kept_from       INTEGER NOT NULL    -- the period begins with the last step
) STRICT;
CREATE UNIQUE INDEX appeals_slot ON appeals(open_slot);
CREATE INDEX appeals_account ON appeals(account_id, created_at);
CREATE INDEX appeals_subject ON appeals(subject_id);
CREATE INDEX appeals_state ON appeals(state, due_at);
CREATE INDEX appeals_kept ON appeals(kept_from);

CREATE TABLE appeal_messages (
  id          TEXT    NOT NULL PRIMARY KEY,
  appeal_id   TEXT    NOT NULL,
  number      INTEGER NOT NULL,   -- from 1
  by_staff    TEXT    NOT NULL DEFAULT '',  -- member of staff who asks; '' = the person answers
  text_cipher BLOB    NOT NULL,   -- under the appeal's key
  at          INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX appeal_messages_number ON appeal_messages(appeal_id, number);

CREATE TABLE appeal_materials (
  id           TEXT    NOT NULL PRIMARY KEY,  -- "mat_…", with a data key of its own
  appeal_id    TEXT    NOT NULL,
  account_id   TEXT    NOT NULL,
  subject_id   TEXT    NOT NULL DEFAULT '',
  item         TEXT    NOT NULL,
  kind         TEXT    NOT NULL,   -- picture | video
  state        TEXT    NOT NULL,   -- uploading | ready | rejected
  turn         INTEGER NOT NULL DEFAULT 0,
  reason       TEXT    NOT NULL DEFAULT '',
  bytes        INTEGER NOT NULL,
  parts        INTEGER NOT NULL,
  copy_id      TEXT    NOT NULL DEFAULT '',  -- of the clean copy
  media_type   TEXT    NOT NULL DEFAULT '',
  width        INTEGER NOT NULL DEFAULT 0,
  height       INTEGER NOT NULL DEFAULT 0,
  milliseconds INTEGER NOT NULL DEFAULT 0,
  created_at   INTEGER NOT NULL,
  delete_after INTEGER NOT NULL    -- 0 = not decided yet
) STRICT;
CREATE INDEX appeal_materials_appeal ON appeal_materials(appeal_id, created_at);
CREATE INDEX appeal_materials_delete ON appeal_materials(delete_after);

CREATE TABLE appeal_parts (
  material_id TEXT    NOT NULL,
  copy_id     TEXT    NOT NULL,   -- '' = as it arrived
  number      INTEGER NOT NULL,
  data_cipher BLOB    NOT NULL,   -- under the material's key
  PRIMARY KEY (material_id, copy_id, number)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE appeal_parts;
DROP TABLE appeal_materials;
DROP TABLE appeal_messages;
DROP TABLE appeals;
