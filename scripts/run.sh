#!/usr/bin/env bash
# Runs the real server against simulated third parties, on the embedded database in data/.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build.sh
mkdir -p data
exec bin/sandbox run --bff bin/bff --data data
