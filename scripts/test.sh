#!/usr/bin/env bash
# Runs the tests with the race detector on both engines, then those of the client in miniapp/.
# Arguments: packages of the server, then the client is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

need_go
need_c_compiler
[[ $# -gt 0 && " $* " != *cmd/* && " $* " != *' ./... '* ]] || need_promtool # for the tests of alerts
command -v curl >/dev/null || install_packages curl # which the runbooks use
if [[ $# -eq 0 ]]; then
  need_clients
  export BFF_TEST_REQUIRE_CLIENTS=1 # a sample client that cannot run fails
fi
trap mariadb_stop EXIT
mariadb_start

export CGO_ENABLED=1             # the race detector needs it
export BFF_TEST_REQUIRE_MARIADB=1 # a test that cannot reach the server fails; nothing is skipped
packages=("$@")
[[ $# -gt 0 ]] || packages=(./...)
say "go test -race ${packages[*]}"
# SQLite is C that was translated to Go, with locks of its own. Watching its memory finds nothing and takes four times as long.
go test -race -gcflags='modernc.org/...=-race=false' -shuffle=on -count=1 -timeout 45m "${packages[@]}"

[[ $# -eq 0 ]] || exit 0
say "manifests of Kubernetes"
(cd deploy/kubernetes/check && CGO_ENABLED=0 go test ./...)
scripts/miniapp.sh all
scripts/miniapp.sh e2e
scripts/console.sh
