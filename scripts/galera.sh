#!/usr/bin/env bash
# Three MariaDB servers as one Galera cluster on loopback, in a folder of its own, reached by the sockets DIR/1/s to DIR/3/s.
#
#   scripts/galera.sh prepare DIR    installs what is missing; lays out three nodes, none of them running
#   scripts/galera.sh found DIR      starts node 1 as a new cluster
#   scripts/galera.sh start DIR N    starts node N, also after a crash, and waits until it has caught up
#   scripts/galera.sh kill DIR N     ends node N with SIGKILL
#   scripts/galera.sh stop DIR       ends all nodes and removes DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/packages.sh"

provider=/usr/lib/galera/libgalera_smm.so
PATH=$PATH:/usr/sbin:/usr/local/sbin # mariadbd lives where ordinary users do not look

prepare() {
  local missing=() program
  for program in mariadbd mariadb-install-db; do command -v "$program" >/dev/null || missing+=(mariadb-server-core); done
  command -v mariadb >/dev/null || missing+=(mariadb-client-core)
  [[ -e $provider ]] || missing+=(galera-4)
  for program in rsync socat; do command -v "$program" >/dev/null || missing+=("$program"); done
  command -v ss >/dev/null || missing+=(iproute2) # state transfers look whose port it is
  [[ ${#missing[@]} -eq 0 ]] || install_packages "${missing[@]}"

  mkdir -p "$dir/bin"
  chmod 711 "$dir" # root's folder, in which the database's user must find its own
  transfer_scripts
  free_ports >"$dir/ports"
  local node
  for node in 1 2 3; do
    install -d -m 700 -o "$owner" "$dir/$node"
    mariadb-install-db --no-defaults --user="$owner" --datadir="$dir/$node" --skip-test-db --skip-name-resolve \
      --auth-root-authentication-method=normal >"$dir/$node.log" 2>&1 || fail "preparing node $node" "$dir/$node.log"
  done
}

# transfer_scripts takes from mariadb-server what nodes send their data to one another with, and no service with it.
transfer_scripts() {
  ! command -v wsrep_sst_rsync >/dev/null || return 0
  say "fetching the state transfer of mariadb-server"
  mkdir "$dir/package"
  # apt gives up root's rights to download, where it may write.
  (cd "$dir/package" && chmod 777 . && apt-get download -qq mariadb-server </dev/null && dpkg -x mariadb-server_*.deb .) ||
    die "mariadb-server cannot be fetched; install it"
  mv "$dir"/package/usr/bin/wsrep_sst_* "$dir/bin/"
  rm -rf "$dir/package"
}

# free_ports prints the first of thirty ports in a row that nobody listens on at the moment: ten for each node.
free_ports() {
  local base port tries
  for ((tries = 0; tries < 50; tries++)); do
    base=$((20000 + RANDOM % 1000 * 10))
    for ((port = base; port < base + 30; port++)); do
      ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || continue 2
    done
    echo "$base"
    return
  done
  die "no free ports were found"
}

# options NODE ADDRESS sets what a node that looks for the cluster at ADDRESS is started with.
options() {
  local node=$1 port
  port=$(($(cat "$dir/ports") + 10 * (node - 1)))
  # Flush 1: what one node acknowledged is on its disk, whatever becomes of the others. Nobody outside needs a port.
  options=(--no-defaults --user="$owner" --datadir="$dir/$node" --socket="$dir/$node/s" --pid-file="$dir/$node/pid"
    --skip-networking --max-connections=300 --performance-schema=OFF --innodb-flush-log-at-trx-commit=1
    --innodb-buffer-pool-size=128M --innodb-autoinc-lock-mode=2 --binlog-format=ROW --default-storage-engine=InnoDB
    --character-set-server=utf8mb4 --collation-server=utf8mb4_bin --wsrep-on=ON --wsrep-provider="$provider"
    --wsrep-cluster-name=renzheng --wsrep-cluster-address="gcomm://$2" --wsrep-node-name="$node"
    --wsrep-node-address="127.0.0.1:$port" --wsrep-sst-method=rsync --wsrep-sst-receive-address="127.0.0.1:$((port + 2))"
    --wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:$port;ist.recv_addr=127.0.0.1:$((port + 1));gcache.size=64M")
}

# run NODE OPTION... starts a node with what options has set, and waits.
run() {
  local node=$1
  shift
  PATH=$dir/bin:$PATH setsid mariadbd "${options[@]}" "$@" </dev/null >>"$dir/$node.log" 2>&1 &
  local pid=$! tries state
  for ((tries = 0; tries < 600; tries++)); do # 60 s: a cold, busy machine
    state=$(ask "$node" "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'WSREP_LOCAL_STATE_COMMENT'" || true)
    [[ $state != Synced ]] || return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  fail "starting node $node" "$dir/$node.log"
}

ask() { mariadb --no-defaults -uroot -S "$dir/$1/s" -NBe "$2" 2>/dev/null; }

# start finds out first what the node has on disk, so that it is sent only what it missed.
start() {
  local base other others=() position=()
  base=$(cat "$dir/ports")
  for other in 1 2 3; do [[ $other == "$1" ]] || others+=("127.0.0.1:$((base + 10 * (other - 1)))"); done
  options "$1" "$(IFS=,; printf '%s' "${others[*]}")"
  if [[ -e $dir/$1/grastate.dat ]]; then
    mariadbd "${options[@]}" --wsrep-recover >"$dir/recovery" 2>&1 || fail "recovering node $1" "$dir/recovery"
    position=("--wsrep-start-position=$(sed -n 's/.*Recovered position: *//p' "$dir/recovery" | tail -n 1)")
  fi
  run "$1" "${position[@]}"
}

stop() {
  local node tries running
  for ((tries = 0; tries < 100; tries++)); do
    running=0
    for node in 1 2 3; do
      alive "$node" || continue
      running=1
      signal "$((tries < 80 ? 15 : 9))" "$node" # the last are killed: the folder goes anyway
    done
    [[ $running -eq 1 ]] || break
    sleep 0.1
  done
  rm -rf "$dir"
}

alive() { [[ -e $dir/$1/pid ]] && kill -0 "$(cat "$dir/$1/pid")" 2>/dev/null; }

signal() { kill -"$1" "$(cat "$dir/$2/pid")" 2>/dev/null || true; }

# end kills a node and returns when it is gone.
end() {
  signal KILL "$1"
  while alive "$1"; do sleep 0.02; done
}

# fail WHAT LOG shows why.
fail() {
  tail -n 30 "$2" >&2
  die "Galera: $1 did not work, see above"
}

[[ $# -ge 2 ]] || die "usage: ${0##*/} prepare|found|start|kill|stop DIR [NODE]"
dir=$2
owner=$(id -un)
[[ $(id -u) -ne 0 ]] || owner=nobody # the server does not run as root, and neither may its state transfers
case $1 in
prepare) prepare ;;
found) options 1 '' && run 1 ;;
start) start "${3:?which node}" ;;
kill) end "${3:?which node}" ;;
stop) stop ;;
*) die "there is nothing called $1" ;;
esac
