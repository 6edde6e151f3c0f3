#!/bin/sh
# bench.sh - what a reading costs, beside what others need for the same, in the same minute.
#
# Gates nothing: it ends with 0 and says MISSED where a target of docs/PERFORMANCE.md was missed.
# ROUNDS=5 medians of so many rounds; RUNS=40 turns of a command in a round (slow peers: 3).
# BRAYER_BENCH: sources of the reference programs (../shared/bench), built into build/bench/ if there.
# BRAYER_CORPUS: recordings of real printers (../shared/corpus). Both are left out aloud where absent.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C NO_COLOR=1
unset XDG_CONFIG_HOME

build=${BRAYER_BUILD:-build/release}
sources=${BRAYER_BENCH:-../shared/bench} corpus=${BRAYER_CORPUS:-../shared/corpus}
rounds=${ROUNDS:-5} runs=${RUNS:-40}
brayer=$build/cli/brayer pairs=$build/tests/bench/pairs inside=$build/tests/bench/inside
missed=0 home='' fleet='' snmpd='' exporter=''

skip() { echo "skipped $1"; }

# A network of our own where we may: port 161 is free there, and nothing leaves the machine.
if [ "$(id -u)" -eq 0 ] && [ -z "${BRAYER_BENCH_ALONE:-}" ]; then
	if unshare -n true 2>/dev/null && command -v ip >/dev/null; then
		BRAYER_BENCH_ALONE=yes exec unshare -n sh "$0" "$@"
	fi
	skip 'a network namespace: not allowed here; other traffic may disturb the figures'
fi
[ "${BRAYER_BENCH_ALONE:-}" != yes ] || ip link set lo up

home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-bench.XXXXXX") || exit 0
stop() { # stop PID: ends what we started, and waits for it
	[ -n "$1" ] || return 0
	kill "$1" 2>/dev/null
	wait "$1" 2>/dev/null
	tries=0
	while kill -0 "$1" 2>/dev/null && [ "$tries" -lt 50 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
}
# shellcheck disable=SC2317
clean() {
	stop "$fleet"
	stop "$snmpd"
	stop "$exporter"
	rm -rf "$home"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM
mkdir "$home/empty"

for program in "$brayer" "$pairs" "$inside"; do
	[ -x "$program" ] || {
		skip "bench: $program was not built"
		exit 0
	}
done

# --- the table: figure, ours, peer, theirs, ratio, target, verdict ---

row() {
	case $7 in
	MISSED) missed=$((missed + 1)) ;;
	esac
	printf '%-42s %12s  %-24s %12s %7s  %-8s %s\n' "$1" "$2" "$3" "$4" "$5" "$6" "$7"
}
heading() {
	printf '\n%s\n' "$1"
	row '' ours 'beside' theirs ratio target ''
}
# judge VALUE LIMIT: met or MISSED; no limit, no verdict. What is no number was not measured.
judge() {
	[ -n "$2" ] || return 0
	case $1 in
	'' | *[!0-9.]*) echo MISSED && return ;;
	esac
	awk -v value="$1" -v limit="$2" 'BEGIN { print (value + 0 <= limit + 0) ? "met" : "MISSED" }'
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b }'; }
# figure NAME VALUE UNIT LIMIT: one with a ceiling of its own.
figure() { row "$1" "$2 $3" '' '' '' "${4:+<= $4}" "$(judge "$2" "$4")"; }
tab=$(printf '\t')
field() { printf '%s\n' "$1" | cut -f "$2"; }

