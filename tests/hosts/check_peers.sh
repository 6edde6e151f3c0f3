#!/bin/sh
# check_peers.sh - the verdicts of Debian's printer checks beside ours and beside that of a person who reads the
# panel, on the same simulated printers.
#
# Ours must be right on every row. Of the others nothing is demanded; the table tells. They know no port but 161,
# so this needs root, for a network namespace of its own.
# SPDX-License-Identifier: MIT
set -u

if [ -z "${BRAYER_PEERS_ALONE:-}" ]; then
	if [ "$(id -u)" -ne 0 ] || ! command -v ip >/dev/null || ! unshare -n true 2>/dev/null; then
		echo 'skipped the verdicts of other checks: needs root, unshare and ip, for port 161 (Debian: util-linux iproute2)'
		echo '0 passed, 0 failed, 1 skipped'
		exit 0
	fi
	BRAYER_PEERS_ALONE=yes exec unshare -n sh "$0" "$@"
fi
ip link set lo up
# shellcheck source=tests/nagios-checks/bed.sh disable=SC2154
. tests/nagios-checks/bed.sh
make_cases
mkdir "$work/empty"
export MIBS='' SNMP_PERSISTENT_DIR="$work/empty" PATH="$PATH:/usr/lib/nagios/plugins"

# PRINTER, the right state, and why. What a person would say who stands before it.
rows() {
	cat <<'END'
office O all is well
low W black toner at 15 %
critical C black toner at 3 %
flaps C black toner at 3 %, other levels no numbers
empty C magenta toner is empty
some O of the drum some is left
all_some O of everything some is left
alert_only W an alert says that black toner is low
mono_100_panel W the panel says Toner Low, the level 100 %
mono_some_panel W the panel says Toner Low, the level -3
mono_some_bit W the low toner bit is set
missing C the cyan cartridge is missing
zero_capacity O a cartridge of another maker, without a capacity
unit_other C cyan toner at 8 %, of unit other(1)
units_7_8 C drum at 8 % of so many sheets
no_unit W black toner at 12 %, of no unit
no_description C cyan toner at 7 %, no names
waste_15 O the waste box has room for 15 %
waste_full C the waste box is full
twice O the same cartridge in two rows
accents O names with accents
sleeping O it sleeps
cover C the cover is open
jam C paper is jammed
service W it calls for service
trays_empty C no paper anywhere
tray_empty_alert W one tray of two is empty
manual_alert O nothing in the manual feed
off U switched off
END
}
rows >"$work/rows"
set --
n=0 faults=
while read -r printer _; do
	n=$((n + 1))
	[ "$printer" != off ] || faults="--fault 127.16.87.$n:dead" printer=office
	set -- "$@" "$work/cases/$printer.snmprec"
done <"$work/rows"
# shellcheck disable=SC2086
"$build/tests/farm/farm" -b 127.16.87.1 -n $# -p 161 $faults "$@" >"$work/fleet" 2>&1 &
farms=$!
tries=0
until grep -q ready "$work/fleet" || [ $tries -ge 100 ]; do
	sleep 0.05
	tries=$((tries + 1))
done

letter() {
	case $1 in
	0) echo O ;;
	1) echo W ;;
	2) echo C ;;
	3) echo U ;;
	*) echo "x$1" ;;
	esac
}
verdict() { # verdict COMMAND...
	timeout 20 "$@" >/dev/null 2>&1
	letter $?
}
worse() { # worse A B: of two letters, OK < WARNING < UNKNOWN < CRITICAL
	for state in C U W; do
		case "$1$2" in
		*$state*) echo $state && return ;;
		esac
	done
	echo O
}
# peer NAME ADDRESS: its verdict as a letter; - where it is not here. check_printer is asked several times, since
# its answer depends on the order of a hash.
peer() {
	command -v "$1" >/dev/null || {
		echo -
		return
	}
	case $1 in
	check_hpjd) verdict check_hpjd -H "$2" ;;
	check_snmp) verdict check_snmp -H "$2" -o .1.3.6.1.2.1.43.11.1.1.9.1.1 -w 20: -c 10: ;;
	check_printer)
		for _ in $turns; do
			verdict check_printer -h "$2" -w 20 -c 10
		done | sort -u | tr -d '\n'
		echo
		;;
	check_printer_health)
		supplies=$(verdict check_printer_health --hostname "$2" --community public --mode supplies-status --warning 20: --critical 10:)
		hardware=$(verdict check_printer_health --hostname "$2" --community public --mode hardware-health)
		worse "$supplies" "$hardware"
		;;
	esac
}
peers='check_printer_health check_printer check_hpjd check_snmp'
for each in $peers; do
	command -v "$each" >/dev/null ||
		skip "$each: not here (Debian: monitoring-plugins-contrib monitoring-plugins-standard libfile-slurp-perl)"
done

printf '%-18s %-6s %-5s %-7s %-8s %-5s %-5s %s\n' printer right ours health printer hpjd snmp ''
n=0
: >"$work/right"
while read -r printer right why; do
	n=$((n + 1))
	t "$printer: $why"
	check all --config "$work/brayer.conf" -e 0 -H 127.16.87.$n
	sound classic 0
	ours=$(letter "$rc")
	demand "$right, not $ours" [ "$ours" = "$right" ]
	close_test
	line='' turns='1 2 3 4 5 6'
	[ "$printer" != off ] || turns=1
	for each in $peers; do
		got=$(peer "$each" 127.16.87.$n)
		[ "$got" != "$right" ] || echo "$each" >>"$work/right"
		line="$line $got"
	done
	[ "$ours" != "$right" ] || echo ours >>"$work/right"
	# shellcheck disable=SC2086
	printf '%-18s %-6s %-5s %-7s %-8s %-5s %-5s %s\n' "$printer" "$right" "$ours" $line "$why"
done <"$work/rows"
printf '\nright on %s printers:' $n
for each in ours $peers; do printf ' %s %s' "$each" "$(grep -cx "$each" "$work/right")"; done
printf '\n'
finish
