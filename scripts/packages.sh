# shellcheck shell=bash
# Sourced: installs what a bare Debian machine lacks. Needs no terminal.

say() { printf '== %s\n' "$*"; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# install_packages NAME... installs Debian packages, as root or through sudo.
install_packages() {
  command -v apt-get >/dev/null ||
    die "missing here, and only apt-get is known to this script. Install what these Debian packages hold: $*"
  local as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || die "neither root nor sudo; run as root: apt-get install $*"
    as_root=(sudo)
  fi
  say "installing: $*"
  "${as_root[@]}" apt-get update -qq </dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
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
