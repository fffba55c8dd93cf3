#!/usr/bin/env bash
# Runs every fuzz target, one after the other. FUZZTIME: how long each (30s).
# Minimising an input is bounded: unbounded it takes the time that is for finding.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_go

# Lines "folder target". Reading the files is faster than compiling every package to ask it.
targets=$(find . -name '*_test.go' -not -path './.*' -exec grep -HoE '^func Fuzz[A-Za-z0-9_]*' {} + |
  sed -E 's|^\./(.*)/[^/]*:func (Fuzz.*)$|\1 \2|' | sort -u) || true
[[ -n $targets ]] || die "no fuzz target found"

count=$(wc -l <<<"$targets")
number=0
findings=()
while read -r folder target; do
  number=$((number + 1))
  say "$number/$count $folder $target"
  go test -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-30s}" -fuzzminimizetime 10x "./$folder" </dev/null ||
    findings+=("$folder $target")
done <<<"$targets"

say "targets: $count, with findings: ${#findings[@]}"
[[ ${#findings[@]} -eq 0 ]] || die "findings in: $(IFS=,; printf '%s' "${findings[*]}")"
