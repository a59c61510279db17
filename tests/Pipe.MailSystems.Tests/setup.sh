#!/usr/bin/env bash
# Gets the mail systems for the laboratory: downloads Debian's packages and unpacks each into a folder of its own, so that
# they do not get into each other's way and nothing is installed. To be run as root, once; what is there already stays.
set -uo pipefail
cd "$(dirname "$0")/../.."
target=$PWD/artifacts/mail-systems
[ "$(id -u)" = 0 ] || { echo "the mail systems are skipped: not root" >&2; exit 0; }
command -v apt-get >/dev/null || { echo "the mail systems are skipped: no apt-get" >&2; exit 0; }

# name: what it is made of. Libraries that are missing here come along.
systems=(
    "exim: exim4-daemon-light exim4-base"
    "postfix: postfix"
    "sendmail: sendmail-bin sendmail-base sendmail-cf m4 liblockfile1"
    "opensmtpd: opensmtpd"
    "courier: courier-mta courier-base courier-authdaemon courier-authlib"
    "procmail: postfix procmail"
    "maildrop: postfix maildrop courier-authlib"
    "fetchmail: fetchmail"
    "getmail: getmail6"
    "hosting: exim4-daemon-light exim4-base php-cli php-cgi"
)
# Packages that the ones above only mention, and that would replace files of the host underneath.
unwanted='^(exim4-config|libgnutls|gnutls-bin|gamin|cron|cron-daemon-common|adduser|debconf|ssl-cert|libc6|libc-bin|perl|ucf|lsb-base|sysvinit-utils|openssl)'

updated=no missing=0
for system in "${systems[@]}"; do
    name=${system%%:*}
    read -ra packages <<<"${system#*:}"
    [ -e "$target/$name.done" ] && continue
    if [ $updated = no ]; then
        apt-get update -q -o Acquire::Retries=3 >/dev/null 2>&1
        updated=yes
    fi

    folder=$(mktemp -d)
    chmod 755 "$folder"
    mapfile -t needed < <(apt-get -s install --reinstall --no-install-recommends "${packages[@]}" 2>/dev/null |
        sed -nE 's/^Inst ([^ ]+).*/\1/p' | grep -vE "$unwanted")
    if ! (cd "$folder" && apt-get download -q -o Acquire::Retries=3 "${packages[@]}" "${needed[@]}" >/dev/null 2>"$folder/errors"); then
        echo "$name is skipped: $(grep -m1 -E '^E:' "$folder/errors" || echo 'its packages cannot be downloaded')" >&2
        missing=1
        rm -rf "$folder"
        continue
    fi

    # The folders that are links into /usr everywhere else are links here too; a folder would hide the host's.
    rm -rf "${target:?}/$name"
    mkdir -p "$target/$name"/usr/{bin,sbin,lib,lib64}
    for link in bin sbin lib lib64; do ln -s "usr/$link" "$target/$name/$link"; done
    for package in "$folder"/*.deb; do
        dpkg-deb --fsys-tarfile "$package" | tar -xp --keep-directory-symlink --no-overwrite-dir -C "$target/$name"
    done
    rm -rf "$folder" "$target/$name/usr/share/doc" "$target/$name/usr/share/man"
    touch "$target/$name.done"
done

# Where CI promises them, a mail system that is not tried is a failure.
[ $missing = 0 ] || [ "${CI:-false}" != true ]