# compare FIGURE FILE LIMITS: rows of pairs' output, ours first. LIMITS: "peer=most peer=most", of wall and CPU.
compare() {
	ours=$(sed -n 1p "$2")
	if [ "$(field "$ours" 9)" != 0 ]; then
		row "$1" "exit $(field "$ours" 9)" '' '' '' '' MISSED
		return
	fi
	sed 1d "$2" | while IFS="$tab" read -r name wall _ _ cpu rss wall_ratio cpu_ratio status; do
		limit=
		for pair in $3; do [ "${pair%%=*}" != "$name" ] || limit=${pair#*=}; done
		[ "$status" -lt 3 ] || name="$name (exit $status)" # 1 and 2 are a check's verdicts
		echo "$name$tab$wall$tab$cpu$tab$rss$tab$wall_ratio$tab$cpu_ratio$tab$limit"
	done >"$home/rows"
	while IFS="$tab" read -r name wall cpu rss wall_ratio cpu_ratio limit; do
		row "$1, wall" "$(field "$ours" 2) us" "$name" "$wall us" "$wall_ratio" "${limit:+<= $limit}" "$(judge "$wall_ratio" "$limit")"
		row "$1, CPU" "$(field "$ours" 5) us" "$name" "$cpu us" "$cpu_ratio" '' ''
		row "$1, peak memory" "$(field "$ours" 6) KiB" "$name" "$rss KiB" "$(ratio "$(field "$ours" 6)" "$rss")" '' ''
	done <"$home/rows"
	echo "  $1: median $(field "$ours" 2) us, least $(field "$ours" 3), most $(field "$ours" 4)"
}

# --- the printers: the reference fleet on port 161 if it is here and we may, else ours ---

reference=${build%/*}/bench
have() { [ -x "$reference/$1" ]; }
build_reference() {
	mkdir -p "$reference"
	for name in sim lim scan; do
		[ ! -e "$sources/$name.c" ] || ${CC:-cc} -O2 -w -o "$reference/$name" "$sources/$name.c" || rm -f "$reference/$name"
	done
	[ ! -e "$sources/lim.c" ] || ${CC:-cc} -O2 -w -static -o "$reference/lim-static" "$sources/lim.c" 2>/dev/null ||
		rm -f "$reference/lim-static"
	[ ! -e "$sources/nsa.c" ] || ${CC:-cc} -O2 -w -o "$reference/nsa" "$sources/nsa.c" -lnetsnmp 2>/dev/null ||
		rm -f "$reference/nsa"
}
may_161() { [ "$(id -u)" -eq 0 ]; }
wait_for() { # wait_for WORD FILE
	tries=0
	until grep -q "$1" "$2" 2>/dev/null || [ "$tries" -ge 50 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	grep -q "$1" "$2" 2>/dev/null
}
start_fleet() {
	port=161 at=''
	set -- "$sources"/printers/*.snmprec
	if [ -e "$1" ] && have sim && may_161; then
		whose='the reference fleet and its three printers'
		"$reference/sim" -b 127.16.0.1 -n 3 -p 161 "$@" >"$home/fleet" 2>&1 &
		fleet=$!
	else
		[ -e "$1" ] || set -- tests/recordings/brother_hl-mono.snmprec tests/recordings/hp_mono.snmprec \
			tests/recordings/hp_color_mfp.snmprec
		may_161 || { port=$((20000 + $$ % 12000)) at=:$port; }
		whose="our own fleet, port $port"
		"$build/tests/farm/farm" -b 127.16.0.1 -n 3 -p "$port" "$@" >"$home/fleet" 2>&1 &
		fleet=$!
	fi
	wait_for ready "$home/fleet"
}
# How often the fleet was asked so far.
asked() {
	before=$(wc -l <"$home/fleet")
	sleep 0.05
	kill -USR1 "$fleet"
	tries=0
	while [ "$(wc -l <"$home/fleet")" -le "$before" ] && [ "$tries" -lt 100 ]; do
		sleep 0.02
		tries=$((tries + 1))
	done
	sed -n '$s/.*"requests":\([0-9]*\).*/\1/p' "$home/fleet"
}
# count COMMAND...: requests of one reading, the mean of the three printers; @ stands for the address.
count() {
	start=$(asked)
	for n in 1 2 3; do
		for word in "$@"; do
			shift
			set -- "$@" "$(printf '%s\n' "$word" | sed "s/@/127.16.0.$n/")"
		done
		"$@" >/dev/null 2>&1
		for word in "$@"; do
			shift
			set -- "$@" "$(printf '%s\n' "$word" | sed "s/127\\.16\\.0\\.$n/@/")"
		done
	done
	end=$(asked)
	awk -v a="$start" -v b="$end" 'BEGIN { if (b > a) printf "%.2f", (b - a) / 3; else print "none" }'
}

# The full reading with net-snmp's tools, as performance people would script it.
cat >"$home/walk" <<'END'
#!/bin/sh
system=.1.3.6.1.2.1.1
snmpget -v2c -c public -On "$1" $system.1.0 $system.2.0 $system.3.0 $system.4.0 $system.5.0 $system.6.0
for table in .1.3.6.1.2.1.2.2.1.6 .1.3.6.1.2.1.25.3 .1.3.6.1.2.1.43; do
	snmpbulkwalk -v2c -c public -On -Cr25 "$1" $table
done
END
chmod +x "$home/walk"
export MIBS='' SNMP_PERSISTENT_DIR="$home/empty" HOME="$home/empty" # nobody's own configuration

# What the reading asks, in the exporter's configuration; no metric, so that it spends nothing on text.
start_exporter() {
	if ! command -v prometheus-snmp-exporter >/dev/null || ! command -v curl >/dev/null; then
		skip 'snmp_exporter: not here (Debian: prometheus-snmp-exporter curl)'
		return 1
	fi
	tables='1.3.6.1.2.1.2.2.1.6 1.3.6.1.2.1.25.3.2.1.3 1.3.6.1.2.1.25.3.2.1.5 1.3.6.1.2.1.25.3.5.1.1 1.3.6.1.2.1.25.3.5.1.2'
	for n in 5 6 8 9 10 11 12 16.5.1.2 18; do tables="$tables 1.3.6.1.2.1.43.$n"; done
	{
		echo 'full:'
		printf '  version: 2\n  auth:\n    community: public\n  walk:\n'
		for table in $tables; do echo "  - $table"; done
		echo '  get:'
		for n in 1 2 3 4 5 6; do echo "  - 1.3.6.1.2.1.1.$n.0"; done
	} >"$home/snmp.yml"
	prometheus-snmp-exporter --config.file="$home/snmp.yml" --web.listen-address=127.0.0.1:9116 >"$home/exporter" 2>&1 &
	exporter=$!
	tries=0
	until curl -s -o "$home/page" http://127.0.0.1:9116/ || [ "$tries" -ge 30 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	curl -s "http://127.0.0.1:9116/snmp?target=127.16.0.1&module=full" >"$home/page" 2>/dev/null
	grep -q snmp_scrape_pdus_returned "$home/page" || {
		skip 'snmp_exporter: this version takes another configuration'
		stop "$exporter"
		exporter=
		return 1
	}
}

count_questions() {
	heading 'requests of one cold full reading, the mean of three printers'
	standard=$(count "$inside" standard "@$at")
	whole=$(count "$brayer" read --json "@$at")
	limit=7.28
	if have lim && [ "$port" = 161 ]; then
		start=$(asked)
		"$reference/lim" -b 127.16.0.1 -n 3 -m full >/dev/null 2>&1
		theirs=$(awk -v a="$start" -v b="$(asked)" 'BEGIN { printf "%.2f", (b - a) / 3 }')
		row 'standard content' "$standard" 'reference walker' "$theirs" "$(ratio "$standard" "$theirs")" '<= 1.15' \
			"$(judge "$(ratio "$standard" "$theirs")" 1.15)"
	else
		skip "reference walker: needs ../shared/bench and port 161"
		figure 'standard content' "$standard" '' "$limit"
	fi
	figure "with the maker's rows" "$whole" '' 10
	if command -v snmpbulkwalk >/dev/null; then
		theirs=$(count "$home/walk" "@$at")
		row 'standard content' "$standard" 'snmpget, 3 snmpbulkwalk' "$theirs" "$(ratio "$standard" "$theirs")" '' ''
	else
		skip 'snmpbulkwalk: not here (Debian: snmp)'
	fi
	if [ "$port" = 161 ] && start_exporter; then
		theirs=$(count curl -s "http://127.0.0.1:9116/snmp?target=@&module=full")
		row 'standard content' "$standard" 'snmp_exporter' "$theirs" "$(ratio "$standard" "$theirs")" '' ''
		stop "$exporter"
		exporter=
	fi
	if command -v fusioninventory-netinventory >/dev/null && [ "$port" = 161 ]; then
		theirs=$(count fusioninventory-netinventory --credentials version:2c,community:public --type PRINTER --host @)
		row 'standard content' "$standard" 'fusioninventory' "$theirs" "$(ratio "$standard" "$theirs")" '' ''
	else
		skip 'fusioninventory: not here, or no port 161 (Debian: fusioninventory-agent-task-network)'
	fi
}

plugin() { PATH=$PATH:/usr/lib/nagios/plugins command -v "$1"; }

read_one() {
	heading 'brayer read of one v2c printer, start to exit'
	target=127.16.0.1$at
	set --
	for name in lim-static lim nsa; do # nsa: the same plan by net-snmp's library
		[ "$port" != 161 ] || ! have "$name" || set -- "$@" :: "$name" "$reference/$name" -b 127.16.0.1 -n 1 -m full
	done
	[ "$#" -gt 0 ] || skip 'reference walker: needs ../shared/bench and port 161'
	for form in table json; do
		option=
		[ "$form" = table ] || option=--json
		# shellcheck disable=SC2086
		"$pairs" -n "$rounds" -r "$runs" "$form" "$brayer" read $option "$target" "$@" >"$home/pairs"
		compare "$form" "$home/pairs" 'lim-static=2 lim=2'
		figure "$form, peak memory" "$(field "$(sed -n 1p "$home/pairs")" 6)" KiB 3072
	done
	set --
	[ -z "$(command -v snmpget)" ] || set -- "$@" :: 'snmpget of one OID' snmpget -v2c -c public -On "$target" .1.3.6.1.2.1.1.1.0
	"$pairs" -n "$rounds" -r 10 table "$brayer" read "$target" "$@" >"$home/pairs"
	[ "$#" -eq 0 ] || compare table "$home/pairs" ''
	[ "$port" = 161 ] || return 0
	set --
	for name in check_hpjd check_snmp check_printer check_printer_health; do
		found=$(plugin "$name") || {
			skip "$name: not here (Debian: monitoring-plugins, monitoring-plugins-contrib)"
			continue
		}
		case $name in
		check_hpjd) options='-H 127.16.0.1' ;;
		check_snmp) options='-H 127.16.0.1 -o .1.3.6.1.2.1.43.10.2.1.4.1.1' ;;
		check_printer) options='-h 127.16.0.1 -w 10 -c 5' ;;
		*) options='--hostname 127.16.0.1 --community public --mode supplies-status' ;;
		esac
		# shellcheck disable=SC2086
		if [ -n "$("$found" $options 2>/dev/null)" ]; then
			set -- "$@" :: "$name" "$found" $options
		else
			skip "$name: it says nothing here (does a Perl module lack?)"
		fi
	done
	[ "$#" -eq 0 ] && return 0
	"$pairs" -n "$rounds" -r 3 table "$brayer" read "$target" "$@" >"$home/pairs"
	compare table "$home/pairs" ''
}

