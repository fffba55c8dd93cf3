# shellcheck shell=bash
# Sourced: installs what a bare Debian machine lacks. Needs no terminal.

say() { printf '== %s\n' "$*"; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# as_root COMMAND... runs a command as root, directly or through sudo.
as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
    return
  fi
  command -v sudo >/dev/null || die "neither root nor sudo; run as root: $*"
  sudo "$@"
}

# update_lists reads again which packages there are.
update_lists() { as_root apt-get update -qq </dev/null; }

# install_packages NAME... installs Debian packages, as root or through sudo.
install_packages() {
  command -v apt-get >/dev/null ||
    die "missing here, and only apt-get is known to this script. Install what these Debian packages hold: $*"
  say "installing: $*"
  update_lists
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends "$@" </dev/null >/dev/null
}

# need_go stops early, with the reason, where Go itself is missing; Go fetches modules over TLS, so it needs the roots.
need_go() {
  command -v go >/dev/null ||
    die "Go is missing; install the version that go.mod names ($(awk '$1 == "go" {print $2}' go.mod)) from go.dev/dl"
  ! command -v apt-get >/dev/null || [[ -e /etc/ssl/certs/ca-certificates.crt ]] || install_packages ca-certificates
}

# need_c_compiler: the race detector links C, so both gcc and the C headers must work.
need_c_compiler() {
  printf '#include <stdlib.h>\nint main(void) { return 0; }\n' |
    gcc -x c -o /dev/null - >/dev/null 2>&1 || install_packages gcc libc6-dev
}

# need_clients: what the sample clients of docs/clients run on, Node aside, which scripts/miniapp.sh needs too.
need_clients() {
  local missing=()
  python3 -c 'import cryptography' >/dev/null 2>&1 || missing+=(python3-cryptography)
  javac --version >/dev/null 2>&1 || missing+=(default-jdk-headless)
  command -v node >/dev/null || missing+=(nodejs)
  [[ ${#missing[@]} -eq 0 ]] || install_packages "${missing[@]}"
}

# need_promtool: Prometheus's own tool, which tests evaluate the alert rules with. Its package would also start a server, so
# only the program is taken out of it. BFF_TEST_PROMTOOL names another one.
need_promtool() {
  local tool=${BFF_TEST_PROMTOOL:-$PWD/.tools/bin/promtool} folder
  [[ -x $tool ]] || tool=$(command -v promtool || true)
  if [[ -z $tool ]]; then
    tool=$PWD/.tools/bin/promtool
    command -v dpkg-deb >/dev/null || die "promtool is missing here; install Prometheus, or name it in BFF_TEST_PROMTOOL"
    say 'downloading promtool (20 MB, once)'
    folder=$(mktemp -d)
    chmod 755 "$folder"
    (cd "$folder" && { apt-get download -qq prometheus 2>/dev/null || { update_lists && apt-get download -qq prometheus; }; } &&
      dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool) || die 'promtool was not found among the packages'
    mkdir -p "${tool%/*}"
    mv "$folder/usr/bin/promtool" "$tool"
    rm -rf "$folder"
  fi
  export BFF_TEST_PROMTOOL=$tool
}
