#!/usr/bin/env bash
# Compares the server with bare handlers on both engines; prints lines `ratio: NAME ENGINE VALUE`.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

scripts/build.sh bff loadtest
trap mariadb_stop EXIT
mariadb_start
bin/loadtest bench "$@"
