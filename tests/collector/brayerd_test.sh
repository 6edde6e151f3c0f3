#!/bin/sh
# brayerd_test.sh - the program itself against the simulated fleet: once, reload, end in
# mid-flight, kill -9, other users' eyes, and that no secret gets out.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317
set -u
export LC_ALL=C
unset NOTIFY_SOCKET WATCHDOG_USEC WATCHDOG_PID JOURNAL_STREAM

build=${BRAYER_BUILD:-build/release}
brayerd=$build/collector/brayerd
brayer=$build/cli/brayer
passed=0 failed=0 skipped=0 farm_pid='' pid=''
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-brayerd.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

finish() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}
verdict() { # verdict NAME STATUS
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $1"
		[ ! -s "$work/said" ] || tail -n 5 "$work/said" | sed 's/^/    /'
	fi
}
is() { # is NAME GOT WANT
	[ "$2" = "$3" ] || echo "$1: $2, wanted $3"
	[ "$2" = "$3" ]
	verdict "$1" $?
}
# wait_for SECONDS COMMAND...: until it succeeds; a slow machine gets its time.
wait_for() {
	tries=$(($1 * 10))
	shift
	until "$@" >/dev/null 2>&1; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.1
	done
}
health() { # health MEMBER
	sed -n "s/^ *\"$1\": \([^,]*\),*\$/\1/p" "$work/health.json" | head -n 1
}
# SIGUSR1 has it written now.
at_least() {
	[ -z "$pid" ] || kill -USR1 "$pid"
	[ "$(health "$1")" -ge "$2" ]
}
has_ended() { ! kill -0 "$pid" || [ "$(health state)" != '"running"' ]; }
is_up() { [ "$(health pid)" = "$pid" ]; }
start() { # start [OPTION...]: in the background
	"$brayerd" --config "$work/brayer.conf" "$@" >>"$work/said" 2>&1 &
	pid=$!
	wait_for 10 is_up
}
stop() { # stop SIGNAL: waits for its end, leaves its exit status in rc
	kill "-$1" "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	rc=$?
	pid=
}

"$build/tests/farm/farm" -b 127.16.90.1 -n 30 -p 0 -c hush-hush-7 --for 300 \
	tests/recordings/hp_mono.snmprec tests/recordings/lexmark_color_mfp.snmprec >"$work/farm" 2>&1 &
farm_pid=$!
wait_for 10 grep -q '^ready' "$work/farm"
port=$(sed -n 's/^ready *//p' "$work/farm")
mkdir "$work/secrets.d"
(umask 027; echo 'community = hush-hush-7' >"$work/secrets.d/default")
config() { # config PRINTERS [LINE...]: of the collector
	{
		printf '[profile default]\nport = %s\ntimeout = 500ms\n' "$port"
		printf '[collector]\nstore = %s/store.db\nhealth = %s/health.json\npace = 0\n' "$work" "$work"
		n=$1
		shift
		printf '%s\n' "$@"
		while [ "$n" -gt 0 ]; do
			echo "[printer 127.16.90.$n]"
			n=$((n - 1))
		done
	} >"$work/brayer.conf"
	chmod 644 "$work/brayer.conf"
}

# What the file says is checked, and told where.
config 2
"$brayerd" -c "$work/brayer.conf" --check >"$work/said" 2>&1
is 'a good file' $? 0
config 2 'statuss = 5m'
"$brayerd" -c "$work/brayer.conf" --check >"$work/said" 2>&1
is 'a bad file' $? 2
is 'says where' "$(cat "$work/said")" "$work/brayer.conf:8: statuss is unknown here; did you mean status?"
printf '[printer walk:/etc/passwd]\n' >"$work/brayer.conf"
"$brayerd" -c "$work/brayer.conf" --check >"$work/said" 2>&1
is 'no recordings' $? 2
"$brayerd" --chekc >"$work/said" 2>&1
is 'a wrong option' $? 2
is 'the nearest' "$(cat "$work/said")" 'brayerd: --chekc is no option here; did you mean --check?'

printf '[collector]\nstore = %s/none/store.db\n' "$work" >"$work/brayer.conf"
"$brayerd" -c "$work/brayer.conf" --check >"$work/said" 2>&1
is 'what cannot work' $? 2
is 'each is said' "$(sed "s#$work/##g" "$work/said")" 'brayer.conf: names nothing to ask: neither a [printer] nor a [site] with ranges
brayer.conf:2: store: none: No such file or directory'

# The example, with its comments taken away, and the options of the manual.
mkdir -p "$work/example/secrets.d" "$work/example/mibs.d"
sed "s/^#\\([a-z[]\\)/\\1/; s#^mibs = .*#mibs = $work/example/mibs.d#" contrib/brayer.conf.example >"$work/example/brayer.conf"
(umask 027; printf 'auth-password = eight-characters\npriv-password = eight-characters\n' >"$work/example/secrets.d/office")
"$brayerd" -c "$work/example/brayer.conf" --check >"$work/said" 2>&1
is 'the example' $? 0
"$brayerd" --help | sed -n 's/^  \(-[a-zA-Z], \|    \)--\([a-z-]*\).*/\2/p' | sort >"$work/help"
sed -n 's/^\.It Fl [a-zA-Z].*, Fl \\-\([a-z-]*\).*/\1/p; s/^\.It Fl \\-\([a-z-]*\)/\1/p' docs/man/brayerd.8 | sort >"$work/manual"
diff "$work/help" "$work/manual" >"$work/said"
is 'options of help and manual' $? 0

