#!/bin/sh
# many_test.sh - brayer read with many targets: all at once, the dead told, recordings first.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C

build=${BRAYER_BUILD:-build/release}
brayer=$build/cli/brayer
passed=0 failed=0 farm_pid=
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-many.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

base=127.16.79
# The third is dead; every other one is a print server with two printers.
"$build/tests/farm/farm" -b $base.1 -n 6 -p 0 --fault $base.3:dead \
	tests/recordings/hp_mono.snmprec tests/recordings/printserver_two.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
tries=0
: >>"$work/farm"
while ! grep -q '^ready' "$work/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
port=$(sed -n 's/^ready *//p' "$work/farm")
mkdir "$work/mibs.d"
umask 077
printf '[brayer]\nmibs = %s/mibs.d\n[profile default]\ntimeout = 400ms\nretries = 1\n' "$work" >"$work/brayer.conf"

so() {
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $name:"
		sed 's/^/    /' "$work/out" "$work/err" | cut -c 1-160
	fi
}
ask() {
	"$brayer" read --config "$work/brayer.conf" "$@" >"$work/out" 2>"$work/err" </dev/null
	rc=$?
}
of() { # of COUNT PATTERN FILE
	[ "$(grep -c -e "$2" "$3")" -eq "$1" ]
}

seq 1 6 | sed "s/^/$base./;s/\$/:$port/" >"$work/list"
ask --json --targets "$work/list" walk:tests/recordings/tsc_label.snmprec
name='status with a dead one'
so [ $rc -eq 1 ]
name='a document for each printer, and for the dead one' # .2 .4 .6 are two printers each, .1 .5 one
so of 10 '^{"schema":' "$work/out"
name='the dead one says so'
so of 1 "$base.3:$port.*\"reachable\":false" "$work/out"
so of 1 "^brayer: udp:$base.3:$port: no answer\$" "$work/err"
name='the recording first'
so sh -c "head -n 1 '$work/out' | grep -q walk:tests/recordings/tsc_label"
name='each target once'
so sh -c "[ \"\$(grep -o '\"target\":\"[^\"]*\"' '$work/out' | sort | uniq -d | wc -l)\" -eq 0 ]"

ask --json "$base.2:$port#1" "$base.2:$port#2" "$base.1:$port"
name='two printers of one address by themselves'
so [ $rc -eq 0 ]
so of 3 '^{"schema":' "$work/out"

ask "$base.1:$port" "$base.5:$port"
name='tables'
so [ $rc -eq 0 ]
so of 2 '^supplies' "$work/out"

ask --json 127.0.0.1:1 127.0.0.1:2 nothing.invalid
name='nothing to be read'
so [ $rc -eq 3 ]
so of 2 'refused: nothing listens there' "$work/err"
so of 1 'does not resolve' "$work/err"

ask --json "$base.1:$port" "$base.1:$port"
name='the same target twice'
so of 2 '^{"schema":' "$work/out"

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
