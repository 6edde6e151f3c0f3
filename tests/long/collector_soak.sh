#!/bin/sh
# collector_soak.sh - a day of schedule of 2,000 simulated printers, in minutes. Some of them move
# to another address and back. SOAK_PRINTERS, SOAK_ROAMERS and SOAK_HOURS make it smaller or longer.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C

build=${BRAYER_BUILD:-build/release}
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-collector-soak.XXXXXX") || exit 1
farm_pid=
# shellcheck disable=SC2317
clean() {
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

printers=${SOAK_PRINTERS:-1940} roamers=${SOAK_ROAMERS:-60}
# A toner that falls and an alert that comes and goes, so that not every reading is the same.
cat >"$work/script" <<'END'
1 all 1.3.6.1.2.1.43.10.2.1.4.1.1 add 1 every 2
1 all 1.3.6.1.2.1.43.11.1.1.9.1.1 add -1 every 30
END
# Each roamer has a second home, with its serial number, which is switched off at first; one of them
# moves every quarter of a second, and all of them back after half a minute.
awk -v first="$((printers + 1))" -v n="$roamers" 'BEGIN {
	for (i = 0; i < n; i++) {
		a = first + i; b = first + n + i
		home = sprintf("127.16.%d.%d", a / 256, a % 256); other = sprintf("127.16.%d.%d", b / 256, b % 256)
		serial = "1.3.6.1.2.1.43.5.1.1.17.1"
		printf "0 %s %s set ROAMER%d\n0 %s %s set ROAMER%d\n0 %s off\n", home, serial, i, other, serial, i, other
		printf "%.2f %s off\n%.2f %s on\n", 20 + i / 4, home, 20 + i / 4, other
		printf "%.2f %s off\n%.2f %s on\n", 50 + i / 4, other, 50 + i / 4, home
	}
}' >>"$work/script"
"$build/tests/farm/farm" -n "$((printers + 2 * roamers))" -p 0 --script "$work/script" tests/recordings/hp_mono.snmprec \
	tests/recordings/lexmark_color_mfp.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
tries=0
while ! grep -q '^ready' "$work/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
port=$(sed -n 's/^ready *//p' "$work/farm")
if "$build/tests/long/collector_soak" "$port" "$printers" "$roamers" "${SOAK_HOURS:-24}" \
	"$((51 + roamers / 4))" "$work"; then
	ls -s "$work/store.db"
	echo '1 passed, 0 failed, 0 skipped'
else
	echo '0 passed, 1 failed, 0 skipped'
	exit 1
fi
