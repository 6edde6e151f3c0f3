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
# Each roamer is a printer of the first recording. It has a second home, which is switched off at first,
# and the same serial number there, in the maker's row (the other one is made by the farm, from the
# address). One moves every quarter of a second, and back two minutes later. PRINTERS is even.
awk -v first="$((printers + 1))" -v n="$roamers" 'function place(number) {
	return sprintf("127.16.%d.%d", number / 256, number % 256)
}
BEGIN {
	for (i = 0; i < n; i++) {
		home = place(first + 2 * i); other = place(first + 2 * n + 2 * i)
		for (k = 0; k < 2; k++) {
			printf "0 %s 1.3.6.1.2.1.43.5.1.1.17.1 remove\n", k ? other : home
			printf "0 %s 1.3.6.1.4.1.11.2.3.9.4.2.1.1.3.3.0 put 4|ROAMER%d\n", k ? other : home, i
			printf "0 %s 1.3.6.1.2.1.2.2.1.6.1 remove\n", k ? other : home
		}
		printf "0 %s off\n0 %s off\n0 %s off\n", other, place(first + 2 * i + 1), place(first + 2 * n + 2 * i + 1)
		printf "%.2f %s off\n%.2f %s on\n", 20 + i / 4, home, 20 + i / 4, other
		printf "%.2f %s off\n%.2f %s on\n", 150 + i / 4, other, 150 + i / 4, home
	}
}' >>"$work/script"
"$build/tests/farm/farm" -n "$((printers + 4 * roamers))" -p 0 --script "$work/script" tests/recordings/hp_mono.snmprec \
	tests/recordings/lexmark_color_mfp.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
tries=0
while ! grep -q '^ready' "$work/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
port=$(sed -n 's/^ready *//p' "$work/farm")
if "$build/tests/long/collector_soak" "$port" "$printers" "$roamers" "${SOAK_HOURS:-24}" \
	"$((21 + roamers / 4))" "$((151 + roamers / 4))" "$work"; then
	ls -s "$work/store.db"
	echo '1 passed, 0 failed, 0 skipped'
else
	echo '0 passed, 1 failed, 0 skipped'
	exit 1
fi
