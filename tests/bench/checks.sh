#!/bin/sh
# checks.sh - what a check costs, beside Debian's checks and snmpget -v3, on the same printers in the same minute;
# and the verdicts side by side.
#
# Gates nothing: it ends with 0 and says MISSED where a target of docs/PERFORMANCE.md was missed.
# ROUNDS=5 medians of so many rounds; RUNS=20 turns of a command in a round (those in Perl: 3). The way of
# bench.sh, which has the readings themselves.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C
unset XDG_CONFIG_HOME

build=${BRAYER_BUILD:-build/release}
rounds=${ROUNDS:-5} runs=${RUNS:-20}
checks=$build/nagios-checks pairs=$build/tests/bench/pairs
missed=0 home='' fleet='' agent=''

skip() { echo "skipped $1"; }

# A network of our own where we may: port 161 is free there, and most of the others know no other port.
if [ "$(id -u)" -eq 0 ] && [ -z "${BRAYER_BENCH_ALONE:-}" ]; then
	if unshare -n true 2>/dev/null && command -v ip >/dev/null; then
		BRAYER_BENCH_ALONE=yes exec unshare -n sh "$0" "$@"
	fi
	skip 'a network namespace: not allowed here; other traffic may disturb the figures'
fi
[ "${BRAYER_BENCH_ALONE:-}" != yes ] || ip link set lo up

for program in "$checks/check_printer_all" "$pairs" "$build/tests/farm/farm" "$build/tests/bench/v3_agent"; do
	[ -x "$program" ] || {
		skip "checks: $program was not built"
		exit 0
	}
