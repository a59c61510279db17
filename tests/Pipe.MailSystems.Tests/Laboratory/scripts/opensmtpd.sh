#!/usr/bin/env bash
# OpenSMTPD inside the laboratory.
#   opensmtpd.sh prepare | start | inject SENDER RECIPIENT | flush | queued | bounces
set -euo pipefail
case $1 in
prepare)
    printf 'opensmtpd:x:7016:7016::/var/empty:/usr/sbin/nologin\nopensmtpq:x:7017:7017::/var/empty:/usr/sbin/nologin\n' >> /etc/passwd
    printf 'opensmtpd:x:7016:\nopensmtpq:x:7017:\n' >> /etc/group
    mkdir -p /var/empty /var/spool/smtpd
    chmod 711 /var/spool/smtpd
    chgrp opensmtpq /usr/sbin/smtpctl && chmod 2755 /usr/sbin/smtpctl
    cat > /etc/smtpd.conf <<'CONF'
table aliases file:/etc/aliases
queue ttl 5d
smtp max-message-size 100M
listen on lo port 2525
# pipe
action "local" mbox alias <aliases>
match from any for domain { "lab.test", "mx.lab.test" } action "local"
CONF
    ;;
start)
    smtpd
    for _ in $(seq 50); do smtpctl show status >/dev/null 2>&1 && [ -d /var/spool/smtpd/offline ] && break; sleep 0.1; done
    ;;
inject) exec sendmail -f "${2:-<>}" "$3" ;;
flush) smtpctl schedule all >/dev/null 2>&1 || true ;;
queued) smtpctl show queue | wc -l ;;
bounces) cat /var/mail/customer 2>/dev/null || true ;;
esac
