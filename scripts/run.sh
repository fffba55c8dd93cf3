#!/usr/bin/env bash
# Runs the real server against simulated third parties, on the embedded database in data/.
# Builds the web client too, and does without where it cannot.
# Further flags: make run ARGS='--listen 127.0.0.1:18080', or run.sh --listen 127.0.0.1:18080.
set -euo pipefail
cd "$(dirname "$0")/.."

. scripts/packages.sh

need_go # before the client, because two installations of packages would wait for each other
scripts/miniapp.sh web &
web=$!
trap 'kill "$web" 2>/dev/null' EXIT
scripts/build.sh bff sandbox
wait "$web" ||
  printf '== the web client could not be built, for the reason above: the API and the sandbox run without a new one\n' >&2
trap - EXIT
mkdir -p data
# shellcheck disable=SC2086 # ARGS are words
exec bin/sandbox run --bff bin/bff --data data ${ARGS:-} "$@"
