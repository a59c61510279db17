#!/usr/bin/env bash
# What qmail-local does with a command in a .qmail file, after qmail-command(8), dot-qmail(5) and qmail-local(8): qmail itself
# is in no Debian package. The queue is a folder; a delivery reads the message from a seekable file, as the owner of the
# .qmail file, with the environment of the manual.
#   qmail.sh prepare | start | inject SENDER RECIPIENT | flush | queued | bounces | log
set -uo pipefail
queue=/var/qmail/queue
deliver() {
    local id=$1 sender recipient local host ext default file command status
    { read -r sender; read -r recipient; } < "$queue/$id.envelope"
    local=${recipient%@*} host=${recipient##*@}

    # dot-qmail(5): .qmail-EXT, or .qmail-a-default with DEFAULT set to what the "default" stands for.
    ext=$local default= file=/var/qmail/alias/.qmail-$ext
    if [ ! -e "$file" ]; then
        local prefix=$ext
        while [ ! -e "$file" ]; do
            case $prefix in *-*) prefix=${prefix%-*} ;; *) return 0 ;; esac
            file=/var/qmail/alias/.qmail-$prefix-default
            default=${ext#"$prefix"-}
        done
    fi

    while read -r command; do
        case $command in '|'*) ;; *) continue ;; esac
        local environment=(
            PATH=/usr/bin:/bin SHELL=/bin/sh HOME=/var/qmail/alias USER=alias SENDER="$sender" NEWSENDER="$sender"
            RECIPIENT="$recipient" LOCAL="$local" HOST="$host" HOST2="${host%.*}" HOST3="${host%.*}" HOST4="${host%.*}"
            EXT="$ext" EXT2="${ext#*-}" EXT3= EXT4= DTLINE="Delivered-To: $recipient"$'\n' RPLINE="Return-Path: <$sender>"$'\n'
            UFLINE="From ${sender:-MAILER-DAEMON} $(date '+%a %b %e %T %Y')"$'\n'
        )
        [ -z "$default" ] || environment+=(DEFAULT="$default")
        ( cd /var/qmail/alias && exec setpriv --reuid alias --regid alias --clear-groups env -i "${environment[@]}" \
            sh -c "${command#|}" < "$queue/$id.message" > "$queue/$id.output" 2>&1 )
        status=$?
        echo "$(date +%T) $id $recipient: $status $(cat "$queue/$id.output")" >> /var/log/qmail
        # qmail-command(8), EXIT CODES. A command that was killed "crashed", and is tried again.
        case $status in
            0) ;;
            99) break ;;
            100 | 64 | 65 | 70 | 76 | 77 | 78 | 112) cat "$queue/$id.output" "$queue/$id.message" >> /var/mail/customer; break ;;
            *) return 1 ;;
        esac
    done < "$file"
    return 0
}

case $1 in
prepare)
    printf 'alias:x:7020:7020::/var/qmail/alias:/usr/sbin/nologin\n' >> /etc/passwd
    printf 'alias:x:7020:\n' >> /etc/group
    install -d -o alias -g alias -m 2755 /var/qmail/alias
    install -d -m 0755 $queue
    ;;
start) ;;
inject)
    id=$(date +%s%N)
    { echo "Received: (qmail $$ invoked by uid 0); $(date -u '+%d %b %Y %T -0000')"; cat; } > "$queue/$id.message"
    printf '%s\n%s\n' "$2" "$3" > "$queue/$id.envelope"
    if deliver "$id"; then rm -f "$queue/$id".*; fi
    ;;
flush)
    for envelope in "$queue"/*.envelope; do
        [ -e "$envelope" ] || continue
        id=$(basename "$envelope" .envelope)
        if deliver "$id"; then rm -f "$queue/$id".*; fi
    done
    ;;
queued) find $queue -name '*.envelope' | wc -l ;;
bounces) cat /var/mail/customer 2>/dev/null || true ;;
log) cat /var/log/qmail 2>/dev/null ;;
esac
