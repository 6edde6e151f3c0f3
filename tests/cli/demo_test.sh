#!/bin/sh
# demo_test.sh - contrib/demo ends well, in time, without a terminal, and leaves nothing behind;
# contrib/setup, which leads to it, says what it is for.
# SPDX-License-Identifier: MIT
set -u

work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-demo-test.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
passed=0 failed=0
verdict() { # verdict NAME STATUS
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
	else
		echo "failed $1"
		failed=$((failed + 1))
	fi
}

TMPDIR=$work timeout 60 sh contrib/demo >"$work/said" 2>&1 </dev/null
rc=$?
[ $rc -eq 0 ] || sed 's/^/    /' "$work/said"
verdict 'exit status' $rc
# What the demo started has its TMPDIR.
tries=0
while grep -lsqF "TMPDIR=$work" /proc/[0-9]*/environ && [ $tries -lt 30 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
[ $tries -lt 30 ]
verdict 'its fleet has ended' $?
[ -z "$(find "$work" -name 'brayer-demo.*')" ]
verdict 'its files are gone' $?
for word in toner-magenta '"schema":"brayer.reading/1"' 'supplies\[4\].level' 'a wrong community looks the same' \
	'PRINTER CRITICAL: toner-magenta 8 %' '5 printers, 0 other agents' '5 printers: 2 critical, 2 warning'; do
	grep -q "$word" "$work/said"
	verdict "it shows $word" $?
done
[ "$(grep -c '^\$ ' "$work/said")" -ge 6 ]
verdict 'it shows its commands' $?
grep '^\$ ' "$work/said" | grep -v '^\$ .*/\(brayerd\{0,1\}\|check_printer_all\) .*--config [^ ]*/brayer\.conf'
verdict 'as they run, whole' $((!$?))

sh contrib/setup demo --help >"$work/said" 2>&1
verdict 'help is no mistake' $?
grep -q '^usage: sh contrib/setup' "$work/said" && ! grep -q 'Variables' "$work/said"
verdict 'and its own' $?
sh contrib/setup photocopy >"$work/said" 2>/dev/null
[ $? -eq 2 ] && [ ! -s "$work/said" ]
verdict 'a mistake is told on stderr' $?
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
