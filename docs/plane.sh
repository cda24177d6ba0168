#!/bin/sh
# Plane on this machine, from installed programs: PostgreSQL, a controller, a proxy, a drone and its executor. It runs
# until it is interrupted or terminated, or one of them ends, and then stops all of them. Everything is on 127.0.0.1 but
# the proxy, which Plane has listen on all addresses.
#
#   docs/plane.sh            with this project's executor, for a client to use
#   docs/plane.sh --tests    without: the tests are the executor; then, elsewhere: mvn -Pplane verify, as it says
#
# The signal USR1 has it restart PostgreSQL.
#
# Change by environment: PLANE (the program), PG_BIN (the folder of initdb), DIRECTORY (what it keeps; a new one),
# PG_PORT, CONTROLLER_PORT, PROXY_PORT.
set -eu

PLANE=${PLANE:-plane}
PG_PORT=${PG_PORT:-25432}
CONTROLLER_PORT=${CONTROLLER_PORT:-8080}
PROXY_PORT=${PROXY_PORT:-9090}
DIRECTORY=${DIRECTORY:-$(mktemp -d)}
CLUSTER=localhost:$PROXY_PORT
SOCKET=$DIRECTORY/executor.sock
executor=yes
[ "${1:-}" = --tests ] && executor=no

fail() {
    echo "$*" >&2
    exit 1
}

[ "$(id -u)" != 0 ] || [ -n "${PG_USER:-}" ] \
    || fail "PostgreSQL does not run as root: run this as another user," \
        "or set PG_USER to one that may write to DIRECTORY"
command -v "$PLANE" >/dev/null || fail "no program $PLANE: set PLANE, or cargo install plane"
[ "${#SOCKET}" -lt 108 ] \
    || fail "the path of a socket is under 108 bytes: set DIRECTORY to a shorter one than $DIRECTORY"
if [ -z "${PG_BIN:-}" ]; then
    # Debian keeps them off the path.
    PG_BIN=$(dirname "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)")
fi
[ -x "$PG_BIN/initdb" ] || fail "no initdb: install PostgreSQL, or set PG_BIN"

# Else that would be taken for ours.
for port in "$CONTROLLER_PORT" "$PROXY_PORT"; do
    ! curl -s "http://localhost:$port/" >/dev/null 2>&1 \
        || fail "something answers on port $port: set CONTROLLER_PORT, PROXY_PORT"
done

mkdir -p "$DIRECTORY"
[ -z "${PG_USER:-}" ] || chown "$PG_USER" "$DIRECTORY"
as_postgres() {
    if [ -n "${PG_USER:-}" ]; then
        (cd "$DIRECTORY" && runuser -u "$PG_USER" -- "$@")
    else
        "$@"
    fi
}

started=
start() {
    name=$1
    shift
    "$@" >"$DIRECTORY/$name.log" 2>&1 &
    started="$!:$name $started"
}

require_running() {
    for part in $started; do
        kill -0 "${part%%:*}" 2>/dev/null || fail "the ${part#*:} has ended: see $DIRECTORY/${part#*:}.log"
    done
}

database() {
    as_postgres "$PG_BIN/pg_ctl" -D "$DIRECTORY/data" -l "$DIRECTORY/data/postgres.log" -w "$@" \
        -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories=" >/dev/null
}

stop() {
    trap - EXIT
    for part in $started; do
        kill "${part%%:*}" 2>/dev/null && wait "${part%%:*}" 2>/dev/null || true
    done
    [ ! -e "$DIRECTORY/data/postmaster.pid" ] \
        || as_postgres "$PG_BIN/pg_ctl" -D "$DIRECTORY/data" -m fast -w stop >/dev/null
    echo "stopped; logs are in $DIRECTORY"
}
trap stop EXIT
trap 'exit 0' INT TERM
trap 'database -m fast restart' USR1

until_true() {
    what=$1
    shift
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        require_running
        [ $tries -lt 120 ] || fail "$what does not come up: see the logs in $DIRECTORY"
        sleep 0.5
    done
}

if [ $executor = yes ]; then
    # Maven by itself would start the executor in a JVM of which this does not know the end.
    mvn -q -Pplane test-compile dependency:build-classpath -Dmdep.includeScope=test \
        -Dmdep.outputFile="$DIRECTORY/class.path" >"$DIRECTORY/compile.log" 2>&1 \
        || fail "the executor could not be compiled: $(cat "$DIRECTORY/compile.log")"
fi
as_postgres "$PG_BIN/initdb" -D "$DIRECTORY/data" -A trust -U postgres >"$DIRECTORY/initdb.log"
database start

start controller "$PLANE" controller --db "postgres://postgres@127.0.0.1:$PG_PORT" --host 127.0.0.1 \
    --port "$CONTROLLER_PORT" --controller-url "http://localhost:$CONTROLLER_PORT" --default-cluster "$CLUSTER"
until_true "the controller" curl -fs "http://localhost:$CONTROLLER_PORT/pub/health"
start proxy "$PLANE" proxy --controller-url "ws://localhost:$CONTROLLER_PORT/" --cluster "$CLUSTER" \
    --http-port "$PROXY_PORT"

if [ $executor = yes ]; then
    start executor java -cp "target/test-classes:target/classes:$(cat "$DIRECTORY/class.path")" \
        com.jamsocket.plane.UnixSocketExecutor "$SOCKET"
else
    echo "now: mvn -Pplane verify -Dplane.url=http://localhost:$CONTROLLER_PORT -Dplane.cluster=$CLUSTER" \
        "-Dplane.executor-socket=$SOCKET -Dplane.program=$(command -v "$PLANE")" \
        "-Dplane.database=postgres://postgres@127.0.0.1:$PG_PORT -Dplane.script=$$"
    until [ -S "$SOCKET" ]; do
        require_running
        sleep 0.5
    done
fi
until_true "the executor" test -S "$SOCKET"
start drone "$PLANE" drone --controller-url "ws://localhost:$CONTROLLER_PORT/" --cluster "$CLUSTER" --ip 127.0.0.1 \
    --executor-socket "$SOCKET"

drone_is_ready() {
    curl -fs "http://localhost:$CONTROLLER_PORT/ctrl/c/$CLUSTER/state" | grep -q '"ready":true'
}
until_true "the drone" drone_is_ready
echo "ready: JAMSOCKET_PLANE_URL=http://localhost:$CONTROLLER_PORT JAMSOCKET_PLANE_IMAGE=demo/backend;" \
    "logs are in $DIRECTORY"
while require_running; do
    sleep 1 &
    wait $! || true
done
