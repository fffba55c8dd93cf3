#!/usr/bin/env bash
# Builds a release from the committed tree: release.sh VERSION [FOLDER], by default dist/VERSION. The same commit makes the
# same bytes on every machine; reproduce.sh holds it to that.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_go
version=${1:-} out=${2:-dist/${1:-}}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "usage: release.sh VERSION [FOLDER], VERSION such as 1.2.0"
[[ -z $(git status --porcelain) ]] || die "the tree has changes that are not committed"
grep -q "^## $version " CHANGELOG.md || die "CHANGELOG.md has no heading '## $version — DATE'; give 'Unreleased' its number"

mkdir -p "$out"
out=$(cd "$out" && pwd)
source=$(mktemp -d)
trap 'chmod -R u+w "$source" && rm -rf "$source"' EXIT
# Another folder each time: a path that gets into a program is found by reproduce.sh.
git archive HEAD | tar -x -C "$source"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH CGO_ENABLED=0 GOFLAGS=
pack() { tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C "$1" -c . | gzip -9n >"$2"; }

say "building the web client"
"$source/scripts/miniapp.sh" web >/dev/null
pack "$source/miniapp/dist/web" "$out/renzheng-web_$version.tar.gz"

for arch in amd64 arm64 loong64; do
  say "building for linux $arch"
  mkdir -p "$source/out/$arch"
  (cd "$source" && GOOS=linux GOARCH=$arch GOAMD64=v1 go build -trimpath -buildvcs=false -tags nomsgpack \
    -ldflags "-s -w -X main.release=$version" -o "out/$arch/" ./cmd/bff ./cmd/registry-check)
  pack "$source/out/$arch" "$out/renzheng_${version}_linux_$arch.tar.gz"
  "$source/scripts/deb.sh" "$version" "$arch" "$source/out/$arch/bff" "$source/miniapp/dist/web" "$out/renzheng_${version}_$arch.deb"
done

say "listing what is inside (CycloneDX)"
# Of the program itself, not of its sources: what is listed is what is inside.
go run github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0 bin -json -std -noserial -notimestamp \
  -version "v$version" -output "$out/renzheng_$version.cdx.json" "$source/out/amd64/bff"
say "digests"
(cd "$out" && sha256sum -- renzheng* | tee SHA256SUMS)
