#!/usr/bin/env bash
# Changes rows that carry authority in the database, at random and past the server, on SQLite and MariaDB. Prints for each
# `changes: 100, noticed: 100`.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

need_go
trap mariadb_stop EXIT
mariadb_start
export BFF_TEST_REQUIRE_MARIADB=1
go test ./sql/storetest -run '^Test(Tamper|Integrity)' -count=1 -v -timeout 10m | grep -vE '^ *(=== |--- PASS)'
