#!/usr/bin/env bash
# Runs the real server against simulated third parties, on the embedded database in data/.
# Further flags: make run ARGS='--listen 127.0.0.1:18080', or run.sh --listen 127.0.0.1:18080.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build.sh
mkdir -p data
# shellcheck disable=SC2086 # ARGS are words
exec bin/sandbox run --bff bin/bff --data data ${ARGS:-} "$@"
