-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS queue_calls (  -- each call of a queue number: a form that is sent again finds what it called
  id              VARCHAR(48)  NOT NULL PRIMARY KEY,  -- "cal_…", of the form
  number_id       VARCHAR(48)  NOT NULL,
  day             VARCHAR(10)  NOT NULL,  -- in Beijing, as 2026-12-01
  open_desk       VARCHAR(96)  NOT NULL,  -- office, day and desk; its own id once the desk calls after the end of this call: it has one open call
  open_member     VARCHAR(208) NOT NULL,  -- office, day and member, likewise
  UNIQUE KEY queue_calls_desk (open_desk),
  UNIQUE KEY queue_calls_member (open_member),
  KEY queue_calls_number (number_id),
  KEY queue_calls_day (day)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE queue_calls;
