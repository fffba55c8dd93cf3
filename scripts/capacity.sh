#!/usr/bin/env bash
# Measures what one verification, push, list and confirmation cost on MariaDB, and computes what loads of a year need. Prints
# lines `capacity: OPERATION …` and the rows of the table in docs/capacity.md.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

need_go
scripts/build.sh bff loadtest
trap mariadb_stop EXIT
mariadb_start
bin/loadtest capacity "$@"