for option in --help --version; do
	"$brayerd" $option 2>"$work/said" >/dev/full
	is "$option into nowhere" $? 3
	is 'is told' "$(cat "$work/said")" 'brayerd: the output could not be written: No space left on device'
done

# Once.
config 10
"$brayerd" -c "$work/brayer.conf" --once >"$work/said" 2>&1
rc=$?
if grep -q 'left out of this build' "$work/said"; then
	echo 'skipped brayerd: the store was left out of this build (Debian: libsqlite3-dev)'
	skipped=$((skipped + 1))
	finish
fi
is 'once' "$rc" 0
is 'once: read' "$(health full)" 10
"$brayerd" -c "$work/brayer.conf" --once >>"$work/said" 2>&1
is 'once more' $? 0
is 'once more: no full reading' "$(health full)" 0
config 10 '[printer 127.16.90.200]'
"$brayerd" -c "$work/brayer.conf" --once >>"$work/said" 2>&1
is 'once, one is silent' $? 1
grep -q '127.16.90.200:[0-9]*: ' "$work/said"
verdict 'once: says who' $?
config 0
"$brayerd" -c "$work/brayer.conf" --once >"$work/said" 2>&1
is 'once: nothing to ask' $? 2
config 1
sed "s#^health = .*#health = $work/none/health.json#" "$work/brayer.conf" >"$work/blind.conf"
"$brayerd" -c "$work/blind.conf" --once >"$work/said" 2>&1
is 'without a health file' $? 0
is 'says so' "$(sed -n "s#$work/##gp" "$work/said")" 'brayerd: the health file: none/health.json.new: No such file or directory'

# It runs, takes a new file, refuses a bad one, says how it goes, and ends.
config 10 'status = 2s'
start
wait_for 10 at_least same 10
verdict 'it goes on' $?
config 20 'status = 2s'
kill -HUP "$pid"
wait_for 10 at_least printers 20
verdict 'reload: more printers' $?
config 30 'status = 2s' 'stasus = 3s'
kill -HUP "$pid"
wait_for 10 grep -q 'stasus is unknown here; did you mean status.*; what was in force stays in force' "$work/said"
verdict 'reload: a bad file is refused' $?
kill -USR1 "$pid"
wait_for 10 grep -q '20 printers at 20 addresses, 0 silent' "$work/said"
verdict 'says how it goes' $?
"$brayerd" -c "$work/brayer.conf" --check >/dev/null 2>&1
config 20 'status = 2s'
"$brayerd" -c "$work/brayer.conf" --once >"$work/second" 2>&1
is 'a second writer is refused' $? 3
# A storm of reloads does not keep it from its work, nor from its end.
config 20 'status = 1s'
(while :; do kill -HUP "$pid" || exit; done) 2>/dev/null &
storm=$!
seen=$(health same)
goes_on() { [ "$(health same)" -ge $((seen + 40)) ]; }
wait_for 20 goes_on
verdict 'goes on in a storm of SIGHUP' $?
stop TERM
kill "$storm" 2>/dev/null
wait "$storm" 2>/dev/null
is 'ends on SIGTERM' "$rc" 0
is 'says that it has stopped' "$(health state)" '"stopped"'
# A store that goes while it runs, and cannot be made anew: no good end.
mv "$work/brayer.conf" "$work/brayer.conf.kept"
config 2 'status = 1s'
sed "s|^store = .*|store = $work/other.db|" "$work/brayer.conf" >"$work/other.conf"
mv "$work/other.conf" "$work/brayer.conf"
start
rm "$work/other.db"
mkdir "$work/other.db"
wait_for 20 has_ended
wait "$pid"
is 'ends without its store' $? 3
pid=
is 'says that it has failed' "$(health state)" '"failed"'
mv "$work/brayer.conf.kept" "$work/brayer.conf"

# In mid-flight: 30 slow printers, ended and killed while they are asked.
config 30 'status = 1s'
for signal in TERM KILL INT KILL; do
	start
	sleep 1
	stop "$signal"
	[ "$signal" = KILL ] || is "ends in mid-flight on SIG$signal" "$rc" 0
done
start
wait_for 10 at_least same 30
verdict 'goes on after kill -9' $?
! grep -q 'set aside' "$work/said"
verdict 'the store was whole' $?

