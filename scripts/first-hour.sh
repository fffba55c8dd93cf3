#!/usr/bin/env bash
# Measures what a newcomer waits for, in a fresh clone with empty caches of Go and npm. Prints lines `first hour: WHAT N s`:
# until the sandbox is ready, the first confirmation in a browser, the first event that the Python sample has verified, and
# the first report of registry-check. The browser's driver is of this tree, and its installation is not counted.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

api=127.0.0.1:28080 sandbox=127.0.0.1:28090 admin=127.0.0.1:29090 stub=127.0.0.1:28089
scripts/miniapp.sh install
need_clients
[[ -n ${CHROMIUM:-} ]] || command -v chromium >/dev/null || install_packages chromium
command -v openssl >/dev/null || install_packages openssl

work=$(mktemp -d "${TMPDIR:-/tmp}/renzheng-first-hour.XXXXXX")
running=()
finish() {
  local one
  for one in "${running[@]}"; do kill -- "-$one" 2>/dev/null || true; done
  wait
  chmod -R u+w "$work"
  rm -rf "$work"
}
trap finish EXIT

# start NAME COMMAND... runs a command in a process group of its own, with its output in $work/NAME.log.
start() {
  set -m
  "${@:2}" >"$work/$1.log" 2>&1 &
  running+=("$!")
  set +m
}

# until_reads WORDS FILE PROCESS waits until a file has some words, and ends with the file if the process ends first.
until_reads() {
  until grep -qF "$1" "$2" 2>/dev/null; do
    kill -0 "$3" 2>/dev/null || { cat "$2" >&2 && die "it ended before it said: $1"; }
    sleep 0.2
  done
}

# until_listens PORT waits until a program listens.
until_listens() { until (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do sleep 0.1; done; }

# took WHAT prints the seconds since the beginning.
took() { printf 'first hour: %s %.0f s\n' "$1" "$(bc -l <<<"$(date +%s.%N) - $begun")"; }

# A registry of the newcomer's own: a key, a secret, its line in the file of registries, and the Python sample's settings.
own=$work/own
mkdir "$own" "$own/data" "$own/checked"
openssl genpkey -algorithm ed25519 -out "$own/key.pem"
openssl pkey -in "$own/key.pem" -pubout -out "$own/public.pem"
printf 'whsec_%s' "$(openssl rand -base64 32)" >"$own/secret"
python3 - "$own" "$api" "$stub" <<'PYTHON'
import json, pathlib, sys
own, api, stub = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
write = lambda name, value: (own / name).write_text(json.dumps(value, ensure_ascii=False))
write("registries.json", {"registries": [{"id": "own", "name": "自有登记机关（模拟）",
    "keys": [{"id": "own-1", "alg": "ed25519", "public_key": (own / "public.pem").read_text()}],
    "callback": {"url": "http://127.0.0.1:29000/", "allow": ["127.0.0.1"], "secret": (own / "secret").read_text()}}]})
settings = {"authority": "renzheng.sandbox", "registry_id": "own", "key_id": "own-1", "key": str(own / "key.pem"), "secret": str(own / "secret")}
write("client.json", settings | {"base": "http://" + api, "data": str(own / "data")})
write("checked.json", settings | {"base": "http://" + stub, "data": str(own / "checked")})
write("case.json", {"revision": 1, "header": {"enterprise_name": "样例餐饮有限公司（模拟）", "business_kind": "establishment",
    "mode": "online", "applied_on": "2026-01-01"}, "items": [{"label": "住所", "value": "样例路"}],
    "signers": [{"signer_id": "S1", "role": "股东", "items": [],
        "document": {"type": "resident_id", "number": "119901197001010026", "name": "李样本"}}]})
PYTHON
chmod 600 "$own"/*.json "$own/secret"

git clone -q . "$work/main"
export GOCACHE=$work/go GOMODCACHE=$work/modules npm_config_cache=$work/npm
begun=$(date +%s.%N)
start run make -C "$work/main" run ARGS="--listen $api --sandbox $sandbox --admin $admin --registries $own/registries.json"
until_reads 'The sandbox is ready' "$work/run.log" "${running[-1]}"
took 'ready'

(cd miniapp && npx --no-install tsx e2e/first.ts "http://$api" "http://$sandbox")
took 'confirmed in a browser'

client=$work/main/docs/clients/python/renzheng.py
RENZHENG=$own/client.json start client python3 "$client" serve 29000
until_listens 29000
RENZHENG=$own/client.json python3 "$client" push first "$own/case.json" >"$work/push.log"
"$work/main/bin/sandbox" answer first --registry own --data "$work/main/data" --server "http://$api" --sandbox "http://$sandbox" >"$work/answer.log" ||
  { cat "$work/answer.log" >&2 && die 'the case was not answered'; }
until compgen -G "$own/data/*.event.json" >/dev/null; do sleep 0.2; done
took 'verified an event with the Python sample'

(cd "$work/main" && scripts/build.sh registry-check >/dev/null)
RENZHENG=$own/checked.json start checked python3 "$client" serve 29001
until_listens 29001
"$work/main/bin/registry-check" endpoint --url http://127.0.0.1:29001/ --registry-id own --secret "$own/secret" --key-id own-1 \
  --public-key "$own/public.pem" --listen "$stub" --report "$work/report.jws" --report-key "$work/report.pem" >"$work/report.log" || { cat "$work/report.log" >&2 && die 'the sample does not pass'; }
took 'reported by registry-check'
