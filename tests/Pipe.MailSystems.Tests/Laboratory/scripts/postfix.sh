#!/usr/bin/env bash
# Postfix inside the laboratory.
#   postfix.sh prepare [procmail | maildrop] | start | inject SENDER RECIPIENT | flush | queued | bounces
set -euo pipefail
case $1 in
prepare)
    printf 'postfix:x:7011:7011::/var/spool/postfix:/usr/sbin/nologin\n' >> /etc/passwd
    printf 'postfix:x:7011:\npostdrop:x:7012:\n' >> /etc/group
    mkdir -p /var/lib/postfix && chown postfix /var/lib/postfix
    chgrp postdrop /usr/sbin/postqueue /usr/sbin/postdrop
    chmod 2755 /usr/sbin/postqueue /usr/sbin/postdrop
    cp /usr/share/postfix/master.cf.dist /etc/postfix/master.cf
    cat > /etc/postfix/main.cf <<CONF
compatibility_level = 3.6
myhostname = mx.lab.test
mydestination = lab.test, mx.lab.test
inet_interfaces = loopback-only
inet_protocols = ipv4
alias_maps = hash:/etc/aliases
alias_database = hash:/etc/aliases
recipient_delimiter = +
mail_spool_directory = /var/mail
maillog_file =
message_size_limit = 104857600
mailbox_size_limit = 0
local_recipient_maps =
queue_run_delay = 1h
minimal_backoff_time = 1h
maximal_backoff_time = 1h
CONF
    postconf -MX smtp/inet
    newaliases
    # So that "postfix reload" in a recipe has something to reload.
    postfix start
    case ${2-} in
    procmail) postconf -e 'mailbox_command=/usr/bin/procmail' ;;
    maildrop) postconf -e 'mailbox_command=/usr/bin/maildrop' ;;
    esac
    case ${2-} in procmail | maildrop) echo 'support: acct' >> /etc/aliases ;; esac
    ;;
start)
    newaliases
    postfix reload
    ;;
inject) exec sendmail -i -f "$2" "$3" ;;
flush) exec postqueue -f ;;
queued) postqueue -j | wc -l ;;
bounces) cat /var/mail/customer 2>/dev/null || true ;;
esac
