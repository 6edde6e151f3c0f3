#!/bin/sh
# check_v3.sh - the checks over SNMPv3: by a profile, and by options with the passwords in a file of --extra-opts.
#
# snmpsim plays a printer of ours and must be judged as its recording is; to a real snmpd the wrong password, user
# and level are shown. What is refused is UNKNOWN with a sentence, never offline, and no secret is in any answer.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent
unset MP_CONFIG_FILE NAGIOS_CONFIG_PATH

checks=${BRAYER_BUILD:-build/release}/nagios-checks
passed=0 failed=0 sim_pid='' agent_pid='' skipped=0
finish() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}
skip() {
	echo "skipped the checks over SNMPv3: $1"
	skipped=1
	finish
}
# told NAME STATUS WORD CHECK OPTION...: one line that begins so, nothing on stderr; a second line is no answer.
told() {
	name=$1 want=$2 word=$3 check=$4
	shift 4
	"$checks/check_printer_$check" --config "$home/brayer.conf" "$@" >"$home/out" 2>"$home/err"
	rc=$?
	cat "$home/out" "$home/err" >>"$home/all"
	if [ $rc -eq "$want" ] && [ ! -s "$home/err" ] && [ "$(wc -l <"$home/out")" -eq 1 ] && grep -q -e "$word" "$home/out"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $name: exit status $rc, wanted $want and '$word'"
		sed 's/^/    /' "$home/out" "$home/err"
	fi
}

simulator=$(command -v snmpsim-command-responder || command -v snmpsimd) || skip 'snmpsim is not here (Debian: snmpsim)'
snmpd=$(command -v snmpd || command -v /usr/sbin/snmpd) || skip 'snmpd is not here (Debian: snmpd)'
home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-v3checks.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	for pid in $sim_pid $agent_pid; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	rm -rf "$home"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

