-- +goose Up
-- As for SQLite. A change of the schema that was made may not have been recorded.
CREATE TABLE IF NOT EXISTS request_counts (  -- how many requests met a problem, and what registries asked; numbers only
  bucket        BIGINT         NOT NULL,   -- when the five minutes begin
  code          VARCHAR(64)    NOT NULL,   -- of the problem; '' = none
  failure       VARCHAR(64)    NOT NULL,   -- of the catalogue; '' = none
  channel       VARCHAR(16)    NOT NULL,   -- '' = no session
  registry_id   VARCHAR(48)    NOT NULL,   -- '' = none signed it
  step          VARCHAR(64)    NOT NULL,   -- id of the operation
  number        BIGINT         NOT NULL,
  last_at       BIGINT         NOT NULL,
  PRIMARY KEY (bucket, code, failure, channel, registry_id, step)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS provider_reports (  -- what each replica knows of each third party
  replica       VARCHAR(64)    NOT NULL,
  provider      VARCHAR(64)    NOT NULL,
  called        VARCHAR(64)    NOT NULL,
  state         VARCHAR(16)    NOT NULL,   -- of its circuit breaker
  changed_at    BIGINT         NOT NULL,
  success_at    BIGINT         NOT NULL,
  failure_at    BIGINT         NOT NULL,
  failure_code  VARCHAR(64)    NOT NULL,
  calls         BIGINT         NOT NULL,   -- on which the percentiles rest
  p50           BIGINT         NOT NULL,   -- milliseconds
  p95           BIGINT         NOT NULL,
  p99           BIGINT         NOT NULL,
  reported_at   BIGINT         NOT NULL,
  until         BIGINT         NOT NULL,   -- the replica is gone if it has not reported by then
  PRIMARY KEY (replica, provider, called),
  KEY provider_reports_until (until)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- +goose Down
DROP TABLE provider_reports;
DROP TABLE request_counts;
