-- +goose Up
CREATE TABLE appointments (         -- times that accounts booked at an office; they name nobody
  id              TEXT    NOT NULL PRIMARY KEY,  -- "apt_…"
  code            TEXT    NOT NULL,  -- to be read out or scanned
  account_id      TEXT    NOT NULL,
  office          TEXT    NOT NULL,
  day             TEXT    NOT NULL,  -- in Beijing, as 2026-12-01
  starts_at       INTEGER NOT NULL,  -- of the time slot
  ends_at         INTEGER NOT NULL,
  slip            TEXT    NOT NULL,  -- how the id of the session begins that booked it: its window slip
  failure         TEXT    NOT NULL,  -- code of the catalogue; '' = none
  appeal_id       TEXT    NOT NULL,  -- '' = none
  state           TEXT    NOT NULL,  -- booked | cancelled | arrived | missed
  open_slot       TEXT    NOT NULL,  -- the account while it is booked, afterwards its own id
  created_at      INTEGER NOT NULL,
  changed_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX appointments_code ON appointments(code);
CREATE UNIQUE INDEX appointments_open ON appointments(open_slot);
CREATE INDEX appointments_account ON appointments(account_id, starts_at);
CREATE INDEX appointments_office ON appointments(office, day, starts_at);
CREATE INDEX appointments_day ON appointments(day);
CREATE INDEX appointments_state ON appointments(state, ends_at);

CREATE TABLE queue_numbers (        -- of one office and day, without a gap in each line
  id              TEXT    NOT NULL PRIMARY KEY,  -- "que_…"
  office          TEXT    NOT NULL,
  day             TEXT    NOT NULL,
  line            TEXT    NOT NULL,  -- A = with an appointment, B = without
  number          INTEGER NOT NULL,
  account_id      TEXT    NOT NULL,  -- '' = taken by a clerk for somebody without one
  appointment_id  TEXT    NOT NULL,  -- of a walk-in its own id
  slot_at         INTEGER NOT NULL,  -- when the appointment begins; 0 for a walk-in
  slip            TEXT    NOT NULL,  -- as appointments.slip; '' = none
  state           TEXT    NOT NULL,  -- waiting | called | served | absent
  open_slot       TEXT    NOT NULL,  -- account and day while it waits or is called, otherwise its own id
  call_id         TEXT    NOT NULL,  -- of the last call, by which a repetition is known; before that its own id
  desk            TEXT    NOT NULL,  -- where it was called to
  called_by       TEXT    NOT NULL,  -- id of the member
  taken_at        INTEGER NOT NULL,
  called_at       INTEGER NOT NULL,
  ended_at        INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX queue_numbers_number ON queue_numbers(office, day, line, number);
CREATE UNIQUE INDEX queue_numbers_appointment ON queue_numbers(appointment_id);
CREATE UNIQUE INDEX queue_numbers_open ON queue_numbers(open_slot);
CREATE UNIQUE INDEX queue_numbers_call ON queue_numbers(call_id);
CREATE INDEX queue_numbers_account ON queue_numbers(account_id, day);
CREATE INDEX queue_numbers_state ON queue_numbers(office, day, state);
CREATE INDEX queue_numbers_day ON queue_numbers(day);

CREATE TABLE office_counts (        -- counters of an office and day: places taken of a time slot, last number of a line
  office          TEXT    NOT NULL,
  day             TEXT    NOT NULL,
  name            TEXT    NOT NULL,  -- of a slot when it begins, as 09:30; of a line A or B
  n               INTEGER NOT NULL,
  PRIMARY KEY (office, day, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX office_counts_day ON office_counts(day);

-- +goose Down
DROP TABLE office_counts;
DROP TABLE queue_numbers;
DROP TABLE appointments;
