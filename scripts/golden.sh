#!/usr/bin/env bash
# The files that the program writes about itself. golden.sh write | check
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_go

mode=${1:-}
[[ $mode == write || $mode == check ]] || die "usage: golden.sh write | check"

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
mkdir -p docs
status=0

# golden FILE SUBCOMMAND [FLAG]
golden() {
  go run ./cmd/bff "${@:2}" >"$fresh/out" # apart, so that a program that breaks leaves the file alone
  if [[ $mode == write ]]; then
    cp "$fresh/out" "$1"
    say "$1 written"
  elif diff -u "$1" "$fresh/out"; then
    say "$1 is current"
  else
    say "$1 is stale; 'make golden' rewrites it"
    status=1
  fi
}

golden docs/openapi.yaml openapi
golden docs/configuration.md config-docs
golden docs/failures.md failure-docs
golden docs/privacy.md privacy-docs
golden docs/processing.md privacy-docs --processing
# The samples of docs/registry.md and docs/api-samples.md come from a run. The tests that write them also compare them.
[[ $mode != write ]] || go test ./bff -run SamplesOfTheDocument -count=1 -write >/dev/null
[[ $mode != write ]] || go test ./todo -run TestStrokes_Vectors -count=1 -write >/dev/null
# The client's types follow the contract; its own tests hold them against it.
[[ $mode != write || ! -d miniapp/node_modules ]] || npm run --silent --prefix miniapp api
[[ $mode != write || ! -d miniapp/node_modules ]] || npm run --silent --prefix miniapp screen-calls
exit "$status"
