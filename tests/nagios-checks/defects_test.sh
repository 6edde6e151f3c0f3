#!/bin/sh
# defects_test.sh - what is wrong with the printer checks that Debian has, found by trying them, a test each: ours
# has none of it. Printers are of our own invention (cases/). complaints_test.sh has what users say.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016,SC2086
set -u
top=$PWD
# shellcheck source=tests/nagios-checks/bed.sh disable=SC2154
. tests/nagios-checks/bed.sh
make_cases

# Where the wire matters: .1 is switched off, .3 says one thing and no more, .4 to .6 know v1 only.
base=127.16.84
office=$work/cases/office.snmprec
farm $base.1 --fault $base.1:dead --fault $base.3:stall=1 --fault $base.4:v1-only --fault $base.5:v1-only --fault $base.6:v1-only \
	-- "$office" "$office" "$office" "$office" "$work/cases/no_printer.snmprec" "$work/cases/low.snmprec"
# wire NAME N OPTION...: the check of printer N there.
wire() {
	asked=$1 last=$2
	shift 2
	check "$asked" --config "$work/brayer.conf" -H "$base.$last" -p "$port" "$@"
	sound classic 0
}

# How many datagrams came there so far.
asked() {
	lines=$(wc -l <"$work/farm$base.1")
	kill -USR1 "$farm_pid"
	tries=0
	while [ "$(wc -l <"$work/farm$base.1")" -le "$lines" ] && [ $tries -lt 100 ]; do
		sleep 0.02
		tries=$((tries + 1))
	done
	sed -n '$s/.*"requests":\([0-9]*\).*/\1/p' "$work/farm$base.1"
}

# --- check_printer (monitoring-plugins-contrib) ---

t 'check_printer: -3 beside 3 % turns thresholds off, and its answer changes from run to run'
ask supplies flaps
state CRITICAL
says 'toner-black 3 %'
measures 'toner-black=3%;20:;10:'
cp "$work/out" "$work/first"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	ask supplies flaps
	demand 'the same answer each time' cmp -s "$work/first" "$work/out"
	state CRITICAL
done

t 'check_printer: -V ends with 0'
for each in all supplies status trays pages; do
	for option in -V --version; do
		check $each $option
		demand "check_printer_$each $option ends with 3" [ "$rc" -eq 3 ]
		demand 'one line' [ "$(wc -l <"$work/out")" -eq 1 ]
		demand 'nothing on stderr' [ ! -s "$work/err" ]
		matches '[0-9]'
	done
done

t 'check_printer: a wrong option is CRITICAL'
for wrong in --no-such-option -y '-w' '-w junk' '-w 20:10' '-c :' '--offline-state=maybe' '-t never' '-H' '--supply toner' \
	'--output-format=xml' '-P 4' 'one two'; do
	for each in all supplies; do
		# shellcheck disable=SC2086
		check $each -H walk:$work/cases/office.snmprec $wrong
		demand "$wrong ends with 3" [ "$rc" -eq 3 ]
		demand "$wrong is answered on stdout" [ -s "$work/out" ]
		demand "$wrong writes nothing to stderr" [ ! -s "$work/err" ]
	done
done
check supplies
demand 'no host is a wrong use' [ "$rc" -eq 3 ]
demand 'said on stdout' [ -s "$work/out" ]

t 'check_printer: warnings on stderr'
for printer in zero_capacity no_supplies no_printer hostile accents all_unknown; do
	ask all $printer
	ask all $printer -vvv
done

t 'check_printer: an empty URL in its answer'
ask supplies low
never 'http'

t 'check_printer: what an option or a printer says is run by a shell'
mkdir "$work/shell" && cd "$work/shell" || exit 1
for evil in '$(touch x)' '`touch x`' ';touch x' '|touch x' "'; touch x; '"; do
	for each in all supplies; do
		check $each -H "$evil" -t 1 --config "$work/brayer.conf"
		demand 'UNKNOWN' [ "$rc" -eq 3 ]
		check $each -H "walk:$work/cases/hostile.snmprec" -C "$evil" --include "$evil" --config "$work/brayer.conf"
	done
