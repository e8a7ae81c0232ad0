#!/usr/bin/env bash
# Runs the trust center as two processes over one PostgreSQL database and one Redis behind a balancer (nginx), with the sample vendors: installs what is
# missing, builds, seeds, starts on loopback, prints the addresses. A second start keeps the data; Ctrl-C stops all of it.
#   --check  instead of staying: asks through the balancer while one process after the other and then Redis is killed, prints what came back, and stops
# DATA names another data folder, PORT another port for the balancer; the five ports above it are used as well.
set -euo pipefail
cd "$(dirname "$0")/.."
check=''; [ "${1:-}" = --check ] && check=yes
port=${PORT:-5080}
data=$(realpath -m "${DATA:-data/cluster}")
one=$((port + 1)) two=$((port + 2)) sql=$((port + 3)) redis=$((port + 4))

need=()
command -v nginx >/dev/null || need+=(nginx-light)
command -v curl >/dev/null || need+=(curl)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || need+=(postgresql)
command -v redis-server >/dev/null || need+=(redis-server)
. samples/install.sh
bin=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -1)")

# PostgreSQL refuses to run as root.
as=(); [ "$(id -u)" != 0 ] || as=(runuser -u postgres --)
mkdir -p "$data/one" "$data/two" "$data/nginx"
stop() {
  trap - EXIT INT TERM
  for pid in "$data"/*.pid; do [ ! -f "$pid" ] || kill "$(cat "$pid")" 2>/dev/null || true; done
  wait 2>/dev/null || true
  "${as[@]}" "$bin/pg_ctl" -D "$data/postgres" -m fast stop >/dev/null 2>&1 || true
  rm -f "$data"/*.pid
}
trap stop EXIT
trap 'exit 0' INT TERM

if [ ! -f "$data/postgres/PG_VERSION" ]; then
  mkdir -p "$data/postgres"
  [ "$(id -u)" != 0 ] || { chown postgres "$data/postgres"; for up in "$data" "$(dirname "$data")"; do chmod o+x "$up"; done; }
  (cd /; "${as[@]}" "$bin/initdb" -D "$data/postgres" -U trust -A trust -E UTF8 --locale=C.UTF-8 >/dev/null)
fi
(cd /; "${as[@]}" "$bin/pg_ctl" -D "$data/postgres" -w -l "$data/postgres/server.log" -o "-p $sql -c listen_addresses=127.0.0.1 -c unix_socket_directories=" start >/dev/null) ||
  { echo "PostgreSQL did not start; $data/postgres/server.log says why." >&2; exit 1; }
psql() { (cd /; "$bin/psql" -h 127.0.0.1 -p "$sql" -U trust -qAt "$@"); }
[ "$(psql -d postgres -c "select count(*) from pg_database where datname = 'trust'")" = 1 ] || psql -d postgres -c 'create database trust'

# Nothing in it is missed when it is gone: no file, and a bound behind which it forgets.
redis-server --port "$redis" --bind 127.0.0.1 --save '' --appendonly no --dir "$data" --maxmemory 64mb --maxmemory-policy allkeys-lru >"$data/redis.log" 2>&1 &
echo $! >"$data/redis.pid"
disown # it is killed below, which is nothing to report

echo "Building ..."
dotnet build src/TrustCenter.Host -c Release -v q -nologo
host=src/TrustCenter.Host/bin/Release/net10.0/TrustCenter.Host.dll
export TrustCenter__Postgres="Host=127.0.0.1;Port=$sql;Database=trust;Username=trust" TrustCenter__Redis="127.0.0.1:$redis" TrustCenter__Address="http://{host}:$port"
if [ "$(psql -d trust -c "select to_regclass('vendor_rows') is not null")" = f ] || [ "$(psql -d trust -c 'select count(*) from vendor_rows')" = 0 ]; then
  for vendor in northwind alder; do TrustCenter__DataFolder="$data/one" dotnet "$host" import "samples/$vendor" --publish-as "Amir Haddad"; done
fi
# Every process needs the same key; everything else is in the database.
mkdir -p -m 700 "$data/two/keys"
[ -f "$data/two/keys/host.key" ] || cp -p "$data/one/keys/host.key" "$data/two/keys/host.key"

# A process that ends is started again: what a supervisor does (systemd: Restart=always).
supervise() {
  local child=''
  trap 'kill "$child" 2>/dev/null; wait "$child"; exit 0' TERM
  while true; do
    TrustCenter__DataFolder="$data/$1" dotnet "$host" --demo --urls "http://127.0.0.1:$2" >>"$data/$1.log" 2>&1 &
    child=$!
    echo "$child" >"$data/$1.child"
    { wait "$child"; } 2>/dev/null || true
    sleep 0.2
  done
}
supervise one "$one" & echo $! >"$data/one.pid"
supervise two "$two" & echo $! >"$data/two.pid"

cat >"$data/nginx/nginx.conf" <<EOF
daemon off; pid $data/nginx.pid; error_log $data/nginx/error.log; worker_processes 1;
$([ "$(id -u)" != 0 ] || echo 'user root;')
events { worker_connections 8192; }
http {
  access_log off;
  client_body_temp_path $data/nginx/body; proxy_temp_path $data/nginx/proxy; fastcgi_temp_path $data/nginx/f; uwsgi_temp_path $data/nginx/u; scgi_temp_path $data/nginx/s;
  client_max_body_size 110m;
  upstream trust { server 127.0.0.1:$one max_fails=1 fail_timeout=1s; server 127.0.0.1:$two max_fails=1 fail_timeout=1s; keepalive 16; }
  server {
    listen 127.0.0.1:$port;
    location / {
      proxy_pass http://trust; proxy_http_version 1.1;
      proxy_set_header Host \$http_host; proxy_set_header Connection "";
      proxy_connect_timeout 1s;
      # What only reads is asked of the other process when one is gone; what writes is the sender's to send again.
      proxy_next_upstream error timeout http_503;
    }
  }
}
EOF
nginx -c "$data/nginx/nginx.conf" 2>>"$data/nginx/error.log" &

get() { curl -s -o /dev/null -w '%{http_code}' --max-time 5 --resolve "northwind.localhost:$1:127.0.0.1" "http://northwind.localhost:$1/" || true; }
ready() { for _ in $(seq 300); do [ "$(get "$1")" = 200 ] && return; sleep 0.1; done; echo "Port $1 does not answer; the logs in $data say why." >&2; exit 1; }
ready "$one"; ready "$two"; ready "$port"

if [ -n "$check" ]; then
  ask() { local good=0; for _ in $(seq 100); do [ "$(get "$port")" = 200 ] && good=$((good + 1)); done; echo "$1: $good of 100 answers"; [ "$good" = 100 ]; }
  bad=0
  ask "both processes run        " || bad=1
  for name in one two; do
    kill -9 "$(cat "$data/$name.child")"
    ask "process $name was killed    " || bad=1
    [ "$name" = one ] && ready "$one" || ready "$two"
  done
  ask "both were started again   " || bad=1
  grep -q 'Redis answers' "$data/one.log" || { echo "Process one did not find Redis; $data/redis.log says why."; bad=1; }
  kill -9 "$(cat "$data/redis.pid")"
  ask "Redis was killed          " || bad=1
  # People work on meanwhile.
  for name in one two one two; do sleep 1; kill -9 "$(cat "$data/$name.child")"; [ "$name" = one ] && ready "$one" || ready "$two"; done &
  killer=$! walks=0
  while kill -0 "$killer" 2>/dev/null; do bash samples/walk.sh "$port" || bad=1; walks=$((walks + 1)); done
  wait "$killer" || bad=1
  echo "the main job, from a claim to a lost deal, was walked $walks times while four processes were killed: $([ "$bad" = 0 ] && echo each time to its end || echo not each time)"
  exit $bad
fi
echo "Public page of Northwind Ledger: http://northwind.localhost:$port/"
echo "Console: http://console.localhost:$port/console"
echo "Mailbox: http://console.localhost:$port/mailbox"
echo "Two processes (ports $one, $two) over PostgreSQL (port $sql) and Redis (port $redis). Kill one: kill -9 \$(cat $data/one.child). Ctrl-C stops all."
wait
