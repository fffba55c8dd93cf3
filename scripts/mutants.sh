#!/usr/bin/env bash
# Breaks the rules on purpose, one operator at a time, and runs the tests of the package that should notice (gremlins).
# Arguments: packages (all six by default). Prints what was not killed, then one line per package:
#   mutants: PACKAGE killed N of M (P %)
# Fails where P is below 90. Only a failing test kills: a mutant that no test reaches, or whose tests do not end, survives.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_go

gremlins_version=v0.6.0 # the one place that names it
wanted=90               # percent
timeout_factor=20       # times the duration of the first run: builds are slow where other work runs

# mutants_tool brings the pinned version into .tools/bin unless it is there.
mutants_tool() {
  gremlins=$PWD/.tools/bin/gremlins
  if ! go version -m "$gremlins" 2>/dev/null | grep -qF "go-gremlins/gremlins"$'\t'"$gremlins_version"; then
    say "installing gremlins $gremlins_version"
    GOBIN=$PWD/.tools/bin CGO_ENABLED=0 go install "github.com/go-gremlins/gremlins/cmd/gremlins@$gremlins_version"
  fi
}

# copy_for PACKAGE copies the server with its documents, which some tests read. Gremlins copies that again for each worker,
# so that .git, data and the client stay out of it.
copy_for() {
  mkdir "$work/$1"
  git ls-files -co --exclude-standard -- ':!miniapp' ':!docs/screens' |
    while read -r file; do [[ ! -e $file ]] || printf '%s\n' "$file"; done |
    tar -cf - -T - | tar -xf - -C "$work/$1"
}

# survivors PACKAGE LOG prints each mutant that no test killed: "FILE:LINE:COLUMN: STATUS KIND".
survivors() { sed -nE "s#^ *(LIVED|NOT COVERED|TIMED OUT) ([A-Z_]+) at (.*)#  $1/\3: \1 \2#p" "$2" | sort -V; }

# count LOG STATUS prints how many mutants ended so.
count() { grep -cE "^ *$2 " "$1" || true; }

failed=()
mutate() {
  local log=$work/$1.log
  copy_for "$1"
  (cd "$work/$1" && TMPDIR=$work PATH=$work/bin:$PATH "$gremlins" unleash "./$1" \
    --workers 2 --timeout-coefficient "$timeout_factor") >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    die "gremlins ended on $1"
  }
  rm -rf "${work:?}/$1"
  local killed alive
  killed=$(count "$log" KILLED) alive=$(count "$log" '(LIVED|NOT COVERED|TIMED OUT)')
  [[ $killed -gt 0 ]] || die "no mutant of $1 was killed: is gremlins broken?"
  local percent=$((killed * 100 / (killed + alive)))
  survivors "$1" "$log"
  echo "mutants: $1 killed $killed of $((killed + alive)) ($percent %)"
  [[ $percent -ge $wanted ]] || failed+=("$1")
}

# go_for_gremlins writes the go command that gremlins calls. It leaves out the two searches, which take longer than all
# other tests together, and corrects two errors of the count. A mutant that does not compile is not a mutant, but go test
# exits with 1 as for a failing test; gremlins expects 2. And gremlins tries only what a coverage profile marks, which has
# neither constants nor the conditions of cases; so every line is marked. Memory has a bound: a loop that a mutant keeps
# from ending may fill it long before its time is up.
go_for_gremlins() {
  mkdir "$work/bin"
  printf '#!/usr/bin/env bash\nreal=%q\n' "$(command -v go)" >"$work/bin/go"
  cat >>"$work/bin/go" <<'SHIM'
ulimit -v $((4 << 20)) # KiB
[[ $1 != test ]] || set -- test -vet=off -skip '^Test(Graph|Invariants)_' "${@:2}"
output=$("$real" "$@" 2>&1)
status=$?
printf '%s\n' "$output"
[[ $1 == test && $status -eq 1 && $output == *'[build failed]'* ]] && exit 2
for ((i = 1; i <= $#; i++)); do
  [[ ${!i} == -coverprofile ]] || continue
  profile=$((i + 1)) folder=${!#}
  find "${folder%/...}" -name '*.go' ! -name '*_test.go' -printf 'renzheng/%p:1.1,99999.1 1 1\n' | sed 's#/\./#/#' >>"${!profile}"
done
exit $status
SHIM
  chmod +x "$work/bin/go"
}

mutants_tool
work=$(mktemp -d "${TMPDIR:-/tmp}/renzheng-mutants.XXXXXX")
trap 'rm -rf "$work"' EXIT
unset BFF_TEST_MYSQL_DSN BFF_TEST_REQUIRE_MARIADB
go_for_gremlins

packages=("$@")
[[ $# -gt 0 ]] || packages=(identity receipt session keyring todo verification)
for package in "${packages[@]}"; do mutate "$package"; done
[[ ${#failed[@]} -eq 0 ]] || die "below $wanted %: ${failed[*]}"
