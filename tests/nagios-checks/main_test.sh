#!/bin/sh
# main_test.sh - the checks as programs: their names, exit codes, where they write, how they end.
#
# Runs against recordings, and against one simulated printer that answers and one that never does.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent
unset MP_CONFIG_FILE NAGIOS_CONFIG_PATH

build=$(cd "${BRAYER_BUILD:-build/release}" && pwd) || exit 1
checks=$build/nagios-checks
passed=0 failed=0 skipped=0 farm_pid=
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-main.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

verdict() { # verdict NAME STATUS: failures show what was written
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
	else
		echo "failed $1"
		sed 's/^/	/' "$work/out" "$work/err"
		failed=$((failed + 1))
	fi
}
# expect NAME CODE PATTERN COMMAND...: stdout holds the pattern (of grep), stderr nothing.
expect() {
	name=$1 code=$2 pattern=$3
	shift 3
	timeout 60 "$@" >"$work/out" 2>"$work/err"
	got=$?
	[ $got -eq "$code" ] && [ ! -s "$work/err" ] && grep -q -e "$pattern" "$work/out"
	verdict "$name" $?
}

walk=walk:tests/recordings/hp_mono.snmprec
all=$checks/check_printer_all
supplies=$checks/check_printer_supplies

# Names.
for check in all supplies status trays pages alive; do
	title=$(echo $check | tr '[:lower:]' '[:upper:]')
	[ $check != all ] || title=PRINTER
	expect "$check: --version" 3 "^check_printer_$check [0-9].* (Brayer)\$" "$checks/check_printer_$check" --version
	expect "$check: --help" 3 "^usage: check_printer_$check -H HOST" "$checks/check_printer_$check" --help
	expect "$check: -?" 3 "^usage: check_printer_$check -H HOST" "$checks/check_printer_$check" '-?'
	expect "$check: nothing is given" 3 "^$title UNKNOWN: -H HOST is missing.*[.?] See --help\$" "$checks/check_printer_$check"
	timeout 60 "$checks/check_printer_$check" -H $walk >"$work/out" 2>"$work/err"
	code=$?
	[ $code -le 2 ] && [ ! -s "$work/err" ] && [ "$(wc -l <"$work/out")" -eq 1 ] && grep -q "^$title [OWC]" "$work/out"
	verdict "$check: reads a recording" $?
	ln -s "$all" "$work/check_packaged_$check"
	expect "$check: under another name with its end" 3 "^check_printer_$check " "$work/check_packaged_$check" -V
done
ln -s "$all" "$work/check_toner"
ln -s "$all" "$work/supplies"
for name in check_toner supplies; do
	expect "$name is no name" 3 "UNKNOWN: .*check_printer_all, .* or check_printer_alive\$" "$work/$name" -H $walk
done

mkdir "$work/a dir" && ln -s "$all" "$work/a dir/check_printer_trays"
expect 'through a path with a blank' 3 '^check_printer_trays ' "$work/a dir/check_printer_trays" -V
if [ -x /bin/bash ]; then
	# shellcheck disable=SC2016
	expect 'called by no name' 3 '^PRINTER UNKNOWN: which check?' /bin/bash -c 'exec -a "" "$1" -H "$2"' bash "$all" $walk
fi

# Whatever the environment says, and however long a word is.
timeout 60 "$all" -H $walk >"$work/plain"
env LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 LANGUAGE=xx TZ=:/dev/zero LOCPATH=/dev COLUMNS=1 POSIXLY_CORRECT=1 MALLOC_PERTURB_=90 \
	"$all" -H $walk >"$work/out" 2>"$work/err"
cmp -s "$work/plain" "$work/out" && [ ! -s "$work/err" ]
verdict 'locale and time zone change nothing' $?
env -i "$all" -H $walk >"$work/out" 2>"$work/err"
cmp -s "$work/plain" "$work/out" && [ ! -s "$work/err" ]
verdict 'no environment at all' $?
long=$(head -c 100000 /dev/zero | tr '\0' x)
for option in --hostname= --warning= --include= --alert= --profile= --store= --config= --extra-opts=@ --extra-opts= --context= --community= \
	--timeout= --counter= --service= -; do
	expect "100 KB behind $option" 3 '^PRINTER UNKNOWN: ' "$all" "$option$long" -H $walk
	[ "$(wc -c <"$work/out")" -lt 600 ] && [ "$(wc -l <"$work/out")" -eq 1 ]
	verdict 'is told in short' $?