touches_nothing() {
	heading 'what a v2c reading loads'
	LD_DEBUG=files "$brayer" read "127.16.0.1$at" 2>&1 >/dev/null | sed -n 's/.*file=\([^ ]*\) .*/\1/p' | sort -u >"$home/loaded"
	if ! grep -q libc "$home/loaded"; then
		skip 'what is loaded: this loader knows no LD_DEBUG'
	elif grep -E 'netsnmp|crypto|ssl|curl' "$home/loaded"; then
		row 'libnetsnmp, libcrypto' loaded '' '' '' none MISSED
	else
		row 'libnetsnmp, libcrypto' 'not loaded' '' '' '' none met
	fi
}

start_snmpd() {
	program=$(PATH=$PATH:/usr/sbin:/sbin command -v snmpd) || return 1
	{
		cat tests/hosts/snmpd.conf
		echo 'createUser bench SHA-256 auth-password AES priv-password'
		echo 'rouser bench priv'
	} >"$home/snmpd.conf"
	mkdir "$home/conf.d" "$home/secrets.d"
	v3port=$((32000 + $$ % 600))
	"$program" -f -Lf "$home/snmpd.log" -C -c "$home/snmpd.conf" -p "$home/snmpd.pid" "udp:127.0.0.1:$v3port" >"$home/snmpd.said" 2>&1 &
	snmpd=$!
	cat >"$home/brayer.conf" <<'END'
[profile default]
version = 3
user = bench
auth = SHA-256
auth-password = auth-password
priv = AES-128
priv-password = priv-password
END
	chmod 600 "$home/brayer.conf"
	tries=0
	until "$build/tests/hosts/v3_get" 127.0.0.1 "$v3port" bench SHA-256 AES-128 auth-password priv-password >/dev/null 2>&1 ||
		[ "$tries" -ge 30 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	[ "$tries" -lt 30 ]
}

read_v3() {
	heading 'v3 authPriv (SHA-256, AES-128) against snmpd'
	if ! command -v snmpget >/dev/null || ! start_snmpd; then
		skip 'v3 against snmpd: not here, or it does not start (Debian: snmp snmpd)'
		return
	fi
	set -- :: snmpget-v3 snmpget -v3 -l authPriv -u bench -a SHA-256 -A auth-password -x AES -X priv-password \
		-On "127.0.0.1:$v3port" .1.3.6.1.2.1.1.1.0
	"$pairs" -n "$rounds" -r 20 one "$build/tests/hosts/v3_get" 127.0.0.1 "$v3port" bench SHA-256 AES-128 \
		auth-password priv-password "$@" >"$home/pairs"
	compare 'one OID' "$home/pairs" snmpget-v3=0.5
	"$pairs" -n "$rounds" -r 20 read "$brayer" read --config "$home/brayer.conf" "127.0.0.1:$v3port" "$@" >"$home/pairs"
	# Several times the questions, and this agent takes its time over each: no target.
	compare 'brayer read, all of it' "$home/pairs" ''
	stop "$snmpd"
	snmpd=
}

# decode NAME LIMIT FILE...: the file with most rows of the Printer-MIB among these; LIMIT in us, or none.
decode() {
	name=$1 most=$2
	shift 2
	"$inside" "$@" >"$home/inside" || {
		skip "decoding of $name"
		return
	}
	value() { sed -n "s/^$1$tab//p" "$home/inside"; }
	echo "  $name: $(value rows) rows of the Printer-MIB; a reading is $(value answers) octets of answers to $(value questions) questions"
	figure 'decode, those rows' "$(value decode_printer_us)" us "$most"
	figure 'decode, those rows' "$(value decode_printer_allocations)" allocations 0
	figure "decode, with the maker's rows" "$(value decode_us)" us ''
	figure "decode, with the maker's rows" "$(value decode_allocations)" allocations 0
	figure 'conversation, without the wire' "$(value conversation_us)" us ''
	figure 'conversation, without the wire' "$(value conversation_allocations)" allocations 0
	figure 'conversation, memory' "$(value conversation_bytes)" octets 6144
	figure 'answers, memory' "$(value harvest_bytes)" octets ''
	figure "JSON, $(value json_bytes) octets" "$(value json_us)" us ''
	figure 'table' "$(value table_us)" us ''
	figure "find the maker's file, first" "$(value find_first_us)" us ''
	figure "find the maker's file, again" "$(value find_again_us)" us ''
}

instructions() {
	command -v valgrind >/dev/null || {
		skip 'instruction counts: not here (Debian: valgrind)'
		return
	}
	heading 'instructions in user space, by callgrind'
	for what in "read 127.16.0.1$at" "read --json 127.16.0.1$at" --version; do
		# shellcheck disable=SC2086
		n=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$brayer" $what 2>&1 >/dev/null | sed -n 's/.*Collected : //p')
		figure "brayer $what" "${n:-?}" '' ''
	done
}

echo "machine   $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), Linux $(uname -r), load $(cut -d' ' -f1 /proc/loadavg)"
[ -d "$sources" ] || skip "reference programs: $sources is not here (BRAYER_BENCH)"
[ ! -d "$sources" ] || build_reference
if ! start_fleet; then
	cat "$home/fleet"
	skip 'bench: the simulated fleet does not start'
	exit 0
fi
echo "printers  $whose"
echo "medians   of $rounds rounds (of each the lower quartile of $runs turns); ratio: ours by theirs, round by round"
awk -v cores="$(nproc)" '$1 + 0 > cores + 0 { print "note      more work than cores: wall times and their ratios tell of that too" }' /proc/loadavg
count_questions
read_one
touches_nothing
instructions
stop "$fleet"
fleet=
read_v3
heading 'inside the process, CPU'
limit=100 # of the largest real printer; of ours, which is larger, where there is none
if [ -d "$corpus/snmp" ]; then
	# shellcheck disable=SC2046
	decode 'corpus' $limit $(find "$corpus/snmp" -type f | sort)
	limit=
else
	skip "decoding of the corpus: $corpus is not here (BRAYER_CORPUS)"
fi
decode 'own recordings' "$limit" tests/recordings/*.snmprec
echo
if [ "$missed" -gt 0 ]; then
	echo "MISSED: $missed of the targets, see above"
else
	echo 'every target that could be measured is met'
fi
exit 0
