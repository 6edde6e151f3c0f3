#!/bin/sh
# own_link_test.sh - addresses of the own network where no machine is do not hold up the others.
#
# What is sent there waits some three seconds for ARP and is charged to the socket for so long: with
# the send buffer that a socket has by itself, a few hundred of them stop all sending.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C

build=${BRAYER_BUILD:-build/release}
brayer=$build/cli/brayer
dead=900 live=4 # the kernel has room for 1,024 neighbours

skip() {
	echo "skipped own_link: $1"
	echo '0 passed, 0 failed, 1 skipped'
	exit 0
}
[ -x "$build/tests/farm/farm" ] || skip 'the farm was not built'
command -v ip >/dev/null || skip 'ip is not here (Debian: iproute2)'
if [ -z "${OWN_LINK_ALONE:-}" ]; then
	option=-n
	[ "$(id -u)" -eq 0 ] || option=-rn
	unshare "$option" true 2>/dev/null || skip 'no network namespace is to be had here'
	OWN_LINK_ALONE=yes exec unshare "$option" sh "$0" "$@"
fi
{
	ip link set lo up && ip link add near type veth peer name far &&
		ip addr add 10.77.0.1/16 dev near && ip link set near up && ip link set far up
} 2>/dev/null || skip 'no pair of interfaces is to be had here'

passed=0 failed=0 farm_pid=
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-own-link.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

"$build/tests/farm/farm" -b 127.16.80.1 -n $live -p 0 tests/recordings/hp_mono.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
tries=0
: >>"$work/farm"
while ! grep -q '^ready' "$work/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
port=$(sed -n 's/^ready *//p' "$work/farm")
umask 077
printf '[profile default]\ntimeout = 3s\nretries = 0\n' >"$work/brayer.conf"
{ # ten of the dead in each subnet, since that is what is paced: all are asked within a moment
	i=0
	while [ $i -lt $dead ]; do
		echo "10.77.$((1 + i / 10)).$((1 + i % 10)):161"
		i=$((i + 1))
	done
	seq 1 $live | sed "s/^/127.16.80./;s/\$/:$port/"
} >"$work/list"
"$brayer" read --json --config "$work/brayer.conf" --targets "$work/list" >"$work/out" 2>"$work/err" </dev/null

so() {
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $name"
	fi
}
of() { # of COUNT PATTERN FILE
	[ "$(grep -c -e "$2" "$3")" -eq "$1" ]
}
name='all that live are read'
so of $live '"reachable":true' "$work/out"
name='each of the others is told'
so of $dead '"reachable":false' "$work/out"
head -n $live "$work/out" >"$work/first"
name='nobody who lives is told after one who does not'
so of $live '"reachable":true' "$work/first"
echo "$passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