mkdir "$home/data" "$home/cache" "$home/secrets.d" "$home/mibs.d" "$home/state"
cp tests/recordings/hp_mono.snmprec "$home/data/" || exit 1
set --
if [ "$(id -u)" -eq 0 ]; then
	chmod 755 "$home" "$home/data"
	chmod 644 "$home"/data/*
	chmod 777 "$home/cache"
	set -- --process-user=nobody --process-group=nogroup
fi
port=$((20000 + $$ % 20000))
agent_port=$((port + 1))
"$simulator" "$@" "--data-dir=$home/data" "--cache-dir=$home/cache" "--agent-udpv4-endpoint=127.0.0.1:$port" \
	--v3-user=reader --v3-auth-key=first-secret --v3-auth-proto=SHA256 --v3-priv-key=second-secret \
	--v3-priv-proto=AES >"$home/sim.log" 2>&1 &
sim_pid=$!
(
	umask 077
	printf 'createUser reader SHA-256 first-secret AES second-secret\nrouser reader authPriv\n' >"$home/snmpd.conf"
	printf 'createUser signer SHA-256 first-secret\nrouser signer authNoPriv\n' >>"$home/snmpd.conf"
)
SNMP_PERSISTENT_DIR="$home/state" "$snmpd" -f -Lf "$home/snmpd.log" -C -c "$home/snmpd.conf" -p "$home/snmpd.pid" \
	"udp:127.0.0.1:$agent_port" >/dev/null 2>&1 &
agent_pid=$!

# secrets FILE NAME AUTH PRIV: an ini file for --extra-opts; "-": none.
secrets() {
	(
		umask 077
		printf '[%s]\n' "$2"
		[ "$3" = - ] || printf 'authpasswd = %s\n' "$3"
		[ "$4" = - ] || printf 'privpasswd = %s\n' "$4"
	) >>"$home/$1"
	chmod 600 "$home/$1"
}
secrets right.ini right first-secret second-secret
secrets right.ini signed first-secret -
secrets right.ini wrong-auth not-the-first second-secret
secrets right.ini wrong-priv first-secret not-the-second
profile() { # profile NAME AUTH PRIV
	printf '[profile %s]\nversion = 3\nuser = reader\nauth = SHA-256\npriv = AES-128\ncontext = hp_mono\n' "$1" >>"$home/brayer.conf"
	(umask 077 && printf 'auth-password = %s\npriv-password = %s\n' "$2" "$3" >"$home/secrets.d/$1")
}
printf '[brayer]\nmibs = %s/mibs.d\n[collector]\nstore = %s/none\n' "$home" "$home" >"$home/brayer.conf"
profile office first-secret second-secret
profile mistaken not-the-first second-secret

tries=0
until "$checks/check_printer_pages" --config "$home/brayer.conf" --profile office -H "127.0.0.1:$port" >"$home/out" 2>&1 ||
	[ $tries -ge 15 ]; do
	tries=$((tries + 1))
	kill -0 "$sim_pid" 2>/dev/null || skip "snmpsim does not start here: $(tail -n 1 "$home/sim.log")"
	sleep 1 # it indexes its recordings first, and refuses until then
done
kill -0 "$agent_pid" 2>/dev/null || skip "snmpd does not start here: $(tail -n 1 "$home/snmpd.log")"

# Verdicts: of each check the line is the one of the recording.
by_options="-H 127.0.0.1:$port -P 3 -U reader -a SHA-256 -x AES-128 -N hp_mono --extra-opts=right@$home/right.ini"
for check in supplies status trays pages all; do
	"$checks/check_printer_$check" --config "$home/brayer.conf" -H walk:tests/recordings/hp_mono.snmprec >"$home/want"
	want=$?
	for how in "-H 127.0.0.1:$port --profile office" "$by_options" "${by_options#* -P 3}"; do
		[ "${how#-H}" != "$how" ] || how="-H 127.0.0.1:$port$how" # -U alone means SNMPv3
		# shellcheck disable=SC2086
		told "$check $how" $want . "$check" $how
		cmp -s "$home/want" "$home/out" || {
			failed=$((failed + 1))
			echo "failed $check $how: it is judged otherwise than its recording"
			diff "$home/want" "$home/out"
		}
	done
done

# Refused. The state of silence is OK here, so that it cannot be taken for it.
quiet="-t 5 --offline-state=ok --timeout-state=ok -H"
v3="-P 3 -a SHA-256 -x AES-128"
# shellcheck disable=SC2086
for at in $port $agent_port; do
	told "a wrong password, at $at" 3 'PRINTER UNKNOWN: .*password' all $quiet 127.0.0.1:$at --profile mistaken
	told "a wrong password by options, at $at" 3 'PRINTER UNKNOWN: .*password' \
		all $quiet 127.0.0.1:$at $v3 -U reader --extra-opts="wrong-auth@$home/right.ini"
	told "an unknown user, at $at" 3 'PRINTER UNKNOWN: .*user' \
		all $quiet 127.0.0.1:$at $v3 -U nobody --extra-opts="right@$home/right.ini"
done
# shellcheck disable=SC2086
{
	told 'a wrong password of the cipher' 3 'PRINTER UNKNOWN: .*priv-password' \
		all $quiet 127.0.0.1:$agent_port $v3 -U reader --extra-opts="wrong-priv@$home/right.ini"
	told 'a level below' 3 'PRINTER UNKNOWN: .*may not tell' \
		all $quiet 127.0.0.1:$agent_port -P 3 -a SHA-256 -U reader --extra-opts="signed@$home/right.ini"
	told 'a level that the user has not' 3 'PRINTER UNKNOWN: .*\(level\|encrypt\|priv\)' \
		all $quiet 127.0.0.1:$agent_port $v3 -U signer --extra-opts="right@$home/right.ini"
	told 'a digest that is another' 3 'PRINTER UNKNOWN: .*password' \
		all $quiet 127.0.0.1:$agent_port -P 3 -a SHA -x AES-128 -U reader --extra-opts="right@$home/right.ini"
	told 'no printer there' 3 'PRINTER UNKNOWN: .*printer' \
		all $quiet 127.0.0.1:$agent_port $v3 -U reader --extra-opts="right@$home/right.ini"
	told 'a context that is not there' 3 'PRINTER UNKNOWN: ' \
		all $quiet 127.0.0.1:$port $v3 -U reader -N nowhere --extra-opts="right@$home/right.ini"
	told 'SNMPv2c where only SNMPv3 answers' 0 'PRINTER OK: no answer within ' \
		all $quiet 127.0.0.1:$agent_port -t 1
	chmod 644 "$home/right.ini"
	told 'secrets that everybody may read' 3 'PRINTER UNKNOWN: .*chmod' \
		all $quiet 127.0.0.1:$port $v3 -U reader --extra-opts="right@$home/right.ini"
}

# -vvv and JSON say no secret either.
chmod 600 "$home/right.ini"
for check in all supplies; do
	for look in -vvv --output-format=multi-line --output-format=mp-test-json; do
		for section in right wrong-auth wrong-priv; do
			# shellcheck disable=SC2086
			"$checks/check_printer_$check" --config "$home/brayer.conf" $look -H "127.0.0.1:$agent_port" $v3 -U reader \
				--extra-opts="$section@$home/right.ini" >>"$home/all" 2>&1
		done
	done
done
if grep -q -e first-secret -e second-secret -e not-the- "$home/all"; then
	failed=$((failed + 1))
	echo 'failed: a secret was shown'
else
	passed=$((passed + 1))
fi
finish
