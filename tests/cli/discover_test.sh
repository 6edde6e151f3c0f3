#!/bin/sh
# discover_test.sh - brayer discover against the simulated fleet: formats, resuming, interrupting, mistakes.
#
# BRAYER_GOLDEN=1 (make golden) rewrites tests/golden/discover/.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC1003,SC2016
set -u
export LC_ALL=C.UTF-8 HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent NO_COLOR=1

build=${BRAYER_BUILD:-build/release}
brayer=$build/cli/brayer
golden=tests/golden/discover
page=docs/man/brayer-discover.1
passed=0 failed=0 farm_pid=
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-discover.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

base=127.16.79
set --
for name in brother_mfc-color canon_lbp hp_mono kyocera_mono printserver_two tsc_label xerox_mono; do
	set -- "$@" tests/recordings/$name.snmprec
done
# One that says things which mean something to a shell, to Nagios, Icinga and YAML.
hostile='A"B $(id) `id` $HOSTNAME$ ;|&<>!{} \'
for name in 1.1.0 1.6.0 25.3.2.1.3.1; do
	printf '1.3.6.1.2.1.%s|4|%s\n' $name "$hostile"
done >"$work/hostile.snmprec"
printf '1.3.6.1.2.1.25.3.5.1.1.1|2|3\n1.3.6.1.2.1.43.5.1.1.17.1|4|MADEUP999\n' >>"$work/hostile.snmprec"
set -- "$@" "$work/hostile.snmprec"
: >"$work/farm"
"$build/tests/farm/farm" -b $base.1 -n 8 -k 3 -p 0 -c public --fault $base.7:v1-only --fault $base.19:stall=1 "$@" >"$work/farm" 2>&1 &
farm_pid=$!
tries=0
while ! grep -q '^ready' "$work/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
port=$(sed -n 's/^ready *//p' "$work/farm")
mkdir "$work/mibs.d" "$work/out"
umask 077
printf '[brayer]\nmibs = %s/mibs.d\n[profile default]\nversion = 2c\ntimeout = 200ms\nretries = 1\n[profile wrong]\nversion = 2c\ncommunity = not-the-one\n' \
	"$work" >"$work/brayer.conf"

verdict() { # verdict NAME STATUS
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
	else
		echo "failed $1"
		sed 's/^/    /' "$work/said"
		failed=$((failed + 1))
	fi
}
discover() { "$brayer" discover --config "$work/brayer.conf" --port "$port" --rate 0 --wait 200ms "$@"; }

# expect NAME STATUS TEXT ARGUMENT...: TEXT is looked for in both outputs.
expect() {
	name=$1 want=$2 text=$3
	shift 3
	discover "$@" >"$work/said" 2>&1 </dev/null
	rc=$?
	[ $rc -eq "$want" ] && grep -qF -e "$text" "$work/said"
	verdict "$name (exit status $rc, wanted $want and \"$text\")" $?
}

for format in table jsonl targets brayerd nagios icinga collectd zabbix; do
	discover --quiet --ping none -o $format $base.0-18 2>"$work/said" | sed "s/\([:-]\)$port/\1PORT/g; s/port: '$port'/port: 'PORT'/; s/  *$//" >"$work/out/$format.txt"
done
sed -i 's/  */ /g' "$work/out/table.txt" # the width of a column depends on the port
if [ "${BRAYER_GOLDEN:-}" = 1 ]; then
	mkdir -p $golden
	cp "$work"/out/* $golden/
fi
for format in table jsonl targets brayerd nagios icinga collectd zabbix; do
	diff -u $golden/$format.txt "$work/out/$format.txt" >"$work/said"
	verdict "golden $format" $?
done

discover --quiet --ping none -o nagios $base.22 >"$work/said" 2>&1
grep -q '^	alias  *A B  (id)' "$work/said" && ! grep -q '["$`;|&<>!\\]' "$work/said"
verdict 'nothing is left for the shell of a notification' $?
discover --quiet --ping none -o icinga $base.22 >"$work/said" 2>&1
grep -qF 'display_name = "A\"B  (id) `id`  HOSTNAME  ;|&<>!{} \\ (A\"B' "$work/said"
verdict 'quotes and backslashes are quoted, and a dollar is none' $?
discover --quiet --ping none -o zabbix $base.22 >"$work/said" 2>&1
grep -qF 'name: "A\"B $(id) `id` $HOSTNAME$ ;|&<>!{} \\ (A\"B' "$work/said"
verdict 'what YAML takes apart is quoted' $?
{
	printf '[collector]\nstore = %s/store.db\nhealth = %s/health.json\n' "$work" "$work"
	discover --quiet --ping none -o brayerd $base.0-18
} >"$work/brayerd.conf" 2>"$work/said"
"$build/collector/brayerd" --check --config "$work/brayerd.conf" >"$work/said" 2>&1
verdict 'the collector takes what is written for it' $?

expect 'all well' 0 '4 printers' $base.1-12
expect 'v1 only' 0 '"snmp":"1"' -o jsonl $base.7
expect 'print server' 0 '#2' $base.13
expect 'a printer that then falls silent' 1 'a printer, but it was not read' $base.17-21
expect 'quick reads nothing' 0 '1 printers' --quick $base.10
expect 'nobody' 3 '0 printers' $base.2-3
expect 'excluded' 3 '0 printers' --exclude $base.1 $base.0-2
expect 'second profile' 0 '"profile":"default"' -o jsonl --profile wrong --profile default $base.1
expect 'wrong profile alone' 3 '0 printers' -p wrong $base.1
expect 'all: who is no printer' 0 'alive, no SNMP' --all $base.1-2
expect 'configuration is of printers only' 0 'printer-127.16.79.1' --all -o nagios $base.1-2
printf '# list\n%s\n!%s\n' $base.1-5 $base.4 >"$work/list"
expect 'list' 0 '1 printers' --file "$work/list"
discover --file - <"$work/list" >"$work/said" 2>&1
verdict 'list on stdin' $?
sed 's/^!.*/!nonsense/' "$work/list" | discover --file - >"$work/said" 2>&1
[ $? -eq 2 ] && grep -q 'stdin:3: nonsense' "$work/said"
verdict 'a mistake in a pipe' $?
discover --file - <"$work/list" 2>/dev/null | cat >"$work/said"
[ "$(wc -l <"$work/said")" -eq 2 ]
verdict 'one printer, one row' $?
[ "$(discover --quiet $base.1 2>&1 >/dev/null | wc -c)" -eq 0 ]
verdict 'quiet is quiet' $?

