#!/bin/sh
# collector_soak.sh - a day of schedule of 2,000 simulated printers, in minutes.
# SOAK_PRINTERS and SOAK_HOURS make it smaller or longer.
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

printers=${SOAK_PRINTERS:-2000}
# A toner that falls and an alert that comes and goes, so that not every reading is the same.
cat >"$work/script" <<'END'
1 all 1.3.6.1.2.1.43.10.2.1.4.1.1 add 1 every 2
1 all 1.3.6.1.2.1.43.11.1.1.9.1.1 add -1 every 30
END
"$build/tests/farm/farm" -n "$printers" -p 0 --script "$work/script" tests/recordings/hp_mono.snmprec \
	tests/recordings/lexmark_color_mfp.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
tries=0
while ! grep -q '^ready' "$work/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
port=$(sed -n 's/^ready *//p' "$work/farm")
if "$build/tests/long/collector_soak" "$port" "$printers" "${SOAK_HOURS:-24}" "$work"; then
	ls -s "$work/store.db"
	echo '1 passed, 0 failed, 0 skipped'
else
	echo '0 passed, 1 failed, 0 skipped'
	exit 1
fi
