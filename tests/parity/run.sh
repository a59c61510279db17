#!/usr/bin/env bash
# Pipes the recorded mails of a real osTicket through our program, into a private MariaDB, and compares the rows
# and the mails that follow.
#
#   run.sh [PROGRAM] [OPTION OF parity.py...]     PROGRAM is artifacts/pipe, else the Release build
#
# accept.json names each difference of rows that is wanted, with its reason, accept-mail.json each difference of mails. passing.txt lists the cases that pass; one of them
# that fails now fails this script, and one that passes and is not in the list is named. --update writes the list anew.
set -uo pipefail
cd "$(dirname "$0")/../.."
top=$PWD

# Without the recordings there is nothing to do. What CI promises to have, it has; elsewhere it may be missing.
skip() {
    echo "SKIPPED parity: $1"
    echo '0 passed, 0 failed, 1 skipped'
    exit 0
}
need() {
    PATH="$PATH:/usr/sbin:/usr/libexec" command -v "$1" >/dev/null && return
    [ "${CI:-false}" = true ] || skip "$1 is not installed"
    fail "$1 is not installed"
}
fail() {
    echo "FAILED parity: $1"
    echo '0 passed, 1 failed'
    exit 1
}

recordings=$top/../shared/osticket
[ -e "$recordings/parity.py" ] || skip 'the recordings of a real osTicket are not here (../shared/osticket)'
need python3
need mariadbd
need mariadb

update=no
program=
options=()
for argument in "$@"; do
    case $argument in
        --update) update=yes ;;
        -*) options+=("$argument") ;;
        *) if [ -z "$program" ] && [ ${#options[@]} = 0 ]; then program=$argument; else options+=("$argument"); fi ;;
    esac
done

if [ -x "$program" ]; then
    program=$(realpath "$program")
elif [ -z "$program" ] && [ -x "$top/artifacts/pipe" ]; then
    program=$top/artifacts/pipe
elif [ -z "$program" ]; then
    dotnet build "$top/src/Pipe" -c Release -v quiet -nologo || exit 1
    program="dotnet $top/src/Pipe/bin/Release/net10.0/pipe.dll"
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/pipe-parity.XXXXXX")
trap 'bash "$top/tests/mariadb.sh" stop "$folder/server" >/dev/null 2>&1; rm -rf "$folder"' EXIT
# Nothing here has to survive a power failure, and each case makes its tables anew.
bash "$top/tests/mariadb.sh" start "$folder/server" --sync-frm=0 --innodb-flush-method=nosync --innodb-flush-log-at-trx-commit=0 \
    >"$folder/account" || fail 'MariaDB did not start'
value() { sed -n "s/^$1=//p" "$folder/account"; }

"$recordings/parity.py" check --db-socket "$(value socket)" --db-user root --pipe-db-host "127.0.0.1:$(value port)" \
    --pipe "$program --osticket {config} --log none --sendmail {sendmail} --outbox {maildir}/.outbox --notices-per-hour 0 --autoreplies-per-hour 0" --mail \
    --accept "$top/tests/parity/accept.json" --accept "$top/tests/parity/accept-mail.json" \
    --json "$folder/report.json" "${options[@]}" >"$folder/output" 2>&1
grep -v '^PASS' "$folder/output"

python3 - "$folder/report.json" "$top/tests/parity/passing.txt" "$update" <<'PYTHON'
import json, sys

report, known, update = sys.argv[1:]
try:
    cases = json.load(open(report, encoding='utf-8'))
except OSError:
    sys.exit('parity: no report was written')
cases = cases if isinstance(cases, list) else cases['cases']
now = {case['case']: case['passed'] for case in cases}
before = set(open(known, encoding='utf-8').read().split())
passed = sorted(name for name, ok in now.items() if ok)
broken = sorted(name for name in before if now.get(name) is False)
print('parity: %d of %d cases pass, %d differences accepted' % (
    len(passed), len(now), sum(len(case['accepted']) for case in cases)))
if update == 'yes':
    with open(known, 'w', encoding='utf-8') as f:
        f.write('\n'.join(sorted((before - set(now)) | set(passed))) + '\n')
    sys.exit(0)
for name in sorted(set(passed) - before):
    print('parity: passes and is not in passing.txt: ' + name)
for name in broken:
    print('parity: passed before and fails now: ' + name)
sys.exit(bool(broken))
PYTHON
