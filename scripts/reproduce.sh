#!/usr/bin/env bash
# Builds a release twice, in different folders and with an empty cache of built packages, and compares every file.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
version=${1:-}
[[ -n $version ]] || die "usage: reproduce.sh VERSION"
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
scripts/release.sh "$version" "$work/one" >/dev/null
GOCACHE=$work/cache scripts/release.sh "$version" "$work/two" >/dev/null
if diff "$work/one/SHA256SUMS" "$work/two/SHA256SUMS"; then
  say "files: $(wc -l <"$work/one/SHA256SUMS"), different: 0"
else
  die "the builds differ"
fi
