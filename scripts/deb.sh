#!/usr/bin/env bash
# Makes the Debian package of a built program: deb.sh VERSION ARCH BFF WEB OUT. WEB is the folder of the built web client.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
[[ $# -eq 5 ]] || die "usage: deb.sh VERSION ARCH BFF WEB OUT"
version=$1 arch=$2 program=$3 web=$4 out=$5
command -v dpkg-deb >/dev/null || install_packages dpkg

umask 022
root=$(mktemp -d)
chmod 0755 "$root"
trap 'rm -rf "$root"' EXIT
install -D -m 0755 "$program" "$root/usr/bin/bff"
install -d "$root/usr/lib/systemd/system"
install -m 0644 deploy/systemd/* "$root/usr/lib/systemd/system/"
install -d "$root/usr/lib/sysusers.d" "$root/usr/share/renzheng" "$root/usr/share/doc/renzheng" "$root/DEBIAN"
echo 'u renzheng - "Renzheng" /var/lib/renzheng' >"$root/usr/lib/sysusers.d/renzheng.conf"
cp -r "$web" "$root/usr/share/renzheng/web"
cp deploy/registries.json deploy/policy.json deploy/notices.json "$root/usr/share/renzheng/"
cp LICENSE "$root/usr/share/doc/renzheng/copyright"
gzip -9nc CHANGELOG.md >"$root/usr/share/doc/renzheng/changelog.gz"
# Secrets of a package are in /etc/renzheng, not in /run/secrets as in a container.
install -d -m 0750 "$root/etc/renzheng"
sed -e 's|/run/secrets|/etc/renzheng|g; s|^# BFF_WEB_FOLDER=.*|# BFF_WEB_FOLDER=/usr/share/renzheng/web|' \
  -e 's|^# Sample settings for compose.yaml.*|# Settings of the server. docs/configuration.md lists all of them.|; /^# A secret is named as/d; /^# Without containers:/,$d' \
  deploy/bff.env >"$root/etc/renzheng/bff.env"
cat >>"$root/etc/renzheng/bff.env" <<'EOF'

# The embedded database, unless it is a server; and the keys that bff keys generate makes.
BFF_DATABASE=sqlite:/var/lib/renzheng/renzheng.db
BFF_KEYS=/etc/renzheng/keys.json
BFF_REGISTRIES=/etc/renzheng/registries.json
BFF_LISTEN=127.0.0.1:8080
# What a restored database has forgotten. Never put it back together with the database.
BFF_STATE_DIR=/var/lib/renzheng-state
EOF
chmod 0640 "$root/etc/renzheng/bff.env"

cat >"$root/DEBIAN/control" <<EOF
Package: renzheng
Version: $version
Architecture: $arch
Maintainer: Renzheng <root@localhost>
Section: net
Priority: optional
Depends: ca-certificates, adduser | systemd
Recommends: mariadb-server, mariadb-client
Installed-Size: $(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f1)
Description: identity check for company registration
 A server that checks who a person is, shows what a registration authority
 asks of them, and seals their answer.
EOF
echo /etc/renzheng/bff.env >"$root/DEBIAN/conffiles"
cat >"$root/DEBIAN/postinst" <<'EOF'
#!/bin/sh
set -e
[ "$1" = configure ] || exit 0
if command -v systemd-sysusers >/dev/null; then
  systemd-sysusers renzheng.conf
elif ! getent passwd renzheng >/dev/null; then
  adduser --system --group --home /var/lib/renzheng --no-create-home renzheng
fi
chgrp renzheng /etc/renzheng /etc/renzheng/bff.env
[ -e /var/backups/renzheng ] || install -d -o renzheng -g renzheng -m 0700 /var/backups/renzheng
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  # An upgrade goes on with the new program; a first installation waits until it is configured.
  [ -z "$2" ] || systemctl try-restart renzheng.service
fi
EOF
cat >"$root/DEBIAN/prerm" <<'EOF'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  systemctl --no-reload disable --now renzheng.service renzheng-backup.timer
fi
EOF
chmod 0755 "$root/DEBIAN/postinst" "$root/DEBIAN/prerm"
find "$root" -exec touch -h -d "@${SOURCE_DATE_EPOCH:-0}" {} +
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-0} dpkg-deb --root-owner-group -Zgzip --build "$root" "$out" >/dev/null
