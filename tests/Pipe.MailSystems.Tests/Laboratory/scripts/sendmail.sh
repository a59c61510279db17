#!/usr/bin/env bash
# sendmail with its restricted shell (smrsh) inside the laboratory.
#   sendmail.sh prepare | start | inject SENDER RECIPIENT | flush | queued | bounces
set -euo pipefail
mta=/usr/libexec/sendmail/sendmail
case $1 in
prepare)
    printf 'smmta:x:7013:7013::/var/lib/sendmail:/usr/sbin/nologin\nsmmsp:x:7014:7014::/var/lib/sendmail:/usr/sbin/nologin\nmailnull:x:7015:7015::/:/usr/sbin/nologin\n' >> /etc/passwd
    printf 'smmta:x:7013:\nsmmsp:x:7014:\nmailnull:x:7015:\n' >> /etc/group
    mkdir -p /var/spool/mqueue /etc/mail/smrsh
    chmod 700 /var/spool/mqueue
    ln -sf $mta /usr/sbin/sendmail
    ln -sf $mta /usr/bin/newaliases
    cp /etc/aliases /etc/mail/aliases
    cat > /etc/mail/sendmail.mc <<'MC'
include(`/usr/share/sendmail/cf/m4/cf.m4')
VERSIONID(`lab')
OSTYPE(`linux')
define(`confDOMAIN_NAME', `mx.lab.test')
define(`confDEF_USER_ID', `pipe:pipe')
define(`ALIAS_FILE', `/etc/mail/aliases')
define(`confMIN_QUEUE_AGE', `0')
define(`confQUEUE_LA', `1000')
define(`confREFUSE_LA', `1000')
define(`confTO_QUEUERETURN', `5d')
define(`confDONT_BLAME_SENDMAIL', `GroupWritableDirPathSafe,AssumeSafeChown')
FEATURE(`nocanonify')
FEATURE(`smrsh', `/usr/libexec/sendmail/smrsh')
FEATURE(`local_lmtp', `/usr/libexec/sendmail/mail.local')
LOCAL_DOMAIN(`lab.test mx.lab.test')
MAILER(`local')
MC
    m4 /etc/mail/sendmail.mc > /etc/mail/sendmail.cf 2>/lab/m4.log
    ;;
start) ;;
inject) exec $mta -i -f "${2:-<>}" "$3" ;;
flush) exec $mta -q ;;
queued) ls /var/spool/mqueue | grep -c ^qf || true ;;
bounces) cat /var/mail/customer 2>/dev/null || true ;;
esac
