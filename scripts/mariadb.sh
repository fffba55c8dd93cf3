# shellcheck shell=bash
# Sourced after packages.sh: one private MariaDB per run, in a folder of its own, reached by a socket only.
#
#   trap mariadb_stop EXIT
#   mariadb_start              # exports BFF_TEST_MYSQL_DSN, which names no database: each test creates its own
#   mariadb_start --innodb-…   # with other options

mariadb_dir=''
mariadb_pid=''

mariadb_start() {
  PATH=$PATH:/usr/sbin:/usr/local/sbin # mariadbd lives where ordinary users do not look
  local program
  for program in mariadbd mariadb-install-db mariadb mariadb-dump; do
    command -v "$program" >/dev/null || install_packages mariadb-server-core mariadb-client
  done

  mariadb_dir=$(mktemp -d "${TMPDIR:-/tmp}/renzheng-mariadb.XXXXXX")
  local socket=$mariadb_dir/s user=()
  [[ $(id -u) -ne 0 ]] || user=(--user=root) # the server refuses to run as root unless told to

  mariadb-install-db --no-defaults "${user[@]}" --datadir="$mariadb_dir/data" --skip-test-db --skip-name-resolve \
    --auth-root-authentication-method=normal >"$mariadb_dir/install.log" 2>&1 ||
    mariadb_fail "preparing its folder" "$mariadb_dir/install.log"

  # Flush 1: what is acknowledged survives a crash, in tests and in figures as in production.
  mariadbd --no-defaults "${user[@]}" --datadir="$mariadb_dir/data" --socket="$socket" --pid-file="$mariadb_dir/pid" \
    --skip-networking --max-connections=300 --innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size=256M \
    --performance-schema=OFF --character-set-server=utf8mb4 --collation-server=utf8mb4_bin "$@" \
    </dev/null >"$mariadb_dir/server.log" 2>&1 &
  mariadb_pid=$!

  local tries
  for ((tries = 0; tries < 300; tries++)); do # 30 s: a cold, busy machine
    if mariadb --no-defaults -uroot -S "$socket" -e 'SELECT 1' >/dev/null 2>&1; then
      export BFF_TEST_MYSQL_DSN="root@unix($socket)/"
      say "MariaDB $(mariadb --no-defaults -uroot -S "$socket" -NBe 'SELECT VERSION()') is ready"
      return
    fi
    kill -0 "$mariadb_pid" 2>/dev/null || break
    sleep 0.1
  done
  mariadb_fail "starting" "$mariadb_dir/server.log"
}

# mariadb_fail WHAT LOG shows why before the folder is removed.
mariadb_fail() {
  tail -n 20 "$2" >&2
  die "MariaDB: $1 did not work, see above"
}

# mariadb_stop may be called at any time, and twice.
mariadb_stop() {
  if [[ -n $mariadb_pid ]]; then
    kill "$mariadb_pid" 2>/dev/null || true
    local tries
    for ((tries = 0; tries < 100; tries++)); do
      kill -0 "$mariadb_pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$mariadb_pid" 2>/dev/null || true
    wait "$mariadb_pid" 2>/dev/null || true
    mariadb_pid=''
  fi
  [[ -z $mariadb_dir ]] || rm -rf "$mariadb_dir"
  mariadb_dir=''
}
