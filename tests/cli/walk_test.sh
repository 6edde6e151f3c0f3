#!/bin/sh
# walk_test.sh - brayer walk as a person runs it: files, exit codes, what is refused.
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

walk() { # ARGUMENT...: what it said is in out and err, how it ended in code
	"$brayer" walk "$@" >"$here/out" 2>"$here/err"
	code=$?
}

printer=tests/recordings/hp_color_mfp.snmprec

walk "walk:$printer"
check 'a walk ends well' [ "$code" -eq 0 ]
check 'its head says of what' grep -qx "# brayer walk of walk:$printer" "$here/out"
check 'its head says when' grep -q '^# 2023-11-14T22:13:20Z, brayer ' "$here/out"
check 'jobs are not in it' [ "$(grep -c '^1\.3\.6\.1\.4\.1\.11\.2\.3\.9\.4\.2\.1\.1\.6\.' "$here/out")" -eq 0 ]
check 'all the rest is' [ "$(grep -c '^1\.3\.6\.1\.2\.1\.43\.' "$here/out")" -eq \
	"$(grep -c '^1\.3\.6\.1\.2\.1\.43\.' "$printer")" ]

walk "walk:$printer" --output "$here/one"
check 'a file is written' [ "$code" -eq 0 ]
check 'and nothing else is said on stdout' [ ! -s "$here/out" ]
check 'nor left beside it' [ -z "$(find "$here" -name '*.tmp')" ]
walk "walk:$here/one" --output "$here/two"
check 'a walk of a walk is that walk' [ "$(grep -v '^#' "$here/one" | cksum)" = "$(grep -v '^#' "$here/two" | cksum)" ]

"$brayer" read --json "walk:$printer" 2>&1 | sed 's/"target":"[^"]*"//; s/"time":"[^"]*"//; s/"questions":[0-9]*//' >"$here/a"
"$brayer" read --json "walk:$here/one" 2>&1 | sed 's/"target":"[^"]*"//; s/"time":"[^"]*"//; s/"questions":[0-9]*//' >"$here/b"
check 'it reads as the printer did' cmp -s "$here/a" "$here/b"

walk --scrub "walk:$printer"
check 'a scrubbed walk ends well' [ "$code" -eq 0 ]
check 'it names neither serial nor host nor place nor target' \
	[ "$(grep -c -i -e MADEUP1202 -e printer-12 -e 'Copy room' -e hp_color_mfp "$here/out")" -eq 0 ]
check 'it still names the model' grep -q 'HP Color LaserJet Flow E87660' "$here/out"

walk "walk:$printer" 1.3.6.1.2.1.1
check 'a subtree that is named is walked alone' [ "$(grep -v '^#' "$here/out" | grep -vc '^1\.3\.6\.1\.2\.1\.1\.')" -eq 0 ]
walk "walk:$printer" 1.3.6.1.2.1.43.10.2.1.4.1.1
check 'an instance may be named' [ "$(grep -vc '^#' "$here/out")" -eq 1 ]

for oid in 1.3.6.1.4.1.2699.1.1 1.3.6.1.4.1.2699.1.1.1.2 1.3.6.1.6.3.15.1 1.3.6.1.4.1.11.2.3.9.4.2.1.1.6.5; do
	walk "walk:$printer" "$oid" --output "$here/never"
	check "$oid is refused" [ "$code" -eq 2 ]
	check "$oid is refused with a reason" grep -q "^brayer: $oid is never walked, because" "$here/err"
	check "$oid leaves no file" [ ! -e "$here/never" ]
done

walk "walk:$printer" --max-rows 10
check 'a walk that is cut says so' [ "$code" -eq 1 ]
check 'and where' grep -q '^brayer: stopped after 10 rows, at 1\.3\.6\.' "$here/err"
check 'and has what came' [ "$(grep -vc '^#' "$here/out")" -eq 10 ]
check 'and tells its reader' grep -q '^# stopped after 10 rows' "$here/out"

walk
check 'a target must be named' [ "$code" -eq 2 ]
walk "walk:$printer" sysDescr
check 'a name is no OID' [ "$code" -eq 2 ]
walk "walk:$printer" --max-rows none
check 'rows are counted in numbers' [ "$code" -eq 2 ]
walk "walk:$here/absent"
check 'an absent recording is nothing' [ "$code" -eq 3 ]
walk "walk:$printer" 1.3.6.1.2.1.99
check 'an absent subtree is nothing' [ "$code" -eq 3 ]
walk "walk:$printer" --output "$here/no/such/place"
check 'what cannot be written is nothing' [ "$code" -eq 3 ]
walk "walk:$here/absent" --output "$here/no/such/place"
check 'and is told before anybody is asked' grep -q "^brayer: $here/no/such/place: cannot be written" "$here/err"

echo keep >"$here/old"
walk "walk:$here/absent" --output "$here/old"
check 'a walk that fails leaves the old file' [ "$(cat "$here/old")" = keep ]
mkfifo "$here/pipe"
walk "walk:$printer" --output "$here/pipe"
check 'what is no file is not replaced' [ -p "$here/pipe" ]
check 'and told' [ "$code" -eq 3 ]
echo keep >"$here/two.tmp"
chmod 600 "$here/two"
walk "walk:$printer" --output "$here/two"
check 'the file keeps its rights' [ "$(stat -c %a "$here/two")" = 600 ]
check 'a file beside it is left alone' [ "$(cat "$here/two.tmp")" = keep ]
together=
for n in 1 2 3 4; do
	"$brayer" walk "walk:$printer" --output "$here/together" 2>"$here/err$n" || : >"$here/broken" &
	together="$together $!"
done
# shellcheck disable=SC2086
wait $together
check 'four walks to one file do not disturb each other' [ ! -e "$here/broken" ]
check 'and leave it whole' [ "$(grep -v '^#' "$here/together" | cksum)" = "$(grep -v '^#' "$here/one" | cksum)" ]

walk --help
check 'help ends well' [ "$code" -eq 0 ]
check 'help lists the options' [ "$(grep -c -e --scrub -e --output -e --max-rows -e --deadline "$here/out")" -eq 4 ]

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