done

# Mistakes.
expect 'a mistaken range' 3 "^SUPPLIES UNKNOWN: --warning: '20:10' is no range.*[.?] See --help\$" "$supplies" -H $walk -w 20:10
expect 'an option of another check' 3 '^SUPPLIES UNKNOWN: --tray is an option of check_printer_trays and check_printer_all. See --help$' \
	"$supplies" -H $walk --tray 'x=1:/'
expect 'a mistake exits 3 in every format' 3 '^SUPPLIES UNKNOWN: ' "$supplies" --output-format mp-test-json -H $walk -w x
expect 'a pipe sign is no performance data' 3 "^SUPPLIES UNKNOWN: [^|]*\$" "$supplies" -H $walk -w 'a|b'
expect 'a secret on the command line' 3 '^PRINTER UNKNOWN: --authpasswd is a secret' "$all" -H $walk -A hunter22
! grep -q hunter22 "$work/out"
verdict 'it is not repeated' $?
expect 'a recording that is not there' 3 '^PRINTER UNKNOWN: ' "$all" -H walk:/nonexistent
timeout 60 "$all" --passive --store /nonexistent/store >"$work/out" 2>"$work/err"
[ $? -eq 3 ] && [ ! -s "$work/out" ] && grep -q store "$work/err"
verdict 'passive results without a store: none, and not a line that could be taken for one' $?

timeout 60 "$all" --passive --host-by nam >"$work/out" 2>"$work/err"
[ $? -eq 3 ] && [ ! -s "$work/out" ] && grep -q 'PRINTER UNKNOWN: --host-by' "$work/err"
verdict 'nor is a mistake' $?

# -vvv: every datagram, the odd things, and no secret.
expect 'a diagnosis' 2 '^SUPPLIES CRITICAL: ' "$supplies" -H $walk -C hunter22 -vvv
grep -q ' ms -> [0-9]* octets, v2c getbulk ' "$work/out" && grep -q ' ms <- [0-9]* octets, v2c response ' "$work/out" &&
	grep -q '^read 20.* questions' "$work/out" && ! grep -q hunter22 "$work/out"
verdict 'it shows what was asked and answered, and no community' $?

# Files of options.
printf '[check_printer_supplies]\nw = 99:\ncritical = 98:\n[mine]\nw = 0:\nc = 0:\nlow = ok\n' >"$work/options.ini"
MP_CONFIG_FILE=$work/options.ini
export MP_CONFIG_FILE
expect 'a file of MP_CONFIG_FILE' 2 '^SUPPLIES CRITICAL: .*;99:;98:' "$supplies" -H $walk --extra-opts
expect 'a section of it' 0 '^SUPPLIES OK: .*;0:;0:' "$supplies" -H $walk --extra-opts=mine
unset MP_CONFIG_FILE
cp "$work/options.ini" "$work/plugins.ini"
NAGIOS_CONFIG_PATH=/nonexistent:$work
export NAGIOS_CONFIG_PATH
expect 'a file of NAGIOS_CONFIG_PATH' 2 '^SUPPLIES CRITICAL: ' "$supplies" --extra-opts -H $walk
unset NAGIOS_CONFIG_PATH

# Where it writes.
timeout 60 "$supplies" -H $walk >&- 2>"$work/err"
[ $? -eq 3 ] && [ ! -s "$work/err" ]
verdict 'a closed stdout exits 3' $?
if [ -c /dev/full ]; then
	timeout 60 "$supplies" -H $walk >/dev/full 2>"$work/err"
	[ $? -eq 3 ] && [ ! -s "$work/err" ]
	verdict 'a full stdout exits 3' $?
