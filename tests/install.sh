#!/bin/sh
# install.sh - installs into a stage: the list of files is tests/install.list, what is text names
# the places where things are, and uninstall takes away what install put there and nothing else.
# BRAYER_GOLDEN=1 rewrites the list.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C
unset MAKEFLAGS MFLAGS MAKELEVEL O T V VARIANT WERROR

build=${BRAYER_BUILD:-build/release}
mkdir -p "$build" && build=$(cd "$build" && pwd) || exit 1
stage=$build/stage
passed=0 failed=0
verdict() { # verdict NAME STATUS
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $1"
	fi
}
finish() {
	echo "$passed passed, $failed failed, 0 skipped"
	[ "$failed" -eq 0 ]
	exit
}
run_make() {
	"${MAKE:-make}" -s CC="${CC:-cc}" B="$(dirname "$build")" DESTDIR="$stage" "$@"
}

rm -rf "$stage"
run_make PREFIX=/usr install >"$build/install.said"
verdict 'make install' $?
[ "$failed" -eq 0 ] || finish
(cd "$stage" && find . ! -type d -printf '%m %P %l\n' | sed 's/ $//; s/^777/link/' | sort -k 2) >"$build/install.list"
if [ "${BRAYER_GOLDEN:-}" = 1 ]; then
	cp "$build/install.list" tests/install.list
fi
diff -u tests/install.list "$build/install.list"
verdict 'the list of files: if that is meant, make golden' $?
grep -q 'man 8 brayerd' "$build/install.said"
verdict 'where to read on is said' $?
if command -v systemd-sysusers >/dev/null && [ "$(id -u)" -eq 0 ]; then
	mkdir -p "$stage/etc" && systemd-sysusers --root="$stage" >"$build/install.said" 2>&1 &&
		systemd-tmpfiles --root="$stage" --create >>"$build/install.said" 2>&1
	verdict 'sysusers.d and tmpfiles.d are understood' $?
	group=$(sed -n 's/^brayer-checks:[^:]*:\([0-9]*\):.*/\1/p' "$stage/etc/group")
	[ "$(stat -c '%a %g' "$stage/etc/brayer/secrets.d")" = "750 $group" ]
	verdict 'secrets.d is for the collector and the checks' $?
fi

# Elsewhere. What was built for /etc is good enough: -o has nothing made.
rm -rf "$stage"
elsewhere() {
	run_make -o all PREFIX=/opt/b SBINDIR=/opt/s SYSCONFDIR=/opt/etc "$@"
}
elsewhere install >"$build/install.said"
verdict 'make install, elsewhere' $?
grep -rIn '/etc/brayer' "$stage" | grep -v '/opt/etc/brayer'
verdict 'no text names the usual /etc' $((!$?))
grep -rIn '/usr/sbin' "$stage"
verdict 'no text names the usual sbin' $((!$?))
grep -q '^ExecStart=/opt/s/brayerd --config /opt/etc/brayer/brayer.conf$' "$stage/opt/b/lib/systemd/system/brayerd.service"
verdict 'the unit starts what is there' $?
grep -q '^d /opt/etc/brayer/secrets.d ' "$stage/opt/b/lib/tmpfiles.d/brayer.conf"
verdict 'secrets.d is made where it is looked for' $?
grep -rInoE '(docs|contrib)/[A-Za-z.-]*' "$stage/opt/b/share/man"
verdict 'no manual names a directory of the source' $((!$?))
grep -rIho '/opt/b/share/doc/brayer/[A-Za-z0-9./-]*[a-z0-9]' "$stage" | sort -u >"$build/install.said"
missing=0
while read -r named; do
	[ -e "$stage$named" ] || { echo "$named"; missing=$((missing + 1)); }
done <"$build/install.said"
[ -s "$build/install.said" ] && [ "$missing" -eq 0 ]
verdict 'what manuals name is there' $?

# And away: but for what the site put there, and a neighbour's.
echo '# ours' >"$stage/opt/etc/brayer/mibs.d/site.mib"
echo neighbour >"$stage/opt/b/share/man/man1/neighbour.1"
elsewhere uninstall
verdict 'make uninstall' $?
[ "$(cd "$stage" && find . -type f | sort | tr '\n' ' ')" = './opt/b/share/man/man1/neighbour.1 ./opt/etc/brayer/mibs.d/site.mib ' ]
verdict 'of its files none is left, and of others all' $?
rm "$stage/opt/etc/brayer/mibs.d/site.mib"
elsewhere uninstall
[ -z "$(find "$stage" -name brayer)" ]
verdict 'of its directories none is left' $?
mkdir -p "$stage/opt/etc/brayer/mibs.d"
elsewhere DESTDIR="tests/../$(realpath --relative-to=. "$stage")" uninstall
[ ! -e "$stage/opt/etc/brayer" ]
verdict 'nor with a relative DESTDIR' $?
rm -rf "$stage"
finish
