#!/usr/bin/env bash
# Lets every alert fire on a server with simulated third parties, evaluated by Prometheus's own engine, and runs the commands
# of its runbook. Prints `alerts: N, fired as documented: N` and `normal journey: 0 fired`.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/mariadb.sh

need_go
need_promtool
command -v curl >/dev/null || install_packages curl # which the runbooks use
trap mariadb_stop EXIT
mariadb_start
export BFF_TEST_REQUIRE_MARIADB=1
go test ./cmd/bff -run '^TestAlerts' -count=1 -v -timeout 10m | grep -vE '^ *(=== |--- PASS)'