expect 'no range' 2 'A range is missing'
expect 'no such range' 2 'is neither an address' printer.example
expect 'too many' 2 '--limit says that it is meant' 10.0.0.0/7
expect 'nothing left' 2 'no address is left' --exclude $base.0/24 $base.1
expect 'a mistyped format' 2 'did you mean nagios?' -o nagois $base.1
expect 'a bad rate' 2 '--rate is a number' --rate fast $base.1
expect 'a bad wait' 2 '--wait is a time' --wait 3 $base.1
expect 'a bad ping' 2 '--ping is auto, only or none' --ping yes $base.1
expect 'no such interface' 2 'there is no such interface' --neighbours none-such
expect 'no such profile' 2 'none-such' --profile none-such $base.1
expect 'a bad list' 2 "$work/bad:2: 1.2.3" --file "$(printf '%s\n1.2.3\n' $base.1 >"$work/bad" && echo "$work/bad")"

# Broken off, it keeps its place; continued, it finds the rest and says all of it.
"$brayer" discover --config "$work/brayer.conf" --port "$port" --wait 200ms --rate 100 --passes 1 --ping none \
	--resume "$work/state" $base.0-99 >"$work/first" 2>"$work/said" &
pid=$!
sleep 0.6
kill -INT $pid
wait $pid
rc=$?
[ $rc -eq 1 ] || [ $rc -eq 3 ]
verdict "interrupted (exit status $rc)" $?
grep -q '^brayer: interrupted: ' "$work/said" && [ -s "$work/state" ] && ! grep -q public "$work/state"
verdict 'the state is kept, without secrets' $?
# What lies where it writes is not written into: here another name of somebody's file.
echo precious >"$work/precious"
sh -c 'ln "$1/precious" "$1/state3.$$.tmp" && shift && exec "$@"' sh "$work" \
	"$brayer" discover --config "$work/brayer.conf" --port "$port" --wait 200ms --rate 100 --passes 1 \
	--ping none --resume "$work/state3" $base.0-99 >"$work/first3" 2>"$work/said" &
pid=$!
sleep 0.6
kill -INT $pid
wait $pid
[ "$(cat "$work/precious")" = precious ] && [ -s "$work/state3" ]
verdict "the state goes into no other's file" $?
expect 'another search' 2 'is of another search' --passes 1 --ping none --resume "$work/state" $base.0-98
{ cat "$work/state" && echo 'found nonsense 0 1'; } >"$work/state2"
expect 'a damaged line' 2 'is damaged' --passes 1 --ping none --resume "$work/state2" $base.0-99
discover --passes 1 --ping none --resume "$work/state" -o targets $base.0-99 >"$work/second" 2>"$work/said"
[ "$(sed 's/#.*//' "$work/second" | sort -u | wc -l)" -eq 6 ]
verdict 'continued: all are there' $?
asked=$(sed -n 's/.*; \([0-9]*\) datagrams.*/\1/p' "$work/said")
[ "${asked:-0}" -gt 0 ] && [ "$asked" -lt 95 ]
verdict "continued: not from the beginning (${asked:-?} datagrams)" $?
[ ! -e "$work/state" ]
verdict 'the state is gone at the end' $?
echo garbage >"$work/state"
expect 'a file that is something else' 2 'is not a file of brayer discover' --resume "$work/state" $base.1
printf 'brayer discover 1\nrange 1\n' >"$work/state"
expect 'a damaged file' 2 'is damaged' --resume "$work/state" $base.1

# The manual has the options that help has.
"$brayer" help discover | sed -n 's/^  \(-[a-zA-Z], \|    \)\(--[a-z-]*\)\( [^ ]*\)\{0,1\}  .*/\1\2\3/p' | sed 's/^ *//; s/ *$//; s/\.\.\.//' | sort -u >"$work/help"
sed -n 's/^\.It Fl \([a-zA-Z]\) , Fl -\([a-z-]*\)/-\1, --\2/p; s/^\.It Fl -\([a-z-]*\)/--\1/p' $page | sed 's/ Ar / /' | sort -u >"$work/manual"
diff -u "$work/help" "$work/manual" >"$work/said"
verdict 'options of help and manual' $?

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
