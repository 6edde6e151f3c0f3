#!/bin/sh
# manual_test.sh - the manuals of the checks against the program: options; examples are executed.
#
# printer.example of the examples is a simulated printer on loopback.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent

build=${BRAYER_BUILD:-build/release}
case $build in /*) ;; *) build=$(pwd)/$build ;; esac
passed=0 failed=0 farm_pid=
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-manual.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM
verdict() { # verdict NAME STATUS
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
	else
		echo "failed $1"
		failed=$((failed + 1))
	fi
}

"$build/tests/farm/farm" -b 127.16.78.1 -p 0 tests/recordings/brother_mfc-color.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
tries=0
while ! grep -q '^ready' "$work/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
port=$(sed -n 's/^ready *//p' "$work/farm")

options_of() { # options_of PAGE...: "-w, --warning RANGE", one a line
	sed -n 's/^\.It Fl \([a-zA-Z]\|\\&?\) , Fl -\([a-z-]*\)/-\1, --\2/p; s/^\.It Fl -\([a-z-]*\)/--\1/p' "$@" |
		sed 's/ Ns .*//; s/ Ar .*//' | sort -u
}
for check in supplies status trays pages alive all; do
	name=check_printer_$check
	pages=docs/man/$name.1
	[ $check != all ] || pages="$pages docs/man/check_printer_supplies.1 docs/man/check_printer_status.1
		docs/man/check_printer_trays.1 docs/man/check_printer_pages.1"
	"$build/nagios-checks/$name" --help |
		sed -n 's/^  \(-[a-zA-Z], \|    \)\(--[a-z-]*\).*/\1\2/p' | sed 's/^ *//' | sort -u >"$work/help"
	# shellcheck disable=SC2086
	options_of docs/man/brayer-checks.7 $pages >"$work/manual"
	diff -u "$work/help" "$work/manual"
	verdict "$name: options of help and manual" $?
	[ "$(wc -l <"$work/help")" -gt 20 ]
	verdict "$name: options were found" $?

	sed -n '/^\.Bd/,/^\.Ed/s/^check_/check_/p' docs/man/$name.1 >"$work/examples"
	[ "$(wc -l <"$work/examples")" -ge 3 ]
	verdict "$name: there are examples" $?
	while read -r example; do
		line=$(printf '%s\n' "$example" | sed "s/printer\.example/127.16.78.1:$port/")
		said=$(PATH="$build/nagios-checks:$PATH" sh -c "$line" 2>"$work/stderr" </dev/null)
		code=$?
		[ $code -le 2 ] && [ ! -s "$work/stderr" ] && [ -n "$said" ]
		verdict "$example: $code $said $(cat "$work/stderr")" $?
	done <"$work/examples"
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