done
demand 'nothing was run' [ -z "$(ls)" ]
cd "$top" || exit 1

# --- check_printer_health (ConSol) ---

t 'check_printer_health: an active alert 1104 is not seen'
ask supplies alert_only
state WARNING
says 'toner-black low'
says 'alert marker-toner-almost-empty'
ask all alert_only
state WARNING

t 'check_printer_health: does not start without a Perl module'
env -i "$programs/check_printer_all" --config "$work/brayer.conf" -H "walk:$work/cases/office.snmprec" \
	>"$work/out" 2>"$work/err" </dev/null
rc=$?
sound classic 0
state OK

t 'check_printer_health: supplies of level -3 are hidden'
ask supplies some
state OK
says '7 supplies'
ask supplies some -v
state OK
matches 'drum [a-z ]*some'
ask supplies flaps -v
matches 'waste-toner [a-z ]*some'

t 'check_printer_health: a dead host takes 15 s, whatever was asked for'
for state in ok warning critical unknown; do
	wire all 1 -e 0 --offline-state=$state
	state "$(echo $state | tr '[:lower:]' '[:upper:]')"
done
# Asked as often as was wanted, and then no more: that is what its time is made of, 300 ms for each.
before=$(asked)
wire all 1 -e 3
state UNKNOWN
demand '4 questions' [ $(($(asked) - before)) -eq 4 ]
wire all 1
state UNKNOWN
demand 'and 2 more' [ $(($(asked) - before)) -eq 6 ]
# Its own end comes, though more attempts are allowed than time: 10 retries of 300 ms.
for state in ok warning critical unknown; do
	wire all 1 -e 10 -t 400ms --timeout-state=$state --offline-state=$state
	state "$(echo $state | tr '[:lower:]' '[:upper:]')"
done
wire all 3 -e 10 -t 400ms --timeout-state=warning --offline-state=ok
state WARNING
never 'idle'

t 'check_printer_health: alerts are known by English and German words'
ask status sleeping
state OK
ask status sleeping -v
state OK
ask status own_code
state WARNING
ask supplies alert_only
says 'toner-black low'

# --- check_hpjd (monitoring-plugins) ---

t 'check_hpjd: any other printer is CRITICAL by a time out'
for printer in office mono; do
	ask all $printer
	state OK
	never 'timeout'
	never 'time out'
done

t 'check_hpjd: noSuchName of v1 is told as a time out'
wire all 4 -P 1
state OK
wire supplies 6 -P 1
state WARNING
wire all 5 -P 1
state UNKNOWN
never 'no answer'

t 'check_hpjd: an unreachable host takes 6 s that nobody can set'
check status --config "$work/brayer.conf" -H 127.0.0.1 -p 9 -t 2
sound classic 0
state UNKNOWN
check status --config "$work/brayer.conf" -H nobody.invalid -t 2
sound classic 0
state UNKNOWN

t 'check_hpjd: text of a printer overruns a buffer'
long=$(awk 'BEGIN { for (i = 0; i < 1100; i++) printf "x" }')
for table in 43.11.1.1.6.1.1 43.16.5.1.2.1.1 43.18.1.1.8.1.1 43.8.2.1.13.1.1 25.3.2.1.3.1 1.1.0; do
	{
		grep -v "^1.3.6.1.2.1.$table|" "$work/cases/alert_only.snmprec"
		echo "1.3.6.1.2.1.$table|4|$long"
	} >"$work/cases/long.snmprec"
	for each in all supplies status trays; do
		for options in '' -v -vv; do
			# shellcheck disable=SC2086
			ask $each long $options
			demand 'below 4 KB' [ "$(wc -c <"$work/out")" -lt 4096 ]
			demand 'a verdict' [ "$rc" -lt 3 ]
		done
	done
done

# --- check_snmp 3.0.3 (monitoring-plugins) ---

