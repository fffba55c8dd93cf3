-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS appeals (  -- requests to decide a failure again
  id              VARCHAR(48)  NOT NULL PRIMARY KEY,  -- "apl_…", with a data key of its own
  account_id      VARCHAR(48)  NOT NULL,
  subject_id      VARCHAR(48)  NOT NULL DEFAULT '',
  verification_id VARCHAR(48)  NOT NULL DEFAULT '',
  failure         VARCHAR(48)  NOT NULL,
  seen            TINYINT      NOT NULL,  -- 1 = the verification has this failure
  open_slot       VARCHAR(160) NOT NULL,  -- one open appeal per account, person and failure; the id once it is not open
  state           VARCHAR(16)  NOT NULL,  -- draft | submitted | question | proposed | decided | withdrawn
  turn            BIGINT       NOT NULL DEFAULT 0,   -- changes with every step
  form_cipher     VARBINARY(8192) NOT NULL DEFAULT '',  -- under the appeal's key, as the following ones
  outcome         VARCHAR(48)  NOT NULL DEFAULT '',
  reason_cipher   VARBINARY(4096) NOT NULL DEFAULT '',
  ground_cipher   VARBINARY(4096) NOT NULL DEFAULT '',
  created_at      BIGINT       NOT NULL,
  submitted_at    BIGINT       NOT NULL DEFAULT 0,
  due_at          BIGINT       NOT NULL DEFAULT 0,
  read_at         BIGINT       NOT NULL DEFAULT 0,   -- by a reviewer, the last time
  read_by         VARCHAR(48)  NOT NULL DEFAULT '',  -- member of staff, as the following ones
  proposed_by     VARCHAR(48)  NOT NULL DEFAULT '',
  decided_by      VARCHAR(48)  NOT NULL DEFAULT '',  -- who approved
  decided_at      BIGINT       NOT NULL DEFAULT 0,
  kept_from       BIGINT       NOT NULL,  -- the period begins with the last step
  UNIQUE KEY appeals_slot (open_slot),
  KEY appeals_account (account_id, created_at),
  KEY appeals_subject (subject_id),
  KEY appeals_state (state, due_at),
  KEY appeals_kept (kept_from)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS appeal_messages (
  id          VARCHAR(48) NOT NULL PRIMARY KEY,
  appeal_id   VARCHAR(48) NOT NULL,
  number      INT         NOT NULL,  -- from 1
  by_staff    VARCHAR(48) NOT NULL DEFAULT '',  -- member of staff who asks; '' = the person answers
  text_cipher BLOB        NOT NULL,  -- under the appeal's key
  at          BIGINT      NOT NULL,
  UNIQUE KEY appeal_messages_number (appeal_id, number)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS appeal_materials (
  id           VARCHAR(48) NOT NULL PRIMARY KEY,  -- "mat_…", with a data key of its own
  appeal_id    VARCHAR(48) NOT NULL,
  account_id   VARCHAR(48) NOT NULL,
  subject_id   VARCHAR(48) NOT NULL DEFAULT '',
  item         VARCHAR(48) NOT NULL,
  kind         VARCHAR(16) NOT NULL,  -- picture | video
  state        VARCHAR(16) NOT NULL,  -- uploading | ready | rejected
  turn         BIGINT      NOT NULL DEFAULT 0,
  reason       VARCHAR(48) NOT NULL DEFAULT '',
  bytes        BIGINT      NOT NULL,
  parts        INT         NOT NULL,
  copy_id      VARCHAR(48) NOT NULL DEFAULT '',  -- of the clean copy
  media_type   VARCHAR(48) NOT NULL DEFAULT '',
  width        INT         NOT NULL DEFAULT 0,
  height       INT         NOT NULL DEFAULT 0,
  milliseconds BIGINT      NOT NULL DEFAULT 0,
  created_at   BIGINT      NOT NULL,
  delete_after BIGINT      NOT NULL,  -- 0 = not decided yet
  KEY appeal_materials_appeal (appeal_id, created_at),
  KEY appeal_materials_delete (delete_after)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS appeal_parts (
  material_id VARCHAR(48) NOT NULL,
  copy_id     VARCHAR(48) NOT NULL,  -- '' = as it arrived
  number      INT         NOT NULL,
  data_cipher MEDIUMBLOB  NOT NULL,  -- under the material's key
  PRIMARY KEY (material_id, copy_id, number)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE appeal_parts;
DROP TABLE appeal_materials;
DROP TABLE appeal_messages;
DROP TABLE appeals;
