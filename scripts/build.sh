#!/usr/bin/env bash
# Builds the programs into bin/ the way they are shipped: static, without C, without paths of this machine.
# Arguments: some of bff, sandbox, loadtest and registry-check; all by default.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_go

mkdir -p bin
[[ $# -gt 0 ]] || set -- bff sandbox loadtest registry-check
say "building bin: $*"
# nomsgpack leaves out an encoding of Gin that nobody asks for, and 6 MB with it. The tables of debuggers are left out of the
# programs, so they are not compiled either, which takes a tenth of the time. GOGC=400 saves the compiler a quarter of its
# time on the largest package, for 930 MiB of memory instead of 677.
GOGC=${GOGC:-400} CGO_ENABLED=0 go build -trimpath -gcflags=all=-dwarf=false -ldflags '-s -w' -tags nomsgpack -o bin/ "${@/#/./cmd/}"
