#!/usr/bin/env bash
# PostgreSQL for tests on a machine without containers: postgres.sh start PORT | port | stop
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
. "$HERE/common.sh"

find_binaries() {
    local initdb
    initdb=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
    [ -n "$initdb" ] || initdb=$(command -v initdb) || return 1
    dirname "$initdb"
}

# Debian would make and start a cluster of its own on port 5432: ask it not to.
install_postgresql() {
    local drop_in=/etc/postgresql-common/createcluster.d/portal-services.conf status=0
    mkdir -p "$(dirname "$drop_in")"
    echo "create_main_cluster = false" >"$drop_in"
    install_packages PostgreSQL postgresql || status=$?
    rm -f "$drop_in"
    return "$status"
}

use_binaries() {
    BIN=$(find_binaries) || return 1
    DATA="$PORTAL_SERVICES_HOME/postgres-$("$BIN/postgres" --version | grep -oE '[0-9]+' | head -n 1)"
}

need_binaries() {
    use_binaries && return
    can_install && install_postgresql && use_binaries && return
    missing "PostgreSQL: set DATABASE_URL to a server, or start Docker or Podman, or install the package postgresql."
}

pg_ctl() { as_owner "$BIN/pg_ctl" --silent --pgdata "$DATA" "$@"; }

# The port of the running server; fails when there is none.
running_port() {
    local port
    port=$(as_owner sed -n 4p "$DATA/postmaster.pid" 2>/dev/null) && [ -n "$port" ] || return 1
    as_owner "$BIN/pg_isready" -q -h "$DATA" -p "$port" && echo "$port"
}

# Made beside its place and then moved, so that a killed start leaves no half cluster.
create_cluster() {
    as_owner rm -rf "$DATA.new"
    as_owner "$BIN/initdb" --pgdata "$DATA.new" --username postgres --encoding UTF8 \
        --locale C.UTF-8 --auth-local trust --auth-host scram-sha-256 --no-sync >>"$LOG"
    as_owner sh -c 'echo "include = '\''portal.conf'\''" >>"$1/postgresql.conf"' - "$DATA.new"
    as_owner mv "$DATA.new" "$DATA"
}

launch() {
    as_owner test -f "$DATA/PG_VERSION" || create_cluster
    write_as_owner "$DATA/portal.conf" <"$HERE/postgresql.conf"
    pg_ctl start --wait --timeout 60 --log "$DATA/server.log" \
        --options "-p $1 -k $DATA" >>"$LOG" 2>&1 || {
        as_owner tail -n 20 "$DATA/server.log" >&2
        fail "PostgreSQL did not start. Its data is for tests only: removing $DATA and starting again is safe."
    }
}

start() {
    need_binaries
    prepare_home
    running_port >/dev/null || launch "$1"
    local port
    port=$(running_port)
    as_owner "$BIN/psql" -q -v ON_ERROR_STOP=1 -h "$DATA" -p "$port" -U postgres -d postgres \
        <"$HERE/role.sql" >>"$LOG"
}

case "${1:-}" in
start) start "$2" ;;
port) use_binaries && running_port ;;
stop) ! use_binaries || ! running_port >/dev/null || pg_ctl stop --mode fast --wait ;;
*) fail "postgres.sh start PORT | port | stop" ;;
esac