t 'check_snmp: 10 is read as ~:10'
ask supplies office -w 10 -c 100
state WARNING
ask pages office -w 12344
state WARNING
ask pages office -w 12345
state OK
# -3 is no number below zero, and no number at all.
ask supplies all_some -w 0:100 -c 0:100
state OK
ask supplies all_some -w 10 -c 10
never '-3'

t 'check_snmp: a range that ends before it begins'
for range in 20:10 '' : @ junk 10x 10:20:30 '@20:10' '~' 1e 0x10 nan inf; do
	check supplies -H "walk:$work/cases/office.snmprec" -w "$range"
	demand "-w '$range' ends with 3" [ "$rc" -eq 3 ]
	demand 'nothing on stderr' [ ! -s "$work/err" ]
done

t 'check_snmp: a wrong -w is told as a wrong critical'
check supplies -H "walk:$work/cases/office.snmprec" -w junk
matches 'warning|-w'
never 'critical'
check supplies -H "walk:$work/cases/office.snmprec" -c junk
matches 'critical|-c'
never 'warning'

t 'check_snmp: mp-test-json aborts with 20:'
if command -v python3 >/dev/null; then
	for printer in office critical flaps hostile accents; do
		check supplies --config "$work/brayer.conf" -H "walk:$work/cases/$printer.snmprec" -w 20: -c 10: --output-format mp-test-json
		sound mp-test-json 0
		demand 'JSON with state, summary and checks' python3 - "$work/out" <<'END'
import json, sys
answer = json.load(open(sys.argv[1], encoding="utf-8"))
assert answer["state"] in ("OK", "WARNING", "CRITICAL", "UNKNOWN"), answer
assert isinstance(answer["checks"], list) and answer["checks"], answer
def branch(check):
    assert check["state"] in ("OK", "WARNING", "CRITICAL", "UNKNOWN"), check
    assert isinstance(check["output"], str), check
    for measured in check.get("perfdata", []):
        assert measured["label"] and measured["value"]["type"], measured
        for word in ("warn", "crit"):
            assert measured[word]["start"]["value"] in ("20", "10", "5"), measured
            assert measured[word]["end"] == "inf" and not measured[word]["alert_on_inside"], measured
    for below in check.get("checks", []):
        branch(below)
for check in answer["checks"]:
    branch(check)
END
	done
else
	skip 'mp-test-json: needs python3'
fi

t 'check_snmp: parts of the answer in reverse order'
ask supplies office -vv
sed -n 's/.*\(toner-[a-z]*\|waste-toner\|drum\|fuser\).*/\1/p' "$work/out" | sed 1d >"$work/order"
printf '%s\n' toner-black toner-cyan toner-magenta toner-yellow waste-toner drum fuser >"$work/wanted"
demand 'as the printer has them' cmp -s "$work/order" "$work/wanted"

t 'check_snmp: the threshold 0: vanishes from the performance data'
ask supplies office -w 0: -c 0:
state OK
measures 'toner-black=80%;0:;0:'
ask supplies office -w @0:5.5 -c '~:100'
measures 'toner-black=80%;@0:5.5;~:100'

t 'all of them: a check loads what it does not need'
if command -v ldd >/dev/null && ldd "$programs/check_printer_all" >"$work/needed" 2>&1; then
	demand 'not linked' sh -c '! grep -qE "curl|xml|crypto|ssl|sqlite|netsnmp|perl" "$1"' sh "$work/needed"
	for each in all supplies status trays pages; do
		LD_DEBUG=files LD_DEBUG_OUTPUT=$work/loaded "$programs/check_printer_$each" --config "$work/brayer.conf" \
			-H $base.2 -p "$port" >"$work/out" 2>"$work/err"
		rc=$?
		cat "$work"/loaded.* >"$work/loaded" 2>/dev/null
		rm -f "$work"/loaded.*
		demand 'the loader tells' grep -q 'libc' "$work/loaded"
		demand 'not loaded' sh -c '! grep -qE "lib(curl|xml|crypto|ssl|sqlite|netsnmp)" "$1"' sh "$work/loaded"
	done
else
	skip 'what a check loads: no ldd here'
fi

finish
