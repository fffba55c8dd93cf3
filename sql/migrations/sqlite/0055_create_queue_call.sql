-- +goose Up
CREATE TABLE queue_calls (          -- each call of a queue number: a form that is sent again finds what it called
  id              TEXT    NOT NULL PRIMARY KEY,  -- "cal_…", of the form
  number_id       TEXT    NOT NULL,
  day             TEXT    NOT NULL,  -- in Beijing, as 2026-12-01
  open_desk       TEXT    NOT NULL,  -- office, day and desk; its own id once the desk calls after the end of this call: it has one open call
  open_member     TEXT    NOT NULL   -- office, day and member, likewise
) STRICT;
CREATE UNIQUE INDEX queue_calls_desk ON queue_calls(open_desk);
CREATE UNIQUE INDEX queue_calls_member ON queue_calls(open_member);
CREATE INDEX queue_calls_number ON queue_calls(number_id);
CREATE INDEX queue_calls_day ON queue_calls(day);

-- +goose Down
DROP TABLE queue_calls;
