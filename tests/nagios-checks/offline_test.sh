#!/bin/sh
# offline_test.sh - what is offline and what is not, where the kernel, a router or the resolver has the word: in a
# network of its own, so this needs root.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent
unset MP_CONFIG_FILE NAGIOS_CONFIG_PATH

if [ -z "${BRAYER_OFFLINE_ALONE:-}" ]; then
	if [ "$(id -u)" -ne 0 ] || ! command -v ip >/dev/null || ! unshare -n -m true 2>/dev/null; then
		echo 'skipped what is offline: needs root, unshare and ip (Debian: util-linux iproute2)'
		echo '0 passed, 0 failed, 1 skipped'
		exit 0
	fi
	BRAYER_OFFLINE_ALONE=yes exec unshare -n -m sh "$0" "$@"
fi

checks=${BRAYER_BUILD:-build/release}/nagios-checks
passed=0 failed=0 skipped=0 pids=''
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-offline.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	for pid in $pids; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	umount /etc/resolv.conf /etc/nsswitch.conf 2>/dev/null # the namespace's own
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM
printf '[brayer]\nmibs = %s\n[collector]\nstore = %s/none\n' "$work" "$work" >"$work/brayer.conf"

# says NAME STATUS LINE CHECK-OPTION...: the states of silence and of timeouts are not UNKNOWN here.
says() {
	name=$1 want=$2 line=$3
	shift 3
	"$checks/check_printer_all" --config "$work/brayer.conf" --offline-state=ok --timeout-state=critical "$@" \
		>"$work/out" 2>"$work/err"
	rc=$?
	if [ $rc -eq "$want" ] && [ ! -s "$work/err" ] && [ "$(cat "$work/out")" = "$line" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $name: exit status $rc, wanted $want and '$line'"
		sed 's/^/    /' "$work/out" "$work/err"
	fi
}

says 'no network' 0 'PRINTER OK: 192.0.2.1:161: Network is unreachable: it is switched off, or the way there is cut' \
	-H 192.0.2.1
says 'no network, and the last that was known' 3 'PRINTER UNKNOWN: no answer, and there is no store' \
	-H 192.0.2.1 --offline-state=last
ip link set lo up
ip route add unreachable 192.0.2.1
ip route add prohibit 192.0.2.2
ip route add blackhole 192.0.2.3
ip -6 route add unreachable 2001:db8::1
ip address add 192.0.2.4/32 dev lo
says 'nobody there, as a router says' 0 \
	'PRINTER OK: 192.0.2.1:161: No route to host: it is switched off, or the way there is cut' -H 192.0.2.1
says 'the same in IPv6' 0 \
	'PRINTER OK: [2001:db8::1]:161: No route to host: it is switched off, or the way there is cut' -H '[2001:db8::1]'
says 'forbidden: it may well be on' 3 'PRINTER UNKNOWN: 192.0.2.2:161: Permission denied' -H 192.0.2.2
says 'swallowed here' 3 'PRINTER UNKNOWN: 192.0.2.3:161: Invalid argument' -H 192.0.2.3
says 'a closed port' 3 'PRINTER UNKNOWN: 192.0.2.4:161: refused: nothing listens there; is SNMP switched on in the printer?' \
	-H 192.0.2.4

# A name server that is silent: only the alarm ends that.
printf 'hosts: dns\n' >"$work/nsswitch.conf"
printf 'nameserver 127.0.0.1\n' >"$work/resolv.conf"
if command -v python3 >/dev/null && mount --bind "$work/resolv.conf" /etc/resolv.conf &&
	mount --bind "$work/nsswitch.conf" /etc/nsswitch.conf; then
	python3 -c '
import socket, time
mute = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
mute.bind(("127.0.0.1", 53))
print("ready", flush=True)
time.sleep(60)' >"$work/mute" &
	pids=$!
	tries=0
	until grep -q ready "$work/mute" || [ $tries -ge 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	says 'a resolver that hangs' 2 'PRINTER CRITICAL: timed out after 1 s while resolving the name' -t 1 -H printer.example
	says 'and its state on the way' 1 'PRINTER WARNING: timed out after 500 ms while resolving the name' \
		-t 500ms:warning -H printer.example
	says 'an address needs none' 3 \
		'PRINTER UNKNOWN: 192.0.2.4:161: refused: nothing listens there; is SNMP switched on in the printer?' -H 192.0.2.4
else
	echo 'skipped a resolver that hangs: needs python3, and a mount of its own (Debian: python3)'
	skipped=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
