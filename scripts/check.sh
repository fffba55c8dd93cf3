#!/usr/bin/env bash
# Everything that can be said about the code without running its tests. Each step runs, whatever the others found.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_go
need_promtool

golangci_lint_version=v2.15.0 # the one place that names it

# lint_tool brings the pinned version into .tools/bin unless it is there.
lint_tool() {
  lint=$PWD/.tools/bin/golangci-lint
  if ! "$lint" version --short 2>/dev/null | grep -qxF "${golangci_lint_version#v}"; then
    say "installing golangci-lint $golangci_lint_version (a few minutes, once)"
    GOBIN=$PWD/.tools/bin CGO_ENABLED=0 go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$golangci_lint_version"
  fi
}

# production_only: the shipped binary holds no fake, no test kit, nothing of sandbox and loadtest and no library of make house.
production_only() {
  local packages found
  packages=$(CGO_ENABLED=0 go list -tags nomsgpack -deps ./cmd/bff) || return 1
  found=$(grep -E '^(renzheng/((providers|sql)/([^/]+/)*[^/]*test|cmd/sandbox|cmd/loadtest|cmd/registry-check|test)|golang\.org/x/tools|github\.com/(alecthomas/chroma|uudashr/gocognit))(/|$)' <<<"$packages") || return 0
  printf 'cmd/bff must not link:\n%s\n' "$found" >&2
  return 1
}

# images_pinned: a tag may be moved to another image, a digest may not. Our own image has none before it is built. Those of
# the monitoring profile see no person's data and are pinned by their tag.
images_pinned() {
  local found
  found=$(grep -HnE '^FROM |^ *image:' Dockerfile compose.yaml |
    grep -vE '(FROM scratch|image: renzheng/bff(-tools)?:dev|image: (prom/prometheus|grafana/grafana):v?[0-9]+\.[0-9]+\.[0-9]+|@sha256:[0-9a-f]{64}( AS [a-z]+)?)$') || return 0
  printf 'images without a digest:\n%s\n' "$found" >&2
  return 1
}

# alert_rules: Prometheus accepts the rules, and they do at their limits what they should.
alert_rules() {
  "$BFF_TEST_PROMTOOL" check rules deploy/prometheus/alerts.yml &&
    "$BFF_TEST_PROMTOOL" check config --syntax-only deploy/prometheus/prometheus.yml &&
    "$BFF_TEST_PROMTOOL" test rules deploy/prometheus/alerts_test.yml
}

static_build() {
  CGO_ENABLED=0 go build -trimpath -gcflags=all=-dwarf=false -ldflags '-s -w' -tags nomsgpack -o /dev/null ./cmd/bff
}

failed=()
step() {
  say "$1"
  shift
  "$@" || failed+=("$*")
}

lint_tool
step 'lint rules are well-formed' "$lint" config verify
step 'format: gofumpt, gci' "$lint" fmt --diff
step 'vet' go vet ./...
step 'lint' "$lint" run ./...
step 'format and lint of miniapp' scripts/miniapp.sh lint
step 'go.mod and go.sum are tidy' go mod tidy -diff
step 'generated files are current' scripts/golden.sh check
step 'base images are pinned by digest' images_pinned
step 'alert rules' alert_rules
step 'static build of cmd/bff' static_build
step 'cmd/bff links production code only' production_only

[[ ${#failed[@]} -eq 0 ]] || die "did not pass: $(IFS=';'; printf '%s' "${failed[*]}")"
say 'check: all passed'
