#!/usr/bin/env bash
# The root of one laboratory: the host's files underneath, the mail system's package and all that is written on top, in
# memory. To be started in fresh namespaces (see LabRoot.cs); when this process ends, everything in it is gone.
#   hold.sh PACKAGE_TREE SHARED_FOLDER
set -euo pipefail
tree=$1 shared=$2
mount --make-rprivate /
mount -t tmpfs -o mode=0755 tmpfs "$shared/mnt"
cd "$shared/mnt"
mkdir upper work root
cp -a "$tree/." upper/
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
mount -t tmpfs -o mode=0755 tmpfs root/dev
for node in null zero full random urandom tty; do
    touch "root/dev/$node"
    mount --bind "/dev/$node" "root/dev/$node"
done
mkdir -m 1777 root/dev/shm
ln -s /proc/self/fd root/dev/fd
ln -s /proc/self/fd/0 root/dev/stdin
ln -s /lab/log root/dev/log
mount -t proc proc root/proc
mount -t tmpfs -o mode=1777 tmpfs root/tmp
mount -t tmpfs -o mode=0755 tmpfs root/run
mkdir -p root/lab root/old
mount --bind "$shared" root/lab
hostname mx.lab.test
ip link set lo up
cd root
pivot_root . old
umount -l /old
rmdir /old

# The accounts: pipe has the help desk's software, acct is a hosting account, customer gets what is bounced.
add() { grep -q "^$1:" /etc/passwd || echo "$1:x:$2:$2::$3:$4" >> /etc/passwd; grep -q "^$1:" /etc/group || echo "$1:x:$2:" >> /etc/group; mkdir -p "$3"; chown "$2:$2" "$3"; }
add pipe 7001 /var/lib/pipe /usr/sbin/nologin
add acct 7002 /home/acct /bin/sh
add customer 7003 /home/customer /bin/sh
mkdir -p /var/mail && chmod 1777 /var/mail
printf '127.0.0.1 mx.lab.test lab.test mail.lab.test localhost\n' > /etc/hosts
printf 'hosts: files\npasswd: files\ngroup: files\n' > /etc/nsswitch.conf
rm -f /etc/resolv.conf && : > /etc/resolv.conf
printf 'MAILER-DAEMON: postmaster\npostmaster: root\n' > /etc/aliases
chmod 0755 /lab
touch /lab/ready
# Standard input is a pipe from the tests: should they die, this ends, and everything in here with it.
exec cat >/dev/null
