#!/usr/bin/env bash
# Two replicas on a three-node Galera cluster, broken again and again while persons sign; ends with what was lost and doubled.
# ROUNDS: how often (4). Everything is made in a folder of its own and removed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

scripts/build.sh bff loadtest &
building=$!
folder=$(mktemp -d "${TMPDIR:-/tmp}/renzheng-galera.XXXXXX")
trap 'scripts/galera.sh stop "$folder"' EXIT
scripts/galera.sh prepare "$folder"
scripts/galera.sh found "$folder"
for node in 2 3; do scripts/galera.sh start "$folder" "$node"; done
say "three nodes are one cluster"
wait "$building"

say "the tests of replicas, each on a node of its own"
BFF_TEST_MYSQL_DSN="root@unix($folder/1/s)/" BFF_TEST_MYSQL_DSN_OTHER="root@unix($folder/2/s)/" BFF_TEST_REQUIRE_MARIADB=1 \
  go test -count=1 -run 'TwoReplicas|TestReplicas_' ./cmd/bff

say "killing nodes and servers"
bin/loadtest cluster --galera "$folder" --rounds "${ROUNDS:-4}" "$@"
