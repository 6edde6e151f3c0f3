#!/bin/sh
# light_test.sh - what a check is while it asks: no library but the C library, few pages, no child.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016,SC2034,SC2154
set -u
# shellcheck source=tests/nagios-checks/bed.sh disable=SC2154
. tests/nagios-checks/bed.sh

[ -r /proc/self/maps ] || {
	skip 'what a check is made of: there is no /proc'
	finish
}
case $build in
*release*) ;;
*)
	skip 'what a check is made of: this build has more in it'
	finish
	;;
esac
# It has heard enough to have all its tables in use, and then nothing more.
farm 127.16.88.1 --fault all:stall=3 -- tests/recordings/lexmark_color_mfp.snmprec
t 'a check that waits for the printer'
"$programs/check_printer_all" --config "$work/brayer.conf" -H "127.16.88.1:$port" -t 20 --max-age 0 >"$work/out" 2>"$work/err" &
pid=$!
farms="$farms $pid"
heard() {
	lines=$(wc -l <"$work/farm127.16.88.1")
	kill -USR1 "$farm_pid"
	sleep 0.1
	[ "$(wc -l <"$work/farm127.16.88.1")" -gt "$lines" ] &&
		[ "$(sed -n 's/.*"requests":\([0-9]*\).*/\1/p' "$work/farm127.16.88.1" | tail -n 1)" -ge 4 ]
}
tries=0
until heard || [ $tries -ge 40 ]; do tries=$((tries + 1)); done
demand 'it waits' grep -q '^State:.*[SR] ' "/proc/$pid/status"
demand 'no library but the C library' sh -c \
	'! sed -n "s|^.* /|/|p" /proc/$1/maps | sort -u | grep "[.]so" | grep -v -e "/libc[.-]" -e "/ld[.-]" -e "/ld-linux"' sh "$pid"
peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status")
demand "at most 3 MB: $peak kB" [ "${peak:-9999}" -le 3072 ]
beyond() { # the descriptors of a process from 3 on that are none of ours
	for fd in "/proc/$1"/fd/*; do
		own=/proc/$$/fd/${fd##*/}
		[ "${fd##*/}" -le 2 ] || [ "$(readlink "$fd")" = "$(readlink "$own")" ] || echo "${fd##*/}"
	done
}
demand "one descriptor: $(beyond "$pid" | tr '\n' ' ')" [ "$(beyond "$pid" | wc -l)" -eq 1 ]
demand 'no child' [ -z "$(cat "/proc/$pid/task/$pid/children" 2>/dev/null)" ]
kill "$pid"
wait "$pid" 2>/dev/null
farms=$farm_pid rc=0
finish
