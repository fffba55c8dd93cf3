#!/usr/bin/env bash
# Kills the server at random points while persons sign; ends with what was lost and what was doubled.
# KILLS: how often (100).
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build.sh bff loadtest
exec bin/loadtest crash --kills "${KILLS:-100}" "$@"
