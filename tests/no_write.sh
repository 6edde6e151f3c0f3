#!/bin/sh
# no_write.sh - nothing is ever written to a printer: no source knows how, and no datagram does.
# Every recording is played by the simulated fleet, read and walked; the fleet's log then holds all
# that was sent, and each datagram must be a Get, GetNext or GetBulk without values that names
# nothing forbidden. (Conversations in memory are inspected by tests/talk/liar.c.)
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C

build=${BRAYER_BUILD:-build/release}
farm=$build/tests/farm/farm brayer=$build/cli/brayer
work=$(mktemp -d) || exit 1
farm_pid=
trap '[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null; rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

verdict() { # verdict NAME FOUND: what was found is wrong
	if [ -n "$2" ]; then
		printf '%s\nfailed %s\n' "$2" "$1"
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
}

total() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}

# The tag of a SetRequest, as C or as octets of a string, and the words of other libraries for it.
pattern='(^|[^0-9A-Za-z_])(0[xX][aA]3|\\xa3|\\xA3|\\243|0243)([^0-9A-Za-z_]|$)|SNMP_MSG_SET|snmp_set|SET_REQUEST|PDU_SET'
fronts='cli collector forwarder nagios-checks collectd-plugin zabbix-module'
# shellcheck disable=SC2086
found=$(find shared $fronts -type f \( -name '*.c' -o -name '*.h' -o -name '*.inc' \) 2>/dev/null |
	grep -v 'charset_.*_table' | xargs grep -nE "$pattern" /dev/null |
	grep -v '/brother.c:.*{0xa3, REMAINING,') # the key of a record
verdict no-source-knows-a-SetRequest "$found"
printf 'x = 0xa3;\n' >"$work/bad.c"
verdict the-pattern-is-not-blind "$(grep -qE "$pattern" "$work/bad.c" || echo '0xa3 was not found')"

if [ ! -x "$farm" ] || [ ! -x "$brayer" ]; then
	echo "skipped no_write: $farm or $brayer is not built"
	skipped=1
	total
fi

# Forbidden names: our own list, and the never rows of the makers.
{
	printf '%s\n' 1.3.6.1.4.1.2699.1.1 1.3.6.1.6.3.15 1.3.6.1.6.3.16 1.3.6.1.6.3.18
	awk '$1 == "never" { print $2 }' mibs/*.mib
} >"$work/forbidden"

# inspect FILE: one line for each datagram that is not as it should be.
inspect() {
	awk '
	function octet(at) { return index(digits, substr(hex, 2 * at - 1, 1)) * 16 + index(digits, substr(hex, 2 * at, 1)) - 17 }
	function bad(why) { if (!told++) print FILENAME ":" FNR ": " why ": " hex }
	# Takes the header at `at`: sets tag, size, and at to the contents.
	function take(   n) {
		tag = octet(at); size = octet(at + 1); at += 2
		if (size > 128) { n = size - 128; size = 0; while (n-- > 0) size = size * 256 + octet(at++) }
		if (at + size - 1 > length(hex) / 2) { bad("cut"); size = 0 }
	}
	function ber(oid,   part, n, i, out, arc, text) {
		n = split(oid, part, "."); out = sprintf("%02x", part[1] * 40 + part[2])
		for (i = 3; i <= n; i++) {
			arc = part[i]; text = sprintf("%02x", arc % 128)
			while (arc >= 128) { arc = int(arc / 128); text = sprintf("%02x", arc % 128 + 128) text }
			out = out text
		}
		return out
	}
	BEGIN { digits = "0123456789abcdef" }
	FILENAME ~ /forbidden$/ { never[ber($1)] = $1; next }
	{
		hex = tolower($NF); at = 1; told = 0; datagrams++
		take(); end = at + size
		if (tag != 48 || end != length(hex) / 2 + 1) bad("no message")
		take(); if (tag != 2 || size != 1 || octet(at) > 1) bad("not v1 or v2c")
		at += size; take(); at += size          # community
		take(); if (tag != 160 && tag != 161 && tag != 165) bad("PDU of type " tag)
		for (i = 0; i < 3; i++) { take(); at += size }
		take(); if (at + size != end) bad("something behind the list")
		for (names = 0; at < end && !told; names++) {
			take(); if (tag != 48) bad("no varbind")
			take(); if (tag != 6) bad("no name")
			name = substr(hex, 2 * at - 1, 2 * size); at += size
			take(); if (tag != 5 || size != 0) bad("a value was sent")
			for (root in never)
				if (substr(name, 1, length(root)) == root) bad("below " never[root])
		}
		if (!names) bad("no name")
	}
	END { if (!datagrams) print "no datagram was logged" }' "$work/forbidden" "$1"
}

# The inspector must see each of these, and nothing wrong in the first.
head=02010104067075626c6963 name=06082b06010201010500
blind=
while read -r sent said; do
	echo "$sent" >"$work/sample"
	inspect "$work/sample" >"$work/found"
	if [ "$said" = fine ]; then
		blind=$blind$(cat "$work/found")
	else
		grep -q "$said" "$work/found" || blind="$blind
not seen: $said"
	fi
done <<SAMPLES
3026${head}a019020101020100020100300e300c${name}0500 fine
3026${head}a319020101020100020100300e300c${name}0500 PDU of type 163
3029${head}a01c0201010201000201003011300f${name}0403414243 a value was sent
3028${head}a11b0201010201000201003010300e060a2b06010401950b0101010500 below 1.3.6.1.4.1.2699.1.1
3018${head}a50b0201010201000201003000 no name
3028${head}a019020101020100020100300e300c${name}05000500 something behind
3026${head}a019020101020100020100300e300c${name} cut
SAMPLES
verdict the-inspector-is-not-blind "$blind"

# The fleet: every recording once.
set -- tests/recordings/*.snmprec
"$farm" -p 0 -n $# --log "$work/log" --for 300 "$@" >"$work/said" 2>"$work/why" &
farm_pid=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	grep -q '^ready' "$work/said" && break
	sleep 0.25
done
port=$(sed -n 's/^ready *//p' "$work/said")
if [ -z "$port" ]; then
	verdict farm "the farm did not start: $(cat "$work/why")"
	total
fi

i=0 wrong=
for recording; do
	i=$((i + 1))
	address=127.16.0.$i
	"$brayer" read --json "udp:$address:$port" >"$work/out" 2>&1 ||
		wrong="$wrong
read $recording: $(tail -n 1 "$work/out")"
	"$brayer" read --snmp 1 "udp:$address:$port" >"$work/out" 2>&1 ||
		wrong="$wrong
read --snmp 1 $recording: $(tail -n 1 "$work/out")"
	"$brayer" walk -o "$work/walk" "udp:$address:$port" >"$work/out" 2>&1 ||
		wrong="$wrong
walk $recording: $(tail -n 1 "$work/out")"
done
verdict everything-was-read "$wrong"
kill "$farm_pid" && wait "$farm_pid"
farm_pid=
verdict only-questions-were-sent "$(inspect "$work/log" | head -n 5)"
verdict the-fleet-saw-no-set "$(grep -q '"set": *0[,}]' "$work/said" || tail -n 1 "$work/said")"
verdict the-fleet-saw-nothing-forbidden "$(grep -q '"forbidden": *0[,}]' "$work/said" || tail -n 1 "$work/said")"
echo "$(wc -l <"$work/log") datagrams were inspected"
total
