#!/usr/bin/env bash
# Two replicas on a three-node Galera cluster, broken again and again while persons sign; ends with what was lost and doubled.
# ROUNDS: how often (4). Everything is made in a folder of its own and removed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

scripts/build.sh &
building=$!
folder=$(mktemp -d "${TMPDIR:-/tmp}/renzheng-galera.XXXXXX")
trap 'scripts/galera.sh stop "$folder"' EXIT
scripts/galera.sh prepare "$folder"
scripts/galera.sh found "$folder"
for node in 2 3; do scripts/galera.sh start "$folder" "$node"; done
say "three nodes are one cluster"
wait "$building"
bin/sandbox cluster --galera "$folder" --rounds "${ROUNDS:-4}" "$@"
