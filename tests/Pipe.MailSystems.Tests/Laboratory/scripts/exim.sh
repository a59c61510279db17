#!/usr/bin/env bash
# Exim inside the laboratory. The variant is the output option of the transport that runs the command:
# return_output (Exim's own default configuration, cPanel, DirectAdmin), return_fail_output or neither.
#   exim.sh prepare [VARIANT] | enter FORWARDER | start | inject SENDER RECIPIENT | flush | queued | bounces
set -euo pipefail
case $1 in
prepare)
    grep -q ^Debian-exim: /etc/passwd || echo 'Debian-exim:x:7010:7010::/var/spool/exim4:/usr/sbin/nologin' >> /etc/passwd
    grep -q ^Debian-exim: /etc/group || echo 'Debian-exim:x:7010:' >> /etc/group
    mkdir -p /var/spool/exim4 /var/log/exim4 /etc/exim4
    chown -R Debian-exim:Debian-exim /var/spool/exim4 /var/log/exim4
    # As Debian's alternatives do it, where the package tree has PHP.
    for php in php php-cgi; do
        for real in /usr/bin/$php[0-9]*; do if [ -x "$real" ]; then ln -sfn "$real" /usr/bin/$php; fi; done
    done
    case ${2-} in none|'') output= ;; *) output=$2 ;; esac
    cat > /etc/exim4/exim4.conf <<CONF
primary_hostname = mx.lab.test
domainlist local_domains = lab.test : mx.lab.test
never_users = root
trusted_users = root
log_selector = +all
local_interfaces = 127.0.0.1
acl_not_smtp = accept
begin routers
system_aliases:
  driver = redirect
  domains = +local_domains
  allow_fail
  allow_defer
  data = \${lookup{\$local_part}lsearch{/etc/aliases}}
  local_part_suffix = +*
  local_part_suffix_optional
  user = acct
  file_transport = address_file
  pipe_transport = address_pipe
localuser:
  driver = accept
  domains = +local_domains
  check_local_user
  transport = local_delivery
begin transports
local_delivery:
  driver = appendfile
  file = /var/mail/\$local_part_data
address_file:
  driver = appendfile
address_pipe:
  driver = pipe
  $output
begin retry
* * F,1d,1s
CONF
    ;;
start) ;;
enter)
    # The forwarder as the control panel writes it; cPanel's form names a path relative to the home folder.
    case $2 in
    '"|'*) echo "support: $2" >> /etc/aliases ;;
    *) echo "support: \"|/home/acct/$2\"" >> /etc/aliases ;;
    esac
    ;;
inject) exec /usr/sbin/exim4 -odf -oi -f "$2" "$3" ;;
flush) exec /usr/sbin/exim4 -qff ;;
queued) exec /usr/sbin/exim4 -bpc ;;
bounces) cat /var/mail/customer 2>/dev/null || true ;;
log) cat /var/log/exim4/mainlog ;;
esac
