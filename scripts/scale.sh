#!/usr/bin/env bash
# Compares the server on databases of 100 thousand, 1 million and 10 million todos, on a MariaDB of its own; takes half an hour and
# 65 GB of the disk. SIZES: others (100000,1000000,10000000).
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

need_go
scripts/build.sh bff loadtest
trap mariadb_stop EXIT
mariadb_start --innodb-buffer-pool-size="${POOL:-6G}" --innodb-log-file-size=2G --innodb-flush-method=O_DIRECT
bin/loadtest scale --sizes "${SIZES:-100000,1000000,10000000}" "$@"