fi
mkfifo "$work/pipe"
: <"$work/pipe" &
reader=$!
(
	exec >"$work/pipe"
	wait $reader 2>/dev/null
	while kill -0 $reader 2>/dev/null; do sleep 0.05; done
	timeout 60 "$supplies" -H $walk 2>"$work/err"
	echo $? >"$work/code"
)
wait $reader
[ "$(cat "$work/code")" -eq 3 ] && [ ! -s "$work/err" ]
verdict 'a pipe that nobody reads exits 3, not by a signal' $?
timeout 60 "$supplies" -H $walk -w 0: -c 0: --low ok <&- 2>&- >"$work/out" && grep -q '^SUPPLIES OK' "$work/out"
verdict 'closed stdin and stderr are no matter' $?

# How it ends.
"$build/tests/farm/farm" -b 127.16.79.1 -n 2 -p 0 -c hush --fault 127.16.79.2:dead tests/recordings/hp_mono.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
tries=0
while ! grep -q '^ready' "$work/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
port=$(sed -n 's/^ready *//p' "$work/farm")
good=127.16.79.1:$port dead=127.16.79.2:$port

(umask 077 && printf '[farm]\nC = hush\n' >"$work/secret.ini")
expect 'a community from a file' 0 '^SUPPLIES OK' "$supplies" -H "$good" --extra-opts="farm@$work/secret.ini" -w 0: -c 0: --low ok
chmod 0644 "$work/secret.ini"
expect 'but not from one that others may read' 3 'secret.ini:2: community is a secret and others may read this file' \
	"$supplies" -H "$good" --extra-opts="farm@$work/secret.ini"
! grep -q hush "$work/out"
verdict 'which is not repeated' $?
timeout 60 "$supplies" -H "$good" -C hush >&- 2>"$work/err" <&-
[ $? -eq 3 ]
verdict 'a socket does not become stdout' $?
expect 'the printer still answers after that' 0 '^SUPPLIES OK' "$supplies" -H "$good" -C hush -w 0: -c 0: --low ok
expect 'time is up' 3 '^SUPPLIES UNKNOWN: ' "$supplies" -H "$dead" -C hush -t 500ms -e 10

# ring NAME CODE PATTERN SIGNAL-OPTION ARGUMENT...: the alarm as it comes when everything else hangs.
ring() {
	name=$1 code=$2 pattern=$3
	shift 3
	"$@" >"$work/out" 2>"$work/err" &
	pid=$!
	tries=0
	while [ $tries -lt 200 ] && ! grep -qi '^SigCgt:.*[2367abef][0-9a-f]\{3\}$' "/proc/$pid/status" 2>/dev/null; do
		sleep 0.05
		tries=$((tries + 1))
	done
	sleep 0.3 # it is asking by now
	kill -ALRM $pid
	wait $pid
	got=$?
	[ $got -eq "$code" ] && [ ! -s "$work/err" ] && grep -q -e "$pattern" "$work/out" && ! grep -q '@stage@' "$work/out"
	verdict "$name" $?
}
if [ -r /proc/self/status ]; then
	ring 'the alarm says what it was doing' 3 '^SUPPLIES UNKNOWN: timed out after 30 s while asking the printer$' \
		"$supplies" -H "$dead" -C hush -t 30 -e 10
	ring 'in the state that is asked for' 2 '^PRINTER CRITICAL: timed out after 30500 ms while asking the printer$' \
		"$all" -H "$dead" -C hush -t 30500ms:critical -e 10
	ring 'and in the other formats' 0 '"state": *"WARNING".*timed out after 30 s while asking the printer' \
		"$all" -H "$dead" -C hush -t 30s -e 10 --timeout-state warning --output-format mp-test-json
	if env --block-signal=ALRM true 2>/dev/null; then
		ring 'also where who started it blocked the signal' 3 'timed out after 30 s' \
			env --block-signal=ALRM "$supplies" -H "$dead" -C hush -t 30 -e 10
	fi
else
	echo 'skipped the alarm: there is no /proc'
	skipped=$((skipped + 1))
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
