#!/bin/sh
# A PostgreSQL server for tests: its own folder, a unix socket and no network, no syncing to disk.
#   pg_cluster.sh start          starts one and prints its conninfo (for KASANE_TEST_PG)
#   pg_cluster.sh stop CONNINFO  stops it and removes its folder
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || bin=$(pg_config --bindir)

# The server refuses to run as root; then it runs as the user postgres.
as_server() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start() {
  dir=$(mktemp -d "${TMPDIR:-/tmp}/kasane-pg.XXXXXX")
  chmod 711 "$dir"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  cd "$dir"
  as_server "$bin/initdb" -D "$dir/data" -U kasane --auth=trust --encoding=UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log" >&2; rm -rf "$dir"; exit 1; }
  as_server "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 30 \
    -o "-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=off -c synchronous_commit=on -c full_page_writes=off -c max_connections=100 -c shared_buffers=64MB" \
    start >"$dir/start.log" 2>&1 </dev/null ||
    { cat "$dir/start.log" "$dir/server.log" >&2; rm -rf "$dir"; exit 1; }
  echo "host=$dir user=kasane dbname=postgres"
}

stop() {
  dir=$(printf '%s\n' "$1" | sed -n 's/.*host=\([^ ]*\).*/\1/p')
  case "$dir" in
    */kasane-pg.??????) ;;
    *) echo "pg_cluster.sh: not a server started by this script: $1" >&2; exit 2 ;;
  esac
  cd /
  as_server "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}

case "${1:-}" in
  start) start ;;
  stop) stop "${2:?usage: pg_cluster.sh stop CONNINFO}" ;;
  *) echo "usage: pg_cluster.sh start | stop CONNINFO" >&2; exit 2 ;;
esac
