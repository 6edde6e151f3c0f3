#!/bin/sh
# brayer_v3.sh - whole printers over SNMPv3: snmpsim plays our recordings, brayer reads them by profile.
#
# What comes over the wire must read as the recording does. Secrets stand in secrets.d only, and must not
# be seen in anything that brayer says.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C SOURCE_DATE_EPOCH=1700000000

brayer=${BRAYER_BUILD:-build/release}/cli/brayer
passed=0 failed=0 sim_pid=''
finish() {
	echo "$passed passed, $failed failed, ${1:-0} skipped"
	[ "$failed" -eq 0 ]
	exit
}
pass() {
	passed=$((passed + 1))
}
fail() {
	echo "failed $*"
	failed=$((failed + 1))
}
skip() {
	echo "skipped brayer over SNMPv3: $1"
	finish 1
}

simulator=$(command -v snmpsim-command-responder || command -v snmpsimd) || skip 'snmpsim is not here (Debian: snmpsim)'
command -v jq >/dev/null || skip 'jq is not here (Debian: jq)'
home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-v3cli.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$sim_pid" ] || kill "$sim_pid" 2>/dev/null
	rm -rf "$home"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

mkdir "$home/data" "$home/cache" "$home/conf" "$home/conf/secrets.d"
printers='hp_mono kyocera_color_mfp brother_mfc-color lexmark_mono'
for name in $printers; do
	cp "tests/recordings/$name.snmprec" "$home/data/" || exit 1
done
set --
if [ "$(id -u)" -eq 0 ]; then
	chmod 755 "$home" "$home/data"
	chmod 644 "$home"/data/*
	chmod 777 "$home/cache"
	set -- --process-user=nobody --process-group=nogroup
fi
port=$((20000 + $$ % 20000))
"$simulator" "$@" "--data-dir=$home/data" "--cache-dir=$home/cache" "--agent-udpv4-endpoint=127.0.0.1:$port" \
	--v3-user=reader --v3-auth-key=first-secret --v3-auth-proto=SHA256 --v3-priv-key=second-secret \
	--v3-priv-proto=AES >"$home/sim.log" 2>&1 &
sim_pid=$!

# profile NAME CONTEXT AUTH-SECRET PRIV-SECRET
profile() {
	printf '[profile %s]\nversion = 3\nuser = reader\nauth = SHA-256\npriv = AES-128\ncontext = %s\ntimeout = 2s\ndeadline = 60s\n' \
		"$1" "$2" >>"$home/conf/brayer.conf"
	(umask 077 && printf 'auth-password = %s\npriv-password = %s\n' "$3" "$4" >"$home/conf/secrets.d/$1")
}
for name in $printers; do
	profile "$name" "$name" first-secret second-secret
done
profile wrong-auth hp_mono not-the-first second-secret

ask() {
	"$brayer" read --json --config "$home/conf/brayer.conf" --profile "$1" "127.0.0.1:$port"
}
# told STATUS WORD GOT-STATUS WHAT: ended so, and said so.
told() {
	if [ "$3" -eq "$1" ] && grep -q -e "$2" "$home/err"; then
		pass
	else
		fail "$4: status $3, $(cat "$home/err")"
	fi
}
same='del(.target, .questions, .sources, .notes)'
tries=0
until ask hp_mono >"$home/out" 2>"$home/err" || [ "$tries" -ge 15 ]; do
	tries=$((tries + 1))
	kill -0 "$sim_pid" 2>/dev/null || skip "snmpsim does not start here: $(tail -n 1 "$home/sim.log")"
	sleep 1 # it indexes its recordings first, and refuses until then
done

for name in $printers; do
	ask "$name" >"$home/out" 2>"$home/err" || fail "$name: $(cat "$home/err")"
	"$brayer" read --json "walk:tests/recordings/$name.snmprec" | jq -S "$same" >"$home/want"
	if jq -S "$same" "$home/out" >"$home/got" 2>/dev/null && cmp -s "$home/want" "$home/got"; then
		pass
	else
		fail "$name reads otherwise over v3:"
		diff "$home/want" "$home/got" | head -n 10
	fi
done

ask wrong-auth >"$home/out" 2>"$home/err"
told 3 'auth-password' $? 'a wrong password is told'
chmod 644 "$home/conf/secrets.d/wrong-auth"
ask hp_mono >"$home/out" 2>"$home/err"
told 2 'chmod' $? 'a secret that all may read is refused'

chmod 600 "$home/conf/secrets.d/wrong-auth"
for profile in hp_mono wrong-auth; do
	"$brayer" doctor --config "$home/conf/brayer.conf" --profile "$profile" "127.0.0.1:$port"
	"$brayer" read --verbose --explain --config "$home/conf/brayer.conf" --profile "$profile" "127.0.0.1:$port"
done >"$home/out" 2>&1
if [ -s "$home/out" ] && ! grep -q -e 'first-secret' -e 'second-secret' -e 'not-the-first' "$home/out"; then
	pass
else
	fail 'a secret was shown'
fi
finish
