#!/bin/sh
# doctor_test.sh - what brayer doctor and brayer read say of printers that are not well.
#
# Each patient is a simulated printer with a fault of its own.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C

build=${BRAYER_BUILD:-build/release}
brayer=$build/cli/brayer
passed=0 failed=0 farm_pid=
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-doctor.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

base=127.16.78
"$build/tests/farm/farm" -b $base.1 -n 7 -p 0 -c public --fault $base.2:dead --fault $base.3:v1-only --fault $base.4:no-bulk \
	--fault $base.5:wrong-address --fault $base.6:stall=2 --fault $base.7:stall=2 \
	tests/recordings/hp_mono.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
tries=0
while ! grep -q '^ready' "$work/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
port=$(sed -n 's/^ready *//p' "$work/farm")
mkdir "$work/mibs.d"
umask 077
cat >"$work/brayer.conf" <<END
[brayer]
mibs = $work/mibs.d
[profile default]
version = 2c
timeout = 300ms
retries = 1
deadline = 4s
[profile wrong]
version = 2c
community = not-the-one
timeout = 300ms
retries = 0
[profile old]
version = 1
timeout = 300ms
retries = 0
END

# expect NAME STATUS TEXT COMMAND [ARGUMENT...]: TEXT is looked for in both outputs, as one line.
expect() {
	name=$1 want=$2 text=$3 command=$4
	shift 4
	"$brayer" "$command" --config "$work/brayer.conf" "$@" >"$work/said" 2>&1 </dev/null
	rc=$?
	if [ $rc -eq "$want" ] && tr -s ' \n' ' ' <"$work/said" | grep -qF -e "$text"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $name: exit status $rc, wanted $want and \"$text\", got:"
		sed 's/^/    /' "$work/said"
	fi
}

expect 'well' 0 'snmp v2c answers' doctor $base.1:"$port"
expect 'well: tables' 0 'supplies 1' doctor $base.1:"$port"
expect 'well: maker' 0 'HP (hp.mib)' doctor $base.1:"$port"
expect 'silent' 3 'FAILED snmp no answer' doctor $base.2:"$port"
expect 'silent: hint' 3 'a wrong community looks the same as silence' doctor $base.2:"$port"
expect 'silent: the other version' 3 'SNMP v1 with the same community: no answer either' doctor $base.2:"$port"
expect 'silent: read' 3 "brayer: udp:$base.2:$port: no answer" read $base.2:"$port"
expect 'v1 only' 0 'v1 answers' doctor $base.3:"$port"
expect 'v1 only: hint' 0 '"version = 1" in the profile' doctor $base.3:"$port"
expect 'v1 asked for v1' 0 'snmp v1 answers' doctor -p old $base.3:"$port"
expect 'no GETBULK' 0 'HP' doctor $base.4:"$port"
expect 'wrong address' 3 'answered: ask that address' doctor $base.5:"$port"
expect 'stalls' 1 'the reading is partial' doctor $base.6:"$port"
expect 'stalls: read' 1 'PARTIAL' read $base.7:"$port"
expect 'wrong community' 3 'FAILED snmp no answer' doctor -p wrong $base.1:"$port"
expect 'wrong community is not shown' 3 'community of the profile (not shown)' doctor -p wrong $base.1:"$port"
expect 'community given' 0 'community of the command line' doctor --community public $base.1:"$port"
expect 'port refused' 3 'switch SNMP on' doctor 127.16.78.1:1
expect 'port of an option' 0 "$port answers" doctor --port "$port" $base.1
expect 'no such name' 3 'FAILED name' doctor nothing.invalid
expect 'trace' 0 'getbulk' read -v $base.1:"$port"
printf '%s\n' "$base.1:$port" '# a comment' '' "$base.2:$port" >"$work/list"
expect 'a list, one of it silent' 1 "brayer: udp:$base.2:$port: no answer" read --json --targets "$work/list"
if [ "$(grep -c '^{"schema":' "$work/said")" -eq 2 ] && grep -q '"reachable":false' "$work/said"; then
	passed=$((passed + 1))
else
	echo 'failed a document for each of a list' && failed=$((failed + 1))
fi
if "$brayer" read --config "$work/brayer.conf" --json - <"$work/list" 2>/dev/null | grep -c '^{' | grep -qx 2; then
	passed=$((passed + 1))
else
	echo 'failed a list on stdin' && failed=$((failed + 1))
fi

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