# A store that is taken away while it runs is made anew; one that cannot be is the end.
rm "$work/store.db"
wait_for 20 grep -q 'opened anew: [0-9]* writes are lost' "$work/said"
verdict 'a store that was removed is opened anew' $?
wait_for 10 test -s "$work/store.db"
verdict 'it is there again' $?
mkdir "$work/away"
sed "s#^store = .*#store = $work/away/store.db#" "$work/brayer.conf" >"$work/away.conf"
timeout 60 "$brayerd" -c "$work/away.conf" >"$work/away.said" 2>&1 &
away=$!
wait_for 10 test -s "$work/away/store.db"
sleep 1
mv "$work/away" "$work/gone"
wait "$away"
is 'a store with its directory' $? 3
grep -q 'could not be opened anew, and [0-9]* writes are lost' "$work/away.said"
verdict 'says what is lost' $?

# A store that cannot be written: once round, and it ends with a failure, not never.
if [ "$(id -u)" -eq 0 ] && unshare -m mount -t tmpfs none "$work" 2>/dev/null; then
	mkdir "$work/small"
	sed "s#^store = .*#store = $work/small/small.db#" "$work/brayer.conf" >"$work/small.conf"
	# shellcheck disable=SC2016
	unshare -m sh -c 'mount -t tmpfs -o size=200k none "$1/small" && timeout 30 "$2" -c "$1/small.conf" --once' \
		sh "$work" "$brayerd" >"$work/seen" 2>&1
	is 'once on a full disk' $? 3
	is 'says once that the disk is full' "$(grep -c 'disk is full' "$work/seen")" 1
	grep -q 'small.db: [0-9]* writes could not be made and are lost' "$work/seen"
	verdict 'says what is lost' $?
	# shellcheck disable=SC2016
	unshare -m sh -c 'mount -t tmpfs -o size=200k none "$1/small" && exec "$2" -c "$1/small.conf"' \
		sh "$work" "$brayerd" >"$work/seen" 2>&1 &
	small=$!
	wait_for 20 grep -q 'disk is full' "$work/seen"
	kill "$small"
	wait "$small"
	is 'ended on a full disk' $? 3
	grep -q 'small.db: [0-9]* writes could not be made and are lost' "$work/seen"
	verdict 'the end says what is lost' $?
else
	echo 'skipped once-on-a-full-disk: needs root and mount namespaces'
	skipped=$((skipped + 1))
fi

# No socket of ours listens.
if command -v ss >/dev/null; then
	is 'nothing listens' "$(ss -Hltnp 2>/dev/null | grep -c "pid=$pid,")" 0
else
	echo 'skipped nothing-listens: ss is not here (Debian: iproute2)'
	skipped=$((skipped + 1))
fi

# Others read it without the right to write, while it runs and afterwards.
as_nobody() {
	# shellcheck disable=SC2086
	setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent "$@"
}
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null && [ -x "$brayer" ] &&
	"$brayer" help status >/dev/null 2>&1; then
	chmod 755 "$work"
	chmod 644 "$work"/store.db*
	cp "$brayer" "$work/brayer"
	as_nobody "$work/brayer" status --store "$work/store.db" >"$work/seen" 2>&1
	is 'read by another user' $? 0
	stop TERM
	as_nobody "$work/brayer" status --store "$work/store.db" >"$work/seen" 2>&1
	is 'read by another user when stopped' $? 0
	start
	sleep 1
	stop KILL
	as_nobody "$work/brayer" status --store "$work/store.db" >"$work/seen" 2>&1
	is 'read by another user when killed' $? 0
else
	echo 'skipped read-by-others: needs root, setpriv (Debian: util-linux) and brayer status'
	skipped=$((skipped + 1))
	stop TERM
fi

# What systemd hears: ready, fed while it goes round, reloading, stopping.
if command -v python3 >/dev/null; then
	python3 -c '
import socket, sys, time
heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
heard.bind(sys.argv[1])
heard.settimeout(30)
out = open(sys.argv[2], "w", buffering=1)
while True:
	line = heard.recv(4096).decode()
	out.write(line + "\n")
	if "STOPPING=1" in line:
		break
' "$work/notify" "$work/heard" &
	listener=$!
	wait_for 10 test -S "$work/notify"
	export NOTIFY_SOCKET="$work/notify" WATCHDOG_USEC=400000
	start
	unset NOTIFY_SOCKET WATCHDOG_USEC
	often() { [ "$(grep -c '^WATCHDOG=1' "$work/heard")" -ge 5 ]; }
	wait_for 10 often
	kill -HUP "$pid"
	wait_for 10 grep -q '^RELOADING=1' "$work/heard"
	stop TERM
	wait "$listener"
	for word in READY=1 WATCHDOG=1 'STATUS=[0-9]* printers' RELOADING=1 MONOTONIC_USEC=[0-9] STOPPING=1; do
		grep -q "^$word" "$work/heard"
		verdict "systemd hears $word" $?
	done
else
	echo 'skipped notify: needs python3 (Debian: python3)'
	skipped=$((skipped + 1))
fi

# The community is in none of what it wrote.
start --verbose
wait_for 10 at_least same 30
grep -l 'hush-hush-7' "$work"/store.db* "$work/health.json" "$work/said" "$work/seen" 2>/dev/null | grep .
is 'no secret in store, WAL, health or messages' $? 1
stop TERM
finish
