#!/usr/bin/env bash
# Courier inside the laboratory; what the package's installation scripts do comes first.
#   courier.sh prepare | start | inject SENDER RECIPIENT | flush | queued | bounces
set -euo pipefail
state=/var/lib/courier
case $1 in
prepare)
    echo 'courier:x:7018:7018::/var/lib/courier:/usr/sbin/nologin' >> /etc/passwd
    echo 'courier:x:7018:' >> /etc/group
    . /etc/environment 2>/dev/null || touch /etc/environment
    install -d -m 0775 -o root -g courier /run/courier
    install -d -m 0750 -o courier -g courier /run/courier/authdaemon $state $state/allfilters $state/filters $state/msgq $state/msgs $state/track
    install -d -m 0770 -o courier -g courier $state/tmp
    chgrp courier /etc/courier/aliasdir /etc/courier/aliases /etc/courier/aliases/system /etc/courier/authdaemonrc
    chmod 0750 /etc/courier/aliasdir /etc/courier/aliases
    chown root:courier /usr/sbin/rmail /usr/sbin/sendmail && chmod 2755 /usr/sbin/sendmail
    chown courier:courier /usr/bin/mailq /usr/bin/cancelmsg $state/.. 2>/dev/null || true
    chown root:root $state/..
    chmod 2755 /usr/bin/mailq
    chown courier:courier /usr/lib/courier/courier/submitmkdir && chmod 4755 /usr/lib/courier/courier/submitmkdir
    echo mx.lab.test > /etc/courier/me
    echo lab.test > /etc/courier/defaultdomain
    printf 'localhost\nmx.lab.test\nlab.test\n' > /etc/courier/locals
    echo '"mail" <postmaster@lab.test>' > /etc/courier/dsnfrom
    printf '1s' > /etc/courier/retryalpha
    printf 'authmodulelist="authpam"\n' >> /etc/courier/authdaemonrc
    sed -i 's/^postmaster:.*/postmaster: acct/' /etc/courier/aliases/system
    maildirmake.courier /home/customer/Maildir && chown -R customer:customer /home/customer/Maildir
    maildirmake.courier /home/acct/Maildir && chown -R acct:acct /home/acct/Maildir
    ;;
start)
    makealiases
    authdaemond start
    courier start
    for _ in $(seq 50); do [ -e $state/tmp/trigger ] && break; sleep 0.1; done
    ;;
inject) exec sendmail -f "$2" "$3" ;;
flush) courier flush ;;
queued) find $state/msgq -name 'C*' | wc -l ;;
bounces) cat /home/customer/Maildir/new/* 2>/dev/null || true ;;
esac
