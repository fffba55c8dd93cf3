#!/usr/bin/env bash
# Plays random sequences of calls on two replicas and holds what is stored against what the providers decided.
# SEQUENCES on SQLite, SEQUENCES_MYSQL on MariaDB, SEED to repeat a run. Prints the seed and, for each engine:
# sequences: N, violations: 0
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

need_go
trap mariadb_stop EXIT
mariadb_start

export BFF_TEST_REQUIRE_MARIADB=1
export BFF_TEST_SEQUENCES=${SEQUENCES:-10000} BFF_TEST_SEQUENCES_MYSQL=${SEQUENCES_MYSQL:-500} BFF_TEST_SEED=${SEED:-}
[[ ! -w /dev/shm ]] || export TMPDIR=/dev/shm # what is asked here is order, not durability
go test -count=1 -timeout 60m -run '^TestInvariants_' -v ./verification |
  { grep -vE '^(===|---|PASS|ok|    ---)' || true; } || die 'an invariant was violated'
