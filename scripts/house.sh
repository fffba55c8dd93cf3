#!/usr/bin/env bash
# Shows how readable the code is; nothing fails. Arguments: -C DIRECTORY measures another work tree (absolute, or from the root).
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_go

go run ./test/house "$@"
