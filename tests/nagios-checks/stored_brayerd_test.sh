#!/bin/sh
# stored_brayerd_test.sh - the collector reads the simulated fleet, and the checks answer from its store: not one
# question goes to a printer. And what a user is told who may read neither secrets nor store.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016,SC2317
set -u
export LC_ALL=C.UTF-8 HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent
unset NOTIFY_SOCKET WATCHDOG_USEC WATCHDOG_PID JOURNAL_STREAM

build=${BRAYER_BUILD:-build/release}
checks=$build/nagios-checks
passed=0 failed=0 skipped=0 farm_pid=
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-stored.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

finish() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}
verdict() { # verdict NAME STATUS
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "failed $1"
	sed 's/^/    /' "$work/said"
}
# says NAME STATUS PATTERN COMMAND...: one line on stdout that fits, nothing on stderr.
says() {
	name=$1 want=$2 pattern=$3
	shift 3
	"$@" >"$work/said" 2>"$work/errors"
	rc=$?
	[ $rc -eq "$want" ] && [ ! -s "$work/errors" ] && [ "$(wc -l <"$work/said")" -eq 1 ] && grep -q -e "$pattern" "$work/said"
	verdict "$name (exit status $rc, wanted $want and $pattern)" $?
	cat "$work/errors"
}
wait_for() { # wait_for SECONDS COMMAND...
	tries=$(($1 * 10))
	shift
	until "$@" >/dev/null 2>&1; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.1
	done
}
more_lines() { [ "$(wc -l <"$work/farm")" -gt "$lines" ]; }
asked() { # how many questions the farm has heard
	lines=$(wc -l <"$work/farm")
	kill -USR1 "$farm_pid"
	wait_for 10 more_lines
	sed -n 's/.*"requests":\([0-9]*\).*/\1/p' "$work/farm" | tail -n 1
}

base=127.16.97
"$build/tests/farm/farm" -b $base.1 -n 4 -p 0 -c hush-hush-9 --for 120 --as-recorded --fault $base.4:dead \
	tests/recordings/hp_mono.snmprec tests/recordings/lexmark_color_mfp.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
wait_for 10 grep -q '^ready' "$work/farm"
port=$(sed -n 's/^ready *//p' "$work/farm")
mkdir "$work/secrets.d" "$work/mibs.d"
chmod 755 "$work"
(umask 027; echo 'community = hush-hush-9' >"$work/secrets.d/default")
{
	printf '[brayer]\nmibs = %s/mibs.d\n[profile default]\nport = %s\ntimeout = 200ms\nretries = 1\n' "$work" "$port"
	printf '[collector]\nstore = %s/store.db\nhealth = %s/health.json\npace = 0\n' "$work" "$work"
	printf '[printer %s.1]\nname = office\n[printer %s.2]\n[printer %s.4]\n' $base $base $base
} >"$work/brayer.conf"
chmod 644 "$work/brayer.conf"
"$build/collector/brayerd" -c "$work/brayer.conf" --once >"$work/said" 2>&1
if grep -q 'left out of this build' "$work/said"; then
	echo 'skipped the store: it was left out of this build (Debian: libsqlite3-dev)'
	skipped=1
	finish
fi

before=$(asked)
[ "$before" -gt 0 ]
verdict 'the collector has asked' $?
for check in supplies status trays pages all; do
	says "$check from the store" "$("$checks/check_printer_$check" --config "$work/brayer.conf" -H $base.1 --max-age 0 >/dev/null; echo $?)" \
		' (as read [0-9]* s ago by the collector' "$checks/check_printer_$check" --config "$work/brayer.conf" -H $base.1
done
after=$(asked)
for check in supplies status trays pages all; do
	"$checks/check_printer_$check" --config "$work/brayer.conf" -H $base.1 >/dev/null
	"$checks/check_printer_$check" --config "$work/brayer.conf" -H office >/dev/null
	"$checks/check_printer_$check" --config "$work/brayer.conf" -H $base.2 >/dev/null
