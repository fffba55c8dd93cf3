-- +goose Up
CREATE TABLE request_counts (       -- how many requests met a problem, and what registries asked; numbers only
  bucket        INTEGER NOT NULL,             -- when the five minutes begin
  code          TEXT    NOT NULL,             -- of the problem; '' = none
  failure       TEXT    NOT NULL,             -- of the catalogue; '' = none
  channel       TEXT    NOT NULL,             -- '' = no session
  registry_id   TEXT    NOT NULL,             -- '' = none signed it
  step          TEXT    NOT NULL,             -- id of the operation
  number        INTEGER NOT NULL,
  last_at       INTEGER NOT NULL,
  PRIMARY KEY (bucket, code, failure, channel, registry_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE provider_reports (     -- what each replica knows of each third party
  replica       TEXT    NOT NULL,
  provider      TEXT    NOT NULL,
  called        TEXT    NOT NULL,
  state         TEXT    NOT NULL,             -- of its circuit breaker
  changed_at    INTEGER NOT NULL,
  success_at    INTEGER NOT NULL,
  failure_at    INTEGER NOT NULL,
  failure_code  TEXT    NOT NULL,
  calls         INTEGER NOT NULL,             -- on which the percentiles rest
  p50           INTEGER NOT NULL,             -- milliseconds
  p95           INTEGER NOT NULL,
  p99           INTEGER NOT NULL,
  reported_at   INTEGER NOT NULL,
  until         INTEGER NOT NULL,             -- the replica is gone if it has not reported by then
  PRIMARY KEY (replica, provider, called)
) STRICT, WITHOUT ROWID;
CREATE INDEX provider_reports_until ON provider_reports(until);

-- +goose Down
DROP TABLE provider_reports;
DROP TABLE request_counts;
