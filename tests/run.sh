#!/usr/bin/env bash
# Builds everything, makes the native file, runs all tests and ends with their sum. Does its own set-up.
#   --full       the long versions too (PIPE_TEST_FULL=1)
#   --no-format  without dotnet format
set -uo pipefail
cd "$(dirname "$0")/.."
top=$PWD

# Read as a whole before anything runs, so that the file may change meanwhile.
{

format=yes
for argument in "$@"; do
    case $argument in
        --full) export PIPE_TEST_FULL=1 ;;
        --no-format) format=no ;;
        *) echo "usage: tests/run.sh [--full] [--no-format]" >&2; exit 64 ;;
    esac
done

# What the tests and the native linker need: a program or file that shows it is there, and the Debian package that has it.
lib=/usr/lib/$(uname -m)-linux-gnu
missing=()
need() { [ -e "$1" ] || command -v "$1" >/dev/null || missing+=("$2"); }
look() {
    missing=()
    need cc gcc
    need "$lib/libc.a" libc6-dev
    need "$lib/libz.a" zlib1g-dev
    need "$lib/libsqlite3.a" libsqlite3-dev
    need "$lib/libssl.a" libssl-dev
    need cmake cmake
    need make make
    need sqlite3 sqlite3
    need /usr/sbin/mariadbd mariadb-server
    need mariadb mariadb-client
    need python3 python3
    need openssl openssl
}
look
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing ${missing[*]}"
        # A database server that starts by itself is not wanted: the tests start their own.
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d.pipe && chmod +x /usr/sbin/policy-rc.d.pipe
        [ -e /usr/sbin/policy-rc.d ] || { mv /usr/sbin/policy-rc.d.pipe /usr/sbin/policy-rc.d; placed=yes; }
        apt-get update -q -o Acquire::Retries=3 >/dev/null &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -q -o Acquire::Retries=3 --no-install-recommends "${missing[@]}" >/dev/null ||
            echo "not installed: ${missing[*]}; the tests that need them are skipped"
        [ "${placed:-no}" = no ] || rm -f /usr/sbin/policy-rc.d
        rm -f /usr/sbin/policy-rc.d.pipe
    else
        echo "missing: ${missing[*]}; the tests that need them are skipped. As root: apt-get install ${missing[*]}"
    fi
fi
command -v dotnet >/dev/null || { echo "missing: the .NET SDK 10 (https://dotnet.microsoft.com)" >&2; exit 1; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
logs=$top/artifacts/tests
rm -rf "$logs"
mkdir -p "$logs"
passed=0 failed=0 skipped=0

# A step that is no test, but fails the run: its output only when it does.
step() {
    local name=$1 from=$SECONDS
    shift
    if "$@" >"$logs/$name.log" 2>&1; then
        echo "ok      $name  $((SECONDS - from)) s"
    else
        echo "FAILED  $name: $*"
        tail -n 40 "$logs/$name.log"
        failed=$((failed + 1))
        return 1
    fi
}

sum() { echo "$passed passed, $failed failed, $skipped skipped"; [ "$failed" -eq 0 ]; exit; }

# What is missing on a desk skips tests. Where CI promises it, that is a failure.
complete() { look; echo "missing: ${missing[*]}"; [ ${#missing[@]} -eq 0 ]; }
[ "${CI:-false}" != true ] || step set-up complete

rm -f artifacts/mail-systems.txt
step build dotnet build Pipe.sln -v minimal || sum
step publish bash src/publish.sh
step mail-systems bash tests/Pipe.MailSystems.Tests/setup.sh
[ $format = no ] || step format dotnet format Pipe.sln --verify-no-changes --no-restore

# Adds one suite's figures up. A suite that ran nothing is broken, not clean.
count() {
    local name=$1 status=$2 p=$3 f=$4 s=$5 seconds=$6
    if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
    if [ $((p + f + s)) -eq 0 ]; then f=1; fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    echo "$([ "$f" -eq 0 ] && echo "ok     " || echo FAILED)  $name: $p passed, $f failed, $s skipped  $seconds s"
    if [ "$f" -ne 0 ]; then grep -vE '^\s*$' "$logs/$name.log" | tail -n 60; fi
    sed -nE 's/^    ([^ ].*) \[SKIP\]$/        skipped: \1/p' "$logs/$name.log" | head -n 40
    sed -nE 's/^    ([^ ].*) \[FAIL\]$/        failed: \1/p' "$logs/$name.log" | head -n 40
}

run_project() {
    local name=$1 from=$SECONDS
    # The program itself: when it dies, that is seen at once and by its exit code.
    "tests/$name/bin/Debug/net10.0/$name" -noColor -noLogo -noAutoReporters >"$logs/$name.log" 2>&1 </dev/null
    echo "$? $((SECONDS - from))" >"$logs/$name.status"
}

report_project() {
    local name=$1 status=1 seconds=0 total errors f s rest
    read -r status seconds <"$logs/$name.status"
    # An error is what broke outside of a test, such as the end of a fixture.
    read -r total errors f s rest < <(sed -nE "s/^ +$name +Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+), Not Run: ([0-9]+).*/\1 \2 \3 \4 \5/p" \
        "$logs/$name.log" | tail -n 1)
    count "$name" "$status" $((total - f - s - rest)) $((f + errors)) $((s)) "$seconds"
}

# Projects that keep to themselves run two at a time; those that start many processes or load the machine come alone.
alone='^(Pipe\.EndToEnd|Pipe\.Faults|Pipe\.Lab.*|Pipe\.MailSystems\.Tests)$'
together=() single=()
for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    case $name in *.Tests | Pipe.EndToEnd | Pipe.Faults | Pipe.Lab*) ;; *) continue ;; esac
    if [[ $name =~ $alone ]]; then single+=("$name"); else together+=("$name"); fi
done

running=0
for name in "${together[@]}"; do
    if [ $running -ge 2 ]; then wait -n; running=$((running - 1)); fi
    run_project "$name" &
    running=$((running + 1))
done
wait
for name in "${together[@]}"; do report_project "$name"; done
for name in "${single[@]}"; do run_project "$name"; report_project "$name"; done

# Suites of other kinds end with the same line as this one.
for suite in tests/*/run.sh; do
    [ -e "$suite" ] || continue
    name=$(basename "$(dirname "$suite")") from=$SECONDS
    bash "$suite" >"$logs/$name.log" 2>&1 </dev/null
    status=$?
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$logs/$name.log" | tail -n 1)
    read -r p f s <<<"$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?.*/\1 \2 \4/p' <<<"$line")"
    count "$name" "$status" "${p:-0}" "${f:-0}" "${s:-0}" "$((SECONDS - from))"
done

[ -e artifacts/mail-systems.txt ] && cat artifacts/mail-systems.txt
sum
}
