#!/usr/bin/env bash
# Lets third parties be slow, silent and broken under load; prints lines `ratio: brownout NAME VALUE` and `charged: N`.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build.sh bff loadtest
exec bin/loadtest brownout "$@"
