#!/usr/bin/env bash
# Makes every call of the contract as everybody who may not see a resource, for that resource and for a random id, and
# compares the answers. Then plants leaks, which must be found. Ends with: calls: N, leaks: 0
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_go

said=$(go test -count=1 -run '^TestMatrix_' -v ./bff) || {
  printf '%s\n' "$said" >&2
  grep -o 'calls: [0-9]*, leaks: [0-9]*' <<<"$said" || true
  die 'somebody can tell what is another'\''s, or a planted leak was not found'
}
grep -oE '(calls: [0-9]+, leaks: [0-9]+|reveals: [0-9]+, rows: [0-9]+)' <<<"$said"
