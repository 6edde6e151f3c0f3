#!/bin/sh
# manual_test.sh - brayer.1 against the program: options, commands, exit statuses; examples are executed.
#
# printer.example of the examples is a simulated printer on loopback.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C

build=${BRAYER_BUILD:-build/release}
case $build in /*) ;; *) build=$(pwd)/$build ;; esac
brayer=$build/cli/brayer
farm=$build/tests/farm/farm
page=docs/man/brayer.1
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

# The options of the help texts, which are the table's, and those of the manual.
for command in '' read walk doctor makers status history forecast; do
	# shellcheck disable=SC2086
	"$brayer" help $command
done | sed -n 's/^  \(-[a-zA-Z], \|    \)\(--[a-z-]*\)\( [^ ]*\)\{0,1\}  .*/\1\2\3/p' | sed 's/^ *//; s/ *$//' | sort -u >"$work/help"
sed -n 's/^\.It Fl \([a-zA-Z]\) , Fl -\([a-z-]*\)/-\1, --\2/p; s/^\.It Fl -\([a-z-]*\)/--\1/p' "$page" |
	sed 's/ Ar / /' | sort -u >"$work/manual"
diff -u "$work/help" "$work/manual"
verdict 'options of help and manual' $?
[ "$(wc -l <"$work/help")" -gt 10 ]
verdict 'options were found' $?

"$brayer" help | sed -n '/^commands/,/^$/s/^  \([a-z]*\) .*/\1/p' | sort >"$work/help"
sed -n '/^The commands are/,/^\.El/s/^\.It Cm //p' "$page" | sort >"$work/manual"
diff -u "$work/help" "$work/manual"
verdict 'commands of help and manual' $?

sed -n '/^enum cli_exit/,/^}/s/.* = \([0-9]\),.*/\1/p' cli/cli.h >"$work/code"
sed -n '/^\.Sh EXIT STATUS/,/^\.El/s/^\.It //p' "$page" >"$work/manual"
diff -u "$work/code" "$work/manual"
verdict 'exit statuses of cli.h and manual' $?

# The printer, a list of printers, and a profile.
"$farm" -b 127.16.77.1 -p 0 tests/recordings/brother_hl-mono.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
tries=0
while ! grep -q '^ready' "$work/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
printer=127.16.77.1:$(sed -n 's/^ready *//p' "$work/farm")
mkdir "$work/bin" "$work/mibs.d" "$work/config" "$work/config/brayer"
ln -s "$brayer" "$work/bin/brayer"
printf '[brayer]\nmibs = %s/mibs.d\n[profile default]\nversion = 2c\n[profile office]\nversion = 2c\ncommunity = public\n' \
	"$work" >"$work/config/brayer/brayer.conf"
chmod 0600 "$work/config/brayer/brayer.conf"
echo "$printer" >"$work/printers.txt"

sed -n 's/^\.Dl \$ //p' "$page" | sed "s/printer\.example/$printer/g" >"$work/examples"
while IFS= read -r example; do
	# A printer is there, so even the one for a silent printer ends with 0.
	(cd "$work" && PATH=$work/bin:$PATH XDG_CONFIG_HOME=$work/config HOME=$work sh -c "$example" \
		>"$work/said" 2>&1 </dev/null)
	rc=$?
	[ $rc -eq 0 ] || sed 's/^/    /' "$work/said"
	grep -qi brother "$work/said" || [ -s "$work/printer.snmprec" ] || rc=1
	verdict "example: $example" $rc
done <"$work/examples"
[ "$(wc -l <"$work/examples")" -ge 8 ]
verdict 'examples were found' $?

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
