-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS appointments (  -- times that accounts booked at an office; they name nobody
  id              VARCHAR(48)  NOT NULL PRIMARY KEY,  -- "apt_…"
  code            VARCHAR(16)  NOT NULL,  -- to be read out or scanned
  account_id      VARCHAR(48)  NOT NULL,
  office          VARCHAR(64)  NOT NULL,
  day             VARCHAR(10)  NOT NULL,  -- in Beijing, as 2026-12-01
  starts_at       BIGINT       NOT NULL,  -- of the time slot
  ends_at         BIGINT       NOT NULL,
  slip            VARCHAR(48)  NOT NULL,  -- how the id of the session begins that booked it: its window slip
  failure         VARCHAR(64)  NOT NULL,  -- code of the catalogue; '' = none
  appeal_id       VARCHAR(48)  NOT NULL,  -- '' = none
  state           VARCHAR(16)  NOT NULL,  -- booked | cancelled | arrived | missed
  open_slot       VARCHAR(48)  NOT NULL,  -- the account while it is booked, afterwards its own id
  created_at      BIGINT       NOT NULL,
  changed_at      BIGINT       NOT NULL,
  UNIQUE KEY appointments_code (code),
  UNIQUE KEY appointments_open (open_slot),
  KEY appointments_account (account_id, starts_at),
  KEY appointments_office (office, day, starts_at),
  KEY appointments_day (day),
  KEY appointments_state (state, ends_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS queue_numbers (  -- of one office and day, without a gap in each line
  id              VARCHAR(48)  NOT NULL PRIMARY KEY,  -- "que_…"
  office          VARCHAR(64)  NOT NULL,
  day             VARCHAR(10)  NOT NULL,
  line            VARCHAR(1)   NOT NULL,  -- A = with an appointment, B = without
  number          BIGINT       NOT NULL,
  account_id      VARCHAR(48)  NOT NULL,  -- '' = taken by a clerk for somebody without one
  appointment_id  VARCHAR(48)  NOT NULL,  -- of a walk-in its own id
  slot_at         BIGINT       NOT NULL,  -- when the appointment begins; 0 for a walk-in
  slip            VARCHAR(48)  NOT NULL,  -- as appointments.slip; '' = none
  state           VARCHAR(16)  NOT NULL,  -- waiting | called | served | absent
  open_slot       VARCHAR(64)  NOT NULL,  -- account and day while it waits or is called, otherwise its own id
  call_id         VARCHAR(48)  NOT NULL,  -- of the last call, by which a repetition is known; before that its own id
  desk            VARCHAR(8)   NOT NULL,  -- where it was called to
  called_by       VARCHAR(128) NOT NULL,  -- id of the member
  taken_at        BIGINT       NOT NULL,
  called_at       BIGINT       NOT NULL,
  ended_at        BIGINT       NOT NULL,
  UNIQUE KEY queue_numbers_number (office, day, line, number),
  UNIQUE KEY queue_numbers_appointment (appointment_id),
  UNIQUE KEY queue_numbers_open (open_slot),
  UNIQUE KEY queue_numbers_call (call_id),
  KEY queue_numbers_account (account_id, day),
  KEY queue_numbers_state (office, day, state),
  KEY queue_numbers_day (day)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS office_counts (  -- counters of an office and day: places taken of a time slot, last number of a line
  office          VARCHAR(64)  NOT NULL,
  day             VARCHAR(10)  NOT NULL,
  name            VARCHAR(8)   NOT NULL,  -- of a slot when it begins, as 09:30; of a line A or B
  n               BIGINT       NOT NULL,
  PRIMARY KEY (office, day, name),
  KEY office_counts_day (day)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE office_counts;
DROP TABLE queue_numbers;
DROP TABLE appointments;
