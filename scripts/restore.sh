#!/usr/bin/env bash
# A restore drill on SQLite and MariaDB while persons sign; ends with what was lost and what of before was accepted again.
# Then two drills go wrong on purpose, to show that both are counted.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

need_go
trap mariadb_stop EXIT
scripts/build.sh bff loadtest
mariadb_start
for engine in sqlite mariadb; do
  say "$engine: backup, destruction and recovery under load"
  bin/loadtest restore --engine "$engine" "$@"
done

# goes_wrong FAULT PATTERN: the last line of the drill must match.
goes_wrong() {
  say "a drill that goes wrong on purpose: $1"
  local out
  ! out=$(bin/loadtest restore --fault "$1" --load 4s 2>&1) || die "the drill did not notice it"
  grep -E "$2" <<<"$out" || die "the drill did not count it: $out"
}
goes_wrong early 'lost: [1-9]'
goes_wrong unrecovered 'replayed: [1-9]'
