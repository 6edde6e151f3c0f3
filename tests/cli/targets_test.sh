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

check 'and it is told why' grep -q 'is a pipe, and nothing came from it' "$here/err"
(sleep 0.3 && cat "$here/list") >"$here/pipe" &
writer=$!
exec 3<"$here/pipe"
timeout 60 "$brayer" read --json --targets /dev/fd/3 >"$here/out" 2>"$here/err"
check 'a list from a pipe' [ $? -eq 0 ]
exec 3<&-
wait $writer
check 'is read to its end' [ "$(wc -l <"$here/out")" -eq 2 ]
tail -n 9 "$here/list" | "$brayer" read --json --targets /dev/stdin >"$here/out" 2>"$here/err"
check 'a list by the name of standard input' [ "$(wc -l <"$here/out")" -eq 2 ]
tail -n +1 $printer | "$brayer" read --json walk:/dev/stdin >"$here/out" 2>"$here/err"
check 'a recording from a pipe' grep -q 'TTP999CE' "$here/out"
echo 127.16.99.1 | timeout 60 "$brayer" discover -q -f /dev/stdin --passes 1 --wait 10ms --port 1 >"$here/out" 2>"$here/err"
check 'a list of ranges from a pipe' [ ! -s "$here/err" ]
"$brayer" read --config /dev/null "walk:$printer" >"$here/out" 2>"$here/err"
check 'no configuration at all' [ $? -eq 0 ]

# What is quoted is one line, in the characters of the reader.
{ printf 'a\033[2Jb\377\300'; head -c 3000 /bin/sh | tr -d '\n'; } >"$here/binary"
for command in 'read --targets=' 'discover --file=' 'read walk:' 'doctor walk:' 'read --config=' 'makers --config=' 'status --store='; do
	for locale in C C.UTF-8; do
		set -- "${command% *}" "${command#* }$here/binary"
		LC_ALL=$locale "$brayer" "$@" </dev/null >"$here/out" 2>&1
		code=$?
		check "$command binary: refused" [ $code -ne 0 ]
		check "$command binary: it says so" [ -s "$here/out" ]
		check "$command binary: without controls, as $locale" [ "$(tr -d '\040-\377\n' <"$here/out" | wc -c)" -eq 0 ]
		if [ $locale = C ]; then
			check "$command binary: in ASCII" [ "$(tr -d '\000-\177' <"$here/out" | wc -c)" -eq 0 ]
		else
			iconv -f UTF-8 -t UTF-8 <"$here/out" >/dev/null 2>&1
			check "$command binary: in UTF-8" [ $? -eq 0 ]
		fi
	done
done

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
