#!/bin/sh
# brayerd_v3.sh - the collector and a real snmpd in SNMPv3: a known agent costs no discovery, and
# neither passwords nor keys get into store, WAL, health or messages.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C MIBS=''

build=${BRAYER_BUILD:-build/release}
brayerd=$build/collector/brayerd
passed=0 failed=0 skipped=0 snmpd_pid='' pid=''
finish() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}
skip() {
	echo "skipped $1"
	skipped=$((skipped + 1))
}
is() { # is NAME GOT WANT
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $1: $2, wanted $3"
		[ ! -s "$home/said" ] || tail -n 5 "$home/said" | sed 's/^/    /'
	fi
}

snmpd=$(PATH=$PATH:/usr/sbin:/sbin command -v snmpd) || {
	skip 'the collector against snmpd: not here (Debian: snmpd)'
	finish
}
home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-brayerd-v3.XXXXXX") || exit 1
export HOME="$home" SNMP_PERSISTENT_DIR="$home/state" SNMPCONFPATH="$home"
# shellcheck disable=SC2317
clean() {
	for p in $pid $snmpd_pid; do
		kill "$p" 2>/dev/null
		tries=50 # it writes what it remembers before it ends
		while kill -0 "$p" 2>/dev/null && [ "$tries" -gt 0 ]; do
			sleep 0.1
			tries=$((tries - 1))
		done
	done
	rm -rf "$home"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

auth=Auth-pass-of-the-test priv=Priv-pass-of-the-test
engine=80001f8804627261796572
{
	cat tests/hosts/snmpd.conf
	echo "createUser reader SHA-256 $auth AES-128 $priv"
	echo 'rouser reader priv'
} >"$home/conf"
tries=0
while [ "$tries" -lt 20 ] && [ -z "$snmpd_pid" ]; do
	port=$((20000 + ($$ + tries * 977) % 12000))
	rm -f "$home/pid"
	"$snmpd" -Lf "$home/log" -C -c "$home/conf" -p "$home/pid" "udp:127.0.0.1:$port" >/dev/null 2>&1
	waited=0
	while [ ! -s "$home/pid" ] && [ "$waited" -lt 30 ]; do
		sleep 0.1
		waited=$((waited + 1))
	done
	sleep 0.2
	[ ! -s "$home/pid" ] || snmpd_pid=$(cat "$home/pid")
	! grep -q 'rror opening' "$home/log" 2>/dev/null || snmpd_pid=
	: >"$home/log"
	tries=$((tries + 1))
done
if [ -z "$snmpd_pid" ]; then
	skip 'the collector against snmpd: it does not start here'
	finish
fi

cat >"$home/brayer.conf" <<END
[profile default]
version = 3
user = reader
auth = SHA-256
priv = AES-128
port = $port
[collector]
store = $home/store.db
health = $home/health.json
status = 1s
[printer 127.0.0.1]
END
mkdir "$home/secrets.d"
(umask 027; printf 'auth-password = %s\npriv-password = %s\n' "$auth" "$priv" >"$home/secrets.d/default")

run() { # run SECONDS: in the background, its WAL is looked at before it ends
	"$brayerd" -c "$home/brayer.conf" --verbose >>"$home/said" 2>&1 &
	pid=$!
	sleep "$1"
	cat "$home"/store.db* "$home/health.json" "$home/said" >>"$home/all"
	kill "$pid"
	wait "$pid"
	is 'ends well' $? 0
	pid=
	cat "$home"/store.db* "$home/health.json" "$home/said" >>"$home/all"
}
case $("$brayerd" -c "$home/brayer.conf" --once --verbose 2>&1) in
*'left out of this build'*)
	skip 'the collector in SNMPv3: left out of this build (Debian: libssl-dev)'
	finish
	;;
esac
full=$(sed -n 's/^ *"full": \([0-9]*\).*/\1/p' "$home/health.json")
is 'read in SNMPv3' "$full" 1
run 3
# The engine is not discovered anew: each question was answered at once.
asked=$(sed -n 's/^ *"questions": \([0-9]*\).*/\1/p' "$home/health.json")
heard=$(sed -n 's/^ *"answers": \([0-9]*\).*/\1/p' "$home/health.json")
is 'each question has its answer' "$asked" "$heard"

hex=$(od -An -v -tx1 "$home/all" | tr -d ' \n')
holds() { # holds HEX: 0 if it was written anywhere
	case $hex in *"$1"*) return 0 ;; esac
	return 1
}
of_text() { printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; }
holds "$engine"
is 'the engine is kept (and seen by this search)' $? 0
for secret in "$auth" "$priv"; do
	holds "$(of_text "$secret")"
	is "no $secret" $? 1
done
if command -v python3 >/dev/null; then
	for key in $(python3 -c '
import hashlib, sys
for word in sys.argv[2:]:
	octets = (word * (1048576 // len(word) + 1))[:1048576].encode()
	ku = hashlib.sha256(octets).digest()
	print(ku.hex())
	print(hashlib.sha256(ku + bytes.fromhex(sys.argv[1]) + ku).digest()[:16].hex())
' "$engine" "$auth" "$priv"); do
		holds "$key"
		is "no key $key" $? 1
	done
else
	skip 'keys in the store: needs python3 (Debian: python3)'
fi
finish