done
[ "$(asked)" -eq "$after" ]
verdict 'from the store: no printer is asked' $?

# The same verdict and measurements, whoever read it.
for host in $base.1 $base.2; do
	for check in supplies status trays pages; do
		"$checks/check_printer_$check" --config "$work/brayer.conf" -H "$host" --max-age 0 >"$work/live"
		"$checks/check_printer_$check" --config "$work/brayer.conf" -H "$host" | sed 's/ (as read [^)]*)//' >"$work/said"
		cmp -s "$work/live" "$work/said"
		verdict "$check of $host is the same from the store" $?
	done
done

before=$(asked)
says 'a printer that was missed is asked' 3 'UNKNOWN: no answer within 0.4 s' \
	"$checks/check_printer_all" --config "$work/brayer.conf" -H $base.4
says 'one that the collector does not know, too' 0 '^PAGES OK: ' \
	"$checks/check_printer_pages" --config "$work/brayer.conf" -H $base.3
grep -q 'by the collector' "$work/said"
verdict 'and that is no reading of the store' $((1 - $?))
[ "$(asked)" -gt "$before" ]
verdict 'the farm has heard it' $?
says 'a wrong store is told' 3 "SUPPLIES UNKNOWN: --store: $work/none.db: " \
	"$checks/check_printer_supplies" --config "$work/brayer.conf" -H $base.1 --store "$work/none.db"

# Passive results.
"$checks/check_printer_all" --config "$work/brayer.conf" --passive >"$work/lines" 2>"$work/said" && [ ! -s "$work/said" ]
verdict 'passive' $?
cut -d ';' -f 1-3 "$work/lines" >"$work/said"
state() { # of a live check
	"$checks/check_printer_all" --config "$work/brayer.conf" -H "$1" --max-age 0 >/dev/null
	echo $?
}
name=$("$build/cli/brayer" read --config "$work/brayer.conf" --json $base.2 | sed -n 's/.*"hostname":"\([^"]*\)".*/\1/p')
printf 'office;printer;%s\n%s;printer;%s\n%s.4:%s;printer;3\n' "$(state $base.1)" "$name" "$(state $base.2)" $base "$port" |
	diff - "$work/said" >"$work/diff"
verdict 'passive: a line for each that is asked' $?
"$checks/check_printer_all" --config "$work/brayer.conf" --passive --store "$work/none.db" >"$work/lines" 2>"$work/said"
rc=$?
[ $rc -eq 3 ] && [ ! -s "$work/lines" ] && [ "$(wc -l <"$work/said")" -eq 1 ]
verdict 'passive without a store says so on stderr only' $?

# A store that is locked for long: what hangs is told on stderr, and is no result.
if command -v python3 >/dev/null && python3 -c 'import sqlite3' 2>/dev/null; then
	python3 -c '
import sqlite3, sys, time
store = sqlite3.connect(sys.argv[1], isolation_level=None)
for words in "PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE", "UPDATE meta SET value = value", "COMMIT":
    store.execute(words)
print("locked", flush=True)
time.sleep(20)' "$work/store.db" >"$work/lock" 2>&1 &
	lock_pid=$!
	wait_for 10 grep -q locked "$work/lock"
	says 'a store that is locked: the printer is asked' 0 'PAGES OK: [0-9]* pages | ' \
		"$checks/check_printer_pages" --config "$work/brayer.conf" -H $base.1
	"$checks/check_printer_all" --config "$work/brayer.conf" --passive -t 1 --timeout-state ok >"$work/lines" 2>"$work/said"
	rc=$?
	[ $rc -eq 3 ] && [ ! -s "$work/lines" ] &&
		[ "$(cat "$work/said")" = 'PRINTER UNKNOWN: timed out after 1 s while reading the store' ]
	verdict "passive and a store that is locked (exit status $rc)" $?
	kill "$lock_pid"
	wait "$lock_pid" 2>/dev/null
	python3 -c '
