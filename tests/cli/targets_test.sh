#!/bin/sh
# targets_test.sh - lists of targets as they come: from elsewhere, without an end, from no file.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C SOURCE_DATE_EPOCH=1700000000

brayer=${BRAYER_BUILD:-build/release}/cli/brayer
here=$(mktemp -d) || exit 1
trap 'rm -rf "$here"' EXIT
passed=0 failed=0
HOME=$here XDG_CONFIG_HOME=$here
export HOME XDG_CONFIG_HOME

check() { # NAME CONDITION...
	name=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $name: $*"
	fi
}

printer=tests/recordings/tsc_label.snmprec
printf '# from elsewhere\r\n\r\n  walk:%s \r\n\twalk:%s' "$printer" "$printer" >"$here/list"

"$brayer" read --json - <"$here/list" >"$here/out" 2>"$here/err"
check 'a list of another system is read' [ $? -eq 0 ]
check 'to its last line without an end' [ "$(wc -l <"$here/out")" -eq 2 ]

timeout 60 "$brayer" read - </dev/zero >"$here/out" 2>"$here/err"
check 'a list without an end is a mistake' [ $? -eq 2 ]
check 'and told' grep -qx 'brayer: stdin: is larger than [0-9]* bytes' "$here/err"

"$brayer" read - <&- >"$here/out" 2>"$here/err"
check 'no standard input is a mistake' [ $? -eq 2 ]
check 'with the reason' grep -qx 'brayer: stdin: cannot be read: Bad file descriptor' "$here/err"

mkfifo "$here/pipe"
timeout 60 "$brayer" read --targets "$here/pipe" >"$here/out" 2>"$here/err"
check 'nobody waits for a pipe' [ $? -eq 2 ]

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
