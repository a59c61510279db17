#!/usr/bin/env bash
# A private MariaDB server for tests: own data directory, own socket, a free port on 127.0.0.1.
#
#   mariadb.sh start DIR [SERVER OPTION...]    prints socket=, port=, user=, password=, pid=, one a line
#   mariadb.sh stop DIR                        ends the server; the data stay
#
# `start` on a DIR that was used before starts the same server again with its data and password. root has no password
# and comes in through the socket; the printed account comes in through the port (and the socket) and may do anything.
# With PIPE_MARIADB_OWNER=PID in the environment the server ends, and DIR is removed, when that process is gone.
set -euo pipefail

fail() {
    printf 'mariadb.sh: %s\n' "$*" >&2
    exit 1
}

find_server() {
    local name
    for name in mariadbd mysqld; do
        PATH="$PATH:/usr/sbin:/usr/libexec:/usr/local/sbin" command -v "$name" && return
    done
    fail 'mariadbd is not installed (Debian: apt-get install mariadb-server)'
}

# The process that the pid file names, if it is still this directory's server.
running_pid() {
    local pid
    pid=$(cat "$1/server.pid" 2>/dev/null) || return 1
    [ -n "$pid" ] && tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF -- "--datadir=$1/data" && echo "$pid"
}

# A process that nobody has waited for yet still has its number, but is a zombie. (Its command line is empty while it
# starts, too, and so no sign of its end.)
alive() {
    local state
    state=$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) && [[ $state == [!ZX] ]]
}

as_root() {
    mariadb --no-defaults --batch --skip-column-names --user=root --socket="$1"
}

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

# A socket's path may have 107 bytes; a test's directory is sometimes longer.
socket_path() {
    if [ ${#1} -le 95 ]; then
        echo "$1/server.sock"
    elif [ -s "$1/socket-directory" ] && [ -d "$(cat "$1/socket-directory")" ]; then
        echo "$(cat "$1/socket-directory")/server.sock"
    else
        mktemp -d "${TMPDIR:-/tmp}/pipe-mariadb.XXXXXX" >"$1/socket-directory"
        echo "$(cat "$1/socket-directory")/server.sock"
    fi
}

initialise() {
    local dir=$1 account=$2
    TMPDIR="$dir/tmp" mariadb-install-db --no-defaults $account --datadir="$dir/data" --auth-root-authentication-method=normal \
        --skip-test-db --skip-name-resolve --innodb-log-file-size=48M >"$dir/install.log" 2>&1 ||
        fail "mariadb-install-db failed, see $dir/install.log"
    (umask 077; od -An -N12 -tx1 /dev/urandom | tr -d ' \n' >"$dir/password")
}

start() {
    local dir=$1 server account='' socket port pid user=pipe
    shift
    server=$(find_server)
    command -v mariadb-install-db >/dev/null || fail 'mariadb-install-db is not installed'
    command -v mariadb >/dev/null || fail 'the client mariadb is not installed'
    # A server that starts removes the temporary tables in its folder for such: no two may share one.
    mkdir -p "$dir/tmp"
    dir=$(cd "$dir" && pwd -P)
    ! running_pid "$dir" >/dev/null || fail "a server is already running in $dir"
    [ "$(id -u)" -ne 0 ] || account=--user=root
    [ -d "$dir/data/mysql" ] && [ -s "$dir/password" ] || initialise "$dir" "$account"
    socket=$(socket_path "$dir")

    local attempt
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        rm -f "$socket" "$dir/server.pid"
        TMPDIR="$dir/tmp" setsid "$server" --no-defaults $account --datadir="$dir/data" --socket="$socket" --pid-file="$dir/server.pid" \
            --port="$port" --bind-address=127.0.0.1 --skip-networking=0 --skip-name-resolve --skip-log-bin \
            --character-set-server=utf8mb4 --collation-server=utf8mb4_general_ci \
            --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --innodb-flush-method=nosync --sync-frm=0 \
            --innodb-buffer-pool-size=64M --innodb-log-file-size=48M --key-buffer-size=1M --aria-pagecache-buffer-size=8M \
            --max-allowed-packet=128M --max-connections=200 "$@" </dev/null >"$dir/server.log" 2>&1 &
        pid=$!
        if wait_until_ready "$pid" "$socket"; then
            break
        fi
        # Most often somebody else has taken the port meanwhile.
        [ "$attempt" -lt 5 ] || {
            tail -n 20 "$dir/server.log" >&2
            fail "the server did not start, see $dir/server.log"
        }
    done

    if [ ! -e "$dir/ready" ]; then
        as_root "$socket" <<SQL
DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost');
FLUSH PRIVILEGES;
CREATE USER '$user'@'%' IDENTIFIED BY '$(cat "$dir/password")';
GRANT ALL ON *.* TO '$user'@'%' WITH GRANT OPTION;
SQL
        : >"$dir/ready"
    fi
    [ -z "${PIPE_MARIADB_OWNER:-}" ] || follow_owner "$PIPE_MARIADB_OWNER" "$pid" "$dir"
    printf 'socket=%s\nport=%s\nuser=%s\npassword=%s\npid=%s\n' "$socket" "$port" "$user" "$(cat "$dir/password")" "$pid"
}

wait_until_ready() {
    local turn
    for turn in $(seq 1 1200); do
        alive "$1" || return 1
        [ -S "$2" ] && as_root "$2" <<<'DO 0' 2>/dev/null && return 0
        sleep 0.05
    done
    kill -KILL "$1"
    return 1
}

follow_owner() {
    setsid bash -c '
        while kill -0 "$1" 2>/dev/null; do
            kill -0 "$2" 2>/dev/null || exit 0
            sleep 0.5
        done
        kill -KILL "$2"
        while [ -n "$(tr -d "\0" <"/proc/$2/cmdline")" ]; do sleep 0.1; done 2>/dev/null
        [ ! -s "$3/socket-directory" ] || rm -rf "$(cat "$3/socket-directory")"
        rm -rf "$3"' follow-owner "$1" "$2" "$3" </dev/null >/dev/null 2>&1 &
}

stop() {
    local dir pid turn
    [ -d "$1" ] || return 0
    dir=$(cd "$1" && pwd -P)
    pid=$(running_pid "$dir") || pid=
    if [ -n "$pid" ]; then
        kill -TERM "$pid"
        for turn in $(seq 1 600); do
            alive "$pid" || break
            sleep 0.05
        done
        kill -KILL "$pid" 2>/dev/null || true
    fi
    if [ -s "$dir/socket-directory" ]; then
        rm -rf "$(cat "$dir/socket-directory")" "$dir/socket-directory"
    fi
}

case "${1:-}" in
    start) [ $# -ge 2 ] || fail 'start needs a directory'; start "${@:2}" ;;
    stop) [ $# -eq 2 ] || fail 'stop needs a directory'; stop "$2" ;;
    *) fail 'usage: mariadb.sh start DIR [SERVER OPTION...] | stop DIR' ;;
esac
