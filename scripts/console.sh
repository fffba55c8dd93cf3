#!/usr/bin/env bash
# Looks at every page of the console with a real browser and axe, in both languages, light, dark and narrow: scripts/console.sh [screens].
# The pages are those that the stories of the tests show. Then the pad is played: drawn, sent, filed and verified. With screens, pictures of the main ones go to docs/screens/console.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_go
[[ -d miniapp/node_modules/playwright-core ]] || scripts/miniapp.sh install
[[ -n ${CHROMIUM:-} ]] || command -v chromium >/dev/null || install_packages chromium
[[ -n $(fc-list :lang=zh 2>/dev/null) ]] || install_packages fonts-wqy-microhei fontconfig

pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
say 'the pages of the console, as the stories of the tests show them'
# dump runs tests that write their pages, and shows what they print only if they fail.
dump() {
  local printed
  printed=$(CONSOLE_PAGES=$pages go test -count=1 "$@" 2>&1) || die "$printed"
}
dump ./console
dump -run 'Console|Officer|Auditor|Clerk|Supervisor|Reviewer|Operator' ./bff
pictures=()
[[ ${1:-} != screens ]] || pictures=(docs/screens/console)
[[ ${1:-} != screens ]] || mkdir -p docs/screens/console
node scripts/console-pages.mjs "$pages" "${pictures[@]}"
say 'the pad of the service window, played in a sandbox'
scripts/build.sh bff sandbox
node scripts/console-pad.mjs "${pictures[@]}"
