#!/bin/sh
# snmpd_v3.sh - SNMPv3 against Debian's snmpd and snmpsim: every digest and cipher, every refusal.
#
# Starts both on loopback ports of their own in a directory of its own, ends what it started.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C MIBS=''

get=${BRAYER_BUILD:-build/release}/tests/hosts/v3_get
passed=0 failed=0 skipped=0 snmpd_pid='' sim_pid=''
finish() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}
skip() {
	echo "skipped $1"
	skipped=$((skipped + 1))
}

snmpd=$(PATH=$PATH:/usr/sbin:/sbin command -v snmpd) || {
	skip 'SNMPv3 against snmpd: not here (Debian: snmpd)'
	finish
}
if [ ! -x "$get" ]; then
	echo "failed: $get was not built"
	failed=1
	finish
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-v3.XXXXXX") || exit 1
export HOME="$home" SNMP_PERSISTENT_DIR="$home/state" SNMPCONFPATH="$home"
# stop PID: ends it and waits until it is gone, whoever its parent is.
stop() {
	[ -n "$1" ] || return 0
	kill "$1" 2>/dev/null
	tries=0
	while kill -0 "$1" 2>/dev/null && [ "$tries" -lt 50 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	! kill -0 "$1" 2>/dev/null || kill -9 "$1" 2>/dev/null
}
# shellcheck disable=SC2317
clean() {
	stop "$snmpd_pid"
	stop "$sim_pid"
	rm -rf "$home"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

auths='MD5 SHA SHA-224 SHA-256 SHA-384 SHA-512'
privs='DES AES-128 AES-192 AES-256 AES-192-C AES-256-C'
one=auth-password two=priv-password

users() {
	echo 'createUser u_none'
	echo 'rouser u_none noauth'
	for auth in $auths; do
		echo "createUser u_$auth $auth $one"
		echo "rouser u_$auth auth"
		for priv in $privs; do
			echo "createUser u_${auth}_$priv $auth $one $priv $two"
			echo "rouser u_${auth}_$priv priv"
		done
	done
}

# start_snmpd BOOTS: its boots before this one. The port is a guess: snmpd says in its log if
# somebody else has it, and then the next is tried.
start_snmpd() {
	{
		cat tests/hosts/snmpd.conf
		echo "engineBoots $1"
		users
	} >"$home/conf"
	tries=0
	while [ "$tries" -lt 20 ]; do
		port=$((20000 + ($$ + tries * 977) % 12000))
		rm -f "$home/pid"
		"$snmpd" -Lf "$home/log" -C -c "$home/conf" -p "$home/pid" "udp:127.0.0.1:$port" \
			>"$home/said" 2>&1
		tries=$((tries + 1))
		waited=0
		while [ ! -s "$home/pid" ] && [ "$waited" -lt 50 ] && ! grep -q 'rror opening' "$home/log" 2>/dev/null; do
			sleep 0.1
			waited=$((waited + 1))
		done
		if [ -s "$home/pid" ]; then
			snmpd_pid=$(cat "$home/pid")
			ask "$port" u_none none none '' '' && return 0
			stop "$snmpd_pid"
		fi
		: >"$home/log"
	done
	return 1
}
stop_snmpd() {
	stop "$snmpd_pid"
	snmpd_pid=
}

# ask PORT USER AUTH PRIV PASSWORD PASSWORD [OPTION...]: what was said stays in said.
ask() {
	said=$("$get" 127.0.0.1 "$@" 2>&1)
}

# expect NAME STATUS TEXT PORT USER...: one case. TEXT is looked for in what was said.
expect() {
	name=$1 want=$2 text=$3
	shift 3
	ask "$@"
	rc=$?
	if [ "$rc" -eq "$want" ] && printf '%s\n' "$said" | grep -qF -e "$text"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $name: exit status $rc, wanted $want and \"$text\", got:"
		printf '%s\n' "$said" | sed 's/^/    /'
	fi
}

ask 9 u_none none none '' ''
case $said in
*'left out of this build'*)
	skip 'SNMPv3 against snmpd: left out of this build (Debian: libssl-dev)'
	finish
	;;
esac
if ! start_snmpd 41; then
	echo 'failed: snmpd did not start:'
	cat "$home/said" "$home/log" 2>/dev/null
	failed=1
	finish
fi

answer='a printer of the test
sent=2'
# answered NAME LINES PORT USER...: the first two lines, value and datagrams, are these.
answered() {
	name=$1 lines=$2
	shift 2
	ask "$@"
	rc=$?
	if [ "$rc" -eq 0 ] && [ "$(printf '%s\n' "$said" | head -n 2)" = "$lines" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $name: exit status $rc, got:"
		printf '%s\n' "$said" | sed 's/^/    /'
	fi
}

answered 'no authentication' "$answer" "$port" u_none none none '' ''
for auth in $auths; do
	answered "$auth" "$answer" "$port" "u_$auth" "$auth" none "$one" ''
	for priv in $privs; do
		answered "$auth $priv" "$answer" "$port" "u_${auth}_$priv" "$auth" "$priv" "$one" "$two"
	done
done

# Every refusal has its own sentence.
sha=u_SHA-256_AES-128
expect 'wrong user' 1 'unknown user name; check user' "$port" nobody SHA-256 AES-128 $one $two
expect 'wrong password' 1 'wrong digest; check auth-password' "$port" $sha SHA-256 AES-128 not-the-one $two
expect 'wrong digest' 1 'wrong digest; check auth-password' "$port" $sha SHA-512 AES-128 $one $two
expect 'level above' 1 'unsupported security level; check auth and priv' "$port" u_SHA-256 SHA-256 AES-128 $one $two
expect 'level below' 1 'refused with error-status 16' "$port" $sha SHA-256 none $one ''
expect 'wrong privacy password' 2 'speaks SNMPv3, but not to us' "$port" $sha SHA-256 AES-128 $one not-the-one
expect 'wrong extension' 2 'speaks SNMPv3, but not to us' "$port" u_SHA_AES-256 SHA AES-256-C $one $two
expect 'wrong context' 2 'speaks SNMPv3, but not to us' "$port" $sha SHA-256 AES-128 $one $two context=none
expect 'another engine' 1 'unknown engine id' "$port" $sha SHA-256 AES-128 $one $two engine=80001f880401 boots=1 time=1

# kept: sets engine, boots and time from the last answer.
kept() {
	ask "$port" $sha SHA-256 AES-128 $one $two keep=yes
	# shellcheck disable=SC2046
	set -- $(printf '%s\n' "$said" | sed -n 's/^kept=//p')
	engine=${1:-} boots=${2:-0} time=${3:-0}
}
first_line='a printer of the test'
clock() { # clock NAME DATAGRAMS BOOTS TIME
	answered "$1" "$first_line
sent=$2" "$port" $sha SHA-256 AES-128 $one $two "engine=$engine" "boots=$3" "time=$4"
}
kept
clock 'engine kept' 1 "$boots" "$time"
clock 'engine kept, clock not known' 2 0 0
clock 'clock ahead' 2 "$boots" $((time + 100000))
clock 'boots ahead' 2 $((boots + 7)) "$time"
stop_snmpd
if start_snmpd 57; then
	clock 'restarted' 2 "$boots" "$time"
	clock 'restarted, long ago' 2 "$boots" $((time + 100000))
else
	echo 'failed: snmpd did not start again' && failed=$((failed + 1))
fi
stop_snmpd
if start_snmpd 3; then
	clock 'boots forgotten' 2 "$boots" "$time"
else
	echo 'failed: snmpd did not start a third time' && failed=$((failed + 1))
fi
stop_snmpd
expect 'nobody there' 2 'no answer to SNMPv3' "$port" $sha SHA-256 AES-128 $one $two

# A second engine that shares no line with net-snmp: and it has contexts.
simulator=$(command -v snmpsim-command-responder || command -v snmpsimd) || {
	skip 'SNMPv3 against snmpsim: not here (Debian: snmpsim)'
	finish
}
mkdir "$home/data" "$home/cache"
printf '1.3.6.1.2.1.1.1.0|4|a simulated printer\n' >"$home/data/tray.snmprec"
if [ "$(id -u)" -eq 0 ]; then
	chmod 755 "$home"
	chmod 777 "$home/cache"
	set -- --process-user=nobody --process-group=nogroup
else
	set --
fi
"$simulator" "$@" "--data-dir=$home/data" "--cache-dir=$home/cache" \
	"--agent-udpv4-endpoint=127.0.0.1:$port" --v3-user=sim --v3-auth-key=$one \
	--v3-auth-proto=SHA256 --v3-priv-key=$two --v3-priv-proto=AES >"$home/sim.log" 2>&1 &
sim_pid=$!
tries=0
until ask "$port" sim SHA-256 AES-128 $one $two context=tray || [ "$tries" -gt 30 ]; do
	sleep 0.5
	tries=$((tries + 1))
done
if [ "$tries" -gt 30 ]; then
	tail -n 5 "$home/sim.log"
	skip 'SNMPv3 against snmpsim: it does not start here'
	finish
fi
answered 'snmpsim, context' 'a simulated printer
sent=2' "$port" sim SHA-256 AES-128 $one $two context=tray
expect 'snmpsim, level' 1 'unsupported security level' "$port" sim SHA-256 none $one '' context=tray
expect 'snmpsim, password' 2 'another authentication key' "$port" sim SHA-256 AES-128 not-the-one $two context=tray
finish
