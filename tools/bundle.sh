#!/bin/sh
# One Debian package of the program for a machine without a network, and the list of packages it needs there.
#   bundle.sh BINARY FOLDER             writes kasane_VERSION_ARCH.deb and packages.txt into FOLDER
#   bundle.sh BINARY FOLDER --packages  and makes FOLDER/packages from which apt installs it all (needs a network)
# The list is that of this machine's Debian release; the other machine must run the same one.
set -eu

[ $# -ge 2 ] || { echo "usage: bundle.sh BINARY FOLDER [--packages]" >&2; exit 2; }
binary=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
fetch=${3:-}
cd "$(dirname "$0")/.."

version=$(sed -n 's/^project(kasane VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
arch=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root

# What the program needs besides its libraries: letters for PDF, and adduser for its account.
further="fonts-ipaexfont-gothic, adduser"

lay_out() {
  install -D -m 0755 "$binary" "$root/usr/bin/kasane"
  strip "$root/usr/bin/kasane"
  install -D -m 0644 packaging/kasane.service "$root/lib/systemd/system/kasane.service"
  mkdir -p "$root/usr/share/kasane" "$root/usr/share/doc/kasane"
  cp -r municipalities "$root/usr/share/kasane/"
  cp -r docs/operators docs/staff README.md SECURITY.md CHANGELOG.md THIRD_PARTY_NOTICES.md packaging/kasane.toml.example packaging/nginx.conf.example "$root/usr/share/doc/kasane/"
  cp LICENSE "$root/usr/share/doc/kasane/copyright"
  chmod -R u=rwX,go=rX "$root"
}

# The packages that hold the libraries the binary is linked with, at least in the versions it was built with.
libraries() {
  mkdir -p "$work/debian"
  printf 'Source: kasane\nPackage: kasane\nArchitecture: any\n' >"$work/debian/control"
  (cd "$work" && dpkg-shlibdeps -O -e"$root/usr/bin/kasane" 2>/dev/null) | sed -n 's/^shlibs:Depends=//p'
}

control() {
  install -D -m 0755 packaging/deb/postinst "$root/DEBIAN/postinst"
  install -m 0755 packaging/deb/prerm "$root/DEBIAN/prerm"
  cat >"$root/DEBIAN/control" <<CONTROL
Package: kasane
Version: $version
Architecture: $arch
Section: web
Priority: optional
Maintainer: Kasane
Depends: $1, $further
Description: Kasane: records and meetings of a municipality's 重層的支援体制整備事業
 One program with its own web server; data in SQLite files or PostgreSQL.
CONTROL
}

# Names alone, with everything that these need in turn.
with_their_own() {
  printf '%s' "$1" | tr ',' '\n' | sed 's/|.*//; s/(.*//; s/ //g' | sort -u >"$work/names"
  # shellcheck disable=SC2046
  apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances $(cat "$work/names") |
    grep '^[a-z0-9]' | sed 's/:.*//' | sort -u
}

lay_out
needed=$(libraries)
[ -n "$needed" ] || { echo "bundle.sh: dpkg-shlibdeps found no libraries (package dpkg-dev)" >&2; exit 1; }
control "$needed"
dpkg-deb --root-owner-group --build "$root" "$out/kasane_${version}_$arch.deb" >/dev/null
with_their_own "$needed, $further" >"$out/packages.txt"
echo "$out/kasane_${version}_$arch.deb"
echo "$out/packages.txt: $(wc -l <"$out/packages.txt") packages"

if [ "$fetch" = --packages ]; then
  mkdir -p "$out/packages"
  cd "$out/packages"
  # Virtual names have no candidate of their own; whatever provides them is in the list itself.
  while read -r name; do
    apt-cache policy "$name" | grep -q 'Candidate: [^(]' && echo "$name"
  done <"$out/packages.txt" | xargs apt-get download -q
  cp "$out/kasane_${version}_$arch.deb" .
  dpkg-scanpackages --multiversion . >Packages 2>/dev/null
  echo "$out/packages: $(ls ./*.deb | wc -l) files"
fi
