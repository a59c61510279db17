#!/usr/bin/env bash
# Connect + prepared insert + commit over the local socket: a C program with the server's client library, and Pipe.MySql as
# a native program. Wants a C compiler, libmariadb-dev and mariadb-server.
#   run.sh [RUNS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
runs=${1:-50}
work=$(mktemp -d "${TMPDIR:-/tmp}/pipe-benchmark.XXXXXX")
trap 'bash "$here/../../mariadb.sh" stop "$work/server"; rm -rf "$work"' EXIT

framework=$(dotnet msbuild "$here/../../Pipe.MySql.Probe/Pipe.MySql.Probe.csproj" -getProperty:TargetFramework)
dotnet publish "$here/../../Pipe.MySql.Probe/Pipe.MySql.Probe.csproj" -c Release -f "$framework" -o "$work/probe" --nologo -v quiet
gcc -O2 -o "$work/measure" "$here/measure.c"
# shellcheck disable=SC2046
gcc -O2 -o "$work/connect_insert" "$here/connect_insert.c" $(mariadb_config --cflags --libs)

eval "$(bash "$here/../../mariadb.sh" start "$work/server")"
mariadb --no-defaults -u root -S "$socket" -e 'CREATE DATABASE bench; CREATE TABLE bench.probe (
    id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50), size INT) ENGINE=InnoDB'

"$work/measure" "$runs" "$work/connect_insert" "$socket" "$user" "$password" bench \
    -- "$work/probe/Pipe.MySql.Probe" "Server=$socket;ConnectionProtocol=UnixSocket;User ID=$user;Password=$password;Database=bench"
mariadb --no-defaults -u root -S "$socket" -N -e 'SELECT CONCAT(COUNT(*), " rows written") FROM bench.probe'
ls -l "$work/probe/Pipe.MySql.Probe" | awk '{ printf "native program: %.1f MB\n", $5 / 1e6 }'