import os, subprocess, sys
_, end = os.pipe()
os.set_blocking(end, False)
try:
    while True:
        os.write(end, b"x")
except BlockingIOError:
    os.set_blocking(end, True)
ran = subprocess.run(sys.argv[1:], stdout=end, timeout=30)
sys.exit(ran.returncode)' "$checks/check_printer_all" --config "$work/brayer.conf" --passive -t 1 2>"$work/said"
	rc=$?
	[ $rc -eq 3 ]
	verdict "passive to who takes no lines (exit status $rc)" $?
else
	echo 'skipped a store that is locked: needs python3 with sqlite3 (Debian: python3)'
	skipped=$((skipped + 1))
fi

# A file system where nothing may be written, while the collector runs and when it has ended.
read_only() { # read_only COMMAND...
	unshare -m sh -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"' sh "$work" "$@"
}
if [ "$(id -u)" -eq 0 ] && command -v unshare >/dev/null && read_only true 2>/dev/null; then
	says 'a store on a read-only file system' 0 'by the collector' \
		read_only "$checks/check_printer_pages" --config "$work/brayer.conf" -H $base.1 --store "$work/store.db"
	read_only "$checks/check_printer_pages" --config "$work/brayer.conf" --passive >"$work/said" 2>&1 &&
		[ "$(wc -l <"$work/said")" -eq 3 ]
	verdict 'passive, of a read-only file system' $?
else
	echo 'skipped a read-only file system: needs root and unshare (Debian: util-linux)'
	skipped=$((skipped + 1))
fi

# Another user: may read the store, and neither secrets nor, at last, the configuration.
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	chmod 644 "$work"/store.db*
	cp "$checks/check_printer_all" "$work/check_printer_pages"
	as_nobody() {
		setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent "$work/check_printer_pages" "$@"
	}
	says 'no secrets, but the store' 0 'by the collector' as_nobody --config "$work/brayer.conf" -H $base.1
	says 'no secrets, and too old' 3 'needs this file, and this user may not read it' \
		as_nobody --config "$work/brayer.conf" -H $base.1 --max-age 0
	says 'no secrets, but a community' 0 '^PAGES OK: ' \
		as_nobody --config "$work/brayer.conf" -H $base.1 --max-age 0 -C hush-hush-9
	mkdir -p "$work/home/.config/brayer"
	cp "$work/brayer.conf" "$work/home/.config/brayer/brayer.conf"
	chmod 640 "$work/home/.config/brayer/brayer.conf"
	at_home() {
		setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$work/home" XDG_CONFIG_HOME="$work/home/.config" \
			"$work/check_printer_pages" "$@"
	}
	says 'a configuration that is not for us' 3 'brayer.conf: cannot be opened: Permission denied' at_home -H $base.1
	says 'and none is needed with a community' 0 '^PAGES OK: ' at_home -H $base.1 -p "$port" -C hush-hush-9
	says 'nor with a store' 0 'by the collector' at_home -H $base.1 --store "$work/store.db"
	mkdir -m 700 "$work/closed"
	cp "$work"/store.db* "$work/closed/"
	sed "s|^store = .*|store = $work/closed/store.db|" "$work/brayer.conf" >"$work/closed.conf"
	chmod 644 "$work/closed.conf"
	says 'nor is a store missing whose directory is not for us' 3 "UNKNOWN: no answer, and $work/closed/store.db: .*brayer-read" \
		as_nobody --config "$work/closed.conf" -H $base.4 -C hush-hush-9 --offline-state=last
	chmod 600 "$work"/store.db*
	says 'a store that is not for us is told where it was asked for' 3 'who reads the store is in group brayer-read' \
		at_home -H $base.1 --store "$work/store.db" -C hush-hush-9
	says 'and asked around where it was not' 0 '^PAGES OK: ' \
		as_nobody --config "$work/brayer.conf" -H $base.1 -C hush-hush-9
else
	echo 'skipped other users: needs root and setpriv (Debian: util-linux)'
	skipped=$((skipped + 1))
fi
finish
