#!/usr/bin/env bash
# Replaces two replicas of the last release by this version and back while persons sign, on MariaDB; ends with the requests
# that failed and with what was lost and doubled. ROLLS: how often (20). The commit of the last release is in scripts/last-release.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

need_go
release=$(<scripts/last-release)
old=$(mktemp -d "${TMPDIR:-/tmp}/renzheng-release.XXXXXX")
trap 'mariadb_stop; rm -rf "$old"' EXIT
say "building the last release, $release"
git archive "$release" | tar -x -C "$old" || die "the commit $release is not in this clone; fetch it first"
(cd "$old" && scripts/build.sh bff)
scripts/build.sh bff loadtest
mariadb_start
bin/loadtest upgrade --old "$old/bin/bff" --rolls "${ROLLS:-20}" "$@"
