#!/usr/bin/env bash
# Runs the store's tests on a database whose rows are spread over three MariaDB servers by the Spider engine of a fourth.
# Arguments: of go test, instead of all tests of the store (-run TestSession).
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

need_go
plugins=$(mariadb_config --plugindir 2>/dev/null || echo /usr/lib/mysql/plugin)
[[ -e $plugins/ha_spider.so ]] || install_packages mariadb-plugin-spider

shards=() pids=() folders=()
stop_all() {
  mariadb_stop
  for i in "${!pids[@]}"; do
    mariadb_pid=${pids[i]} mariadb_dir=${folders[i]}
    mariadb_stop
  done
}
trap stop_all EXIT

for n in 1 2 3; do
  mariadb_start --innodb-buffer-pool-size=128M --max-connections=1000
  shards+=("$BFF_TEST_MYSQL_DSN") pids+=("$mariadb_pid") folders+=("$mariadb_dir")
  mariadb_pid='' mariadb_dir=''
done

# One statement in one transaction of the head is one in each shard. Two-phase commit stays off: with it, Spider asks a shard
# for the same transaction twice, which the shard rejects.
mariadb_start --max-connections=1000 --plugin-maturity=gamma --plugin-load-add=ha_spider \
  --loose-spider-internal-xa=OFF --loose-spider-direct-aggregate=OFF --loose-spider-remote-sql-log-off=1
head=$BFF_TEST_MYSQL_DSN
socket=${head#root@unix(} socket=${socket%)/}
for n in 1 2 3; do
  dsn=${shards[n - 1]} shard=${dsn#root@unix(} shard=${shard%)/}
  mariadb --no-defaults -uroot -S "$socket" -e \
    "CREATE SERVER shard$n FOREIGN DATA WRAPPER mysql OPTIONS (USER 'root', SOCKET '$shard', HOST 'localhost')"
done

export BFF_TEST_SPIDER_SHARDS="${shards[*]}" BFF_TEST_REQUIRE_MARIADB=1
[[ $# -gt 0 ]] || set -- -run '/mysql'
say "go test ./sql/storetest $* on a head and three shards"
go test -count=1 -timeout 90m -parallel 2 ./sql/storetest "$@"