done
home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-bench.XXXXXX") || exit 0
stop() { # stop PID: ends what we started, and waits for it
	[ -n "$1" ] || return 0
	kill "$1" 2>/dev/null
	wait "$1" 2>/dev/null
}
# shellcheck disable=SC2317
clean() {
	stop "$fleet"
	stop "$agent"
	rm -rf "$home"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM
mkdir "$home/empty" "$home/mibs.d"
export MIBS='' SNMP_PERSISTENT_DIR="$home/empty" HOME="$home/empty" # nobody's own configuration
export PATH="$PATH:/usr/lib/nagios/plugins"
printf '[brayer]\nmibs = %s/mibs.d\n' "$home" >"$home/brayer.conf"
cat >"$home/v3.conf" <<'END'
[profile default]
version = 3
user = bench
auth = SHA-256
auth-password = auth-password
priv = AES-128
priv-password = priv-password
END
chmod 600 "$home"/*.conf

row() {
	[ "$7" != MISSED ] || missed=$((missed + 1))
	printf '%-42s %10s  %-24s %11s %7s  %-9s %s\n' "$1" "$2" "$3" "$4" "$5" "$6" "$7"
}
heading() {
	printf '\n%s\n' "$1"
	row '' ours beside theirs ratio target ''
}
judge() { # judge VALUE LIMIT
	[ -n "$2" ] || return 0
	awk -v value="$1" -v limit="$2" 'BEGIN { print (value ~ /^[0-9.]+$/ && value + 0 <= limit + 0) ? "met" : "MISSED" }'
}
tab=$(printf '\t')
field() { printf '%s\n' "$1" | cut -f "$2"; }

# A limit is of CPU, ours by theirs, as the issue of the checks has them.
limit_of() {
	case $1 in
	check_hpjd) echo 0.25 ;;
	check_printer) echo 0.0222 ;;
	check_printer_health) echo 0.0125 ;;
	snmpget-v3) echo 0.5 ;;
	esac
}
# compare FIGURE FILE MEMORY: rows of pairs, ours first; MEMORY is the most that ours may take, in KiB, or nothing.
compare() {
	ours=$(sed -n 1p "$2")
	status=$(field "$ours" 9)
	[ "$status" -lt 3 ] || {
		row "$1" "exit $status" '' '' '' '' MISSED
		return
	}
	sed 1d "$2" >"$home/rows"
	while IFS="$tab" read -r name wall _ _ cpu rss wall_ratio cpu_ratio status; do
		limit=$(limit_of "$name")
		[ "$status" -lt 3 ] || name="$name (exit $status)"
		row "$1, CPU" "$(field "$ours" 5) us" "$name" "$cpu us" "$cpu_ratio" "${limit:+<= $limit}" "$(judge "$cpu_ratio" "$limit")"
		row "$1, wall" "$(field "$ours" 2) us" "$name" "$wall us" "$wall_ratio" '' ''
		row "$1, peak memory" "$(field "$ours" 6) KiB" "$name" "$rss KiB" '' '' ''
	done <"$home/rows"
	row "$1, peak memory" "$(field "$ours" 6) KiB" '' '' '' "${3:+<= $3}" "$(judge "$(field "$ours" 6)" "$3")"
}

wait_ready() {
	tries=0
	until grep -q ready "$1" 2>/dev/null || [ "$tries" -ge 100 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
}
printers='brother_hl-mono hp_mono hp_color_mfp'
set --
for printer in $printers; do set -- "$@" "tests/recordings/$printer.snmprec"; done
port=161 peers='check_hpjd check_snmp check_printer check_printer_health'
[ "$(id -u)" -eq 0 ] || port=$((20000 + $$ % 12000)) peers=
"$build/tests/farm/farm" -b 127.16.0.1 -n 3 -p $port "$@" >"$home/fleet" 2>&1 &
fleet=$!
v3port=$((32000 + $$ % 600))
"$build/tests/bench/v3_agent" -b 127.16.0.1 -n 3 -p $v3port "$@" 2>"$home/agent" &
agent=$!
wait_ready "$home/fleet"
wait_ready "$home/agent"
grep -q ready "$home/fleet" || {
	cat "$home/fleet"
	skip 'checks: the simulated fleet does not start'
	exit 0
}

# The words after a peer's name, of the printer at $1.
words_of() {
	case $2 in
	check_hpjd) echo "-H $1" ;;
	check_snmp) echo "-H $1 -o .1.3.6.1.2.1.43.11.1.1.9.1.1 -w 20: -c 10:" ;;
	check_printer) echo "-h $1 -w 20 -c 10" ;;
	check_printer_health) echo "--hostname $1 --community public --mode supplies-status" ;;
	esac
}
beside() { # beside PRINTER ADDRESS
	quick='' slow=''
	for peer in $peers; do
		words=$(words_of "$2" "$peer")
		# shellcheck disable=SC2086
		if ! command -v "$peer" >/dev/null; then
			skip "$peer: not here (Debian: monitoring-plugins-standard monitoring-plugins-contrib)"
		elif [ -z "$("$peer" $words 2>/dev/null)" ]; then
			skip "$peer: it says nothing here (Debian: libfile-slurp-perl)"
		elif [ "${peer#check_printer}" = "$peer" ]; then
			quick="$quick :: $peer $(command -v "$peer") $words"
		else
			slow="$slow :: $peer $(command -v "$peer") $words"
		fi
	done
	heading "a whole printer by v2c, start to exit: $1"
	set -- "$checks/check_printer_all" --config "$home/brayer.conf" -H "$2" -p $port
	# shellcheck disable=SC2086
	"$pairs" -n "$rounds" -r "$runs" all "$@" $quick >"$home/pairs"
	compare check_printer_all "$home/pairs" 3072
	[ -n "$slow" ] || return 0
	# shellcheck disable=SC2086
	"$pairs" -n "$rounds" -r 3 all "$@" $slow >"$home/pairs"
	compare check_printer_all "$home/pairs" ''
}
each_check() {
	heading 'each check by v2c beside /bin/true'
	for each in supplies status trays pages all; do
		"$pairs" -n "$rounds" -r "$runs" "$each" "$checks/check_printer_$each" --config "$home/brayer.conf" -H 127.16.0.2 \
			-p $port :: true /bin/true >"$home/pairs"
		compare "check_printer_$each" "$home/pairs" 3072
	done
}
by_v3() {
	heading 'a whole printer by v3, authPriv with SHA-256 and AES-128'
	command -v snmpget >/dev/null || {
		skip 'snmpget: not here (Debian: snmp)'
		return
	}
	n=0
	for printer in $printers; do
		n=$((n + 1))
		"$pairs" -n "$rounds" -r "$runs" v3 "$checks/check_printer_all" --config "$home/v3.conf" -H 127.16.0.$n -p $v3port \
			:: snmpget-v3 snmpget -v3 -l authPriv -u bench -a SHA-256 -A auth-password -x AES -X priv-password \
			-On 127.16.0.$n:$v3port .1.3.6.1.2.1.1.1.0 >"$home/pairs"
		compare "$printer" "$home/pairs" ''
	done
}
instructions() {
	heading 'instructions in user space, by callgrind'
	command -v valgrind >/dev/null || {
		skip 'instructions: valgrind is not here (Debian: valgrind)'
		return
	}
	for each in supplies status trays pages all; do
		count=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$checks/check_printer_$each" \
			--config "$home/brayer.conf" -H 127.16.0.2 -p $port 2>&1 >/dev/null | sed -n 's/.*Collected : //p')
		row "check_printer_$each" "${count:-?}" '' '' '' '' ''
	done
}

echo "machine   $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), Linux $(uname -r), load $(cut -d' ' -f1 /proc/loadavg)"
echo "medians   of $rounds rounds (of each the lower quartile of $runs turns); ratio: ours by theirs, round by round"
[ -n "$peers" ] || skip 'the checks of others: not root, so no port 161'
n=0
for printer in $printers; do
	n=$((n + 1))
	beside "$printer" 127.16.0.$n
done
each_check
by_v3
instructions
stop "$fleet"
stop "$agent"
fleet='' agent=''
printf '\nverdicts\n'
sh tests/hosts/check_peers.sh
echo
if [ "$missed" -gt 0 ]; then
	echo "MISSED: $missed of the targets, see above"
else
	echo 'every target that could be measured is met'
fi
exit 0
