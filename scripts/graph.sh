#!/usr/bin/env bash
# Searches every state that a failure can leave a person in, then breaks catalogue, policy, notices and limits on purpose.
# Then looks for a tool of the window for every failure that sends people there.
# Ends with: states: N, dead ends: 0, mutants: N, caught: N
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_go

said=$(go test -count=1 -run '^TestGraph_' -v ./verification ./console) || {
  printf '%s\n' "$said" >&2
  die 'there are dead ends, or mutants that nothing caught'
}
grep -o 'failures that lead to the window: .*' <<<"$said"
grep -o 'states: [0-9]*, dead ends: [0-9]*, mutants: [0-9]*, caught: [0-9]*' <<<"$said"
