#!/usr/bin/env bash
# Erases persons while others sign, on SQLite and on MariaDB with its binary log; ends with what a search of every file found.
# PERSONS: how many (1000).
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

need_go
trap mariadb_stop EXIT
scripts/build.sh bff loadtest
bin/loadtest erase --engine sqlite --persons "${PERSONS:-1000}" "$@"
mariadb_start --log-bin --server-id=1 --binlog-format=ROW
bin/loadtest erase --engine mariadb --data "$mariadb_dir/data" --persons "${PERSONS:-1000}" "$@"
