#!/usr/bin/env bash
# The client of miniapp/: scripts/miniapp.sh install | lint | web | all | e2e [--all] | screens | measure. The server needs none of it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

node_fits() {
  command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null
}

need_node() {
  node_fits || install_packages nodejs npm
  node_fits || die "Node 18 or later and npm are needed, and $(node --version 2>/dev/null || echo none) is here; see nodejs.org"
}

# install_into FOLDER DURATION installs the packages that its lock file names, unless they are installed. No package runs
# a script of its own.
install_into() {
  local installed=$1/node_modules/.package-lock.json
  [[ ! $installed -nt $1/package-lock.json ]] || return 0
  say "installing the packages of $1 from npm (once; takes $2)"
  npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error ||
    die "npm could not install the packages of $1: is its registry reachable from here?"
  touch "$installed"
}

# install_web installs what the web client is built with.
install_web() {
  need_node
  install_into miniapp/web 'some seconds'
}

# install also installs what tests it and builds the mini-programs.
install() {
  install_web
  install_into miniapp 'a minute'
}

npm_run() {
  npm run --silent --prefix miniapp "$@"
}

lint() {
  install
  npm_run lint
}

# web_is_current: nothing that goes into the web client is newer than the last build.
web_is_current() {
  [[ -e miniapp/dist/web/index.html ]] || return 1
  local newer
  newer=$(find miniapp/src miniapp/web miniapp/config -name node_modules -prune -o -newer miniapp/dist/web/index.html -type f -print -quit)
  [[ -z $newer ]]
}

web() {
  ! web_is_current || return 0
  install_web
  say 'building the web client'
  npm run --silent --prefix miniapp/web build -- --logLevel warn || die 'the web client was not built'
}

# all is what can be said about the client without a browser.
all() {
  install
  # Nobody listens there: the simulated phone relays the calls to a server of its own.
  export API_BASE=https://api.example
  for step in api:check types test build check:bundles; do
    say "miniapp: $step"
    npm_run "$step"
  done
  scripts/build.sh bff sandbox
  say 'miniapp: the two mini-programs on a stub of my and wx'
  npm_run sim:sandbox
}

need_chromium() {
  [[ -n ${CHROMIUM:-} ]] || command -v chromium >/dev/null || install_packages chromium
  # Without a font all Chinese is empty boxes.
  [[ -n $(fc-list :lang=zh 2>/dev/null) ]] || install_packages fonts-wqy-microhei fontconfig
}

# browser makes ready what drives the web client.
browser() {
  install
  need_chromium
  web
  scripts/build.sh bff sandbox
}

# e2e plays every story on the phone and a few of them in the other looks. With --all it plays every story in every look,
# or in those that are named.
e2e() {
  browser
  say 'the web client in a browser'
  if [[ ${1:-} == --all ]]; then
    npm_run e2e -- "${@:2}"
  else
    npm_run e2e -- --short "$@"
  fi
}

screens() {
  browser
  say 'a picture of every screen'
  npm_run screens
}

measure() {
  browser
  npm_run measure
}

case ${1:-} in
install | lint | web | all | e2e | screens | measure) "$@" ;;
*) die 'one of: install, lint, web, all, e2e, screens, measure' ;;
esac
