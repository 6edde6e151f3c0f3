#!/bin/sh
# passive_feed_test.sh - the feeders of passive results against a server that takes apart what they send: hostile
# text, batches, refusals, secrets that others may read or see.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016
set -u
export LC_ALL=C.UTF-8
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY

passed=0 failed=0 skipped=0 servers=
feed=contrib/passive
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-feed.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	for pid in $servers; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM
if ! command -v python3 >/dev/null; then
	echo 'skipped the feeders: they need python3 (Debian: python3)'
	echo '0 passed, 0 failed, 1 skipped'
	exit 0
fi

verdict() { # verdict NAME STATUS
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "failed $1"
	sed 's/^/    /' "$work/said" "$work/log" 2>/dev/null | cut -c 1-300 | head -n 20
}
# fed NAME STATUS SENTENCE FEEDER OPTION...: stdin to a feeder; its stderr, to the letter.
fed() {
	name=$1 want=$2 sentence=$3 program=$4
	shift 4
	: >"$work/log"
	timeout 8 "$feed/$program" "$@" >"$work/out" 2>"$work/said"
	rc=$?
	[ $rc -eq "$want" ] && [ "$(cat "$work/said")" = "$sentence" ]
	verdict "$name (exit status $rc, wanted $want and \"$sentence\")" $?
}
# saw NAME PYTHON: an expression over `seen`, what the server saw.
saw() {
	python3 -c '
import json, sys
seen = [json.loads(line) for line in open(sys.argv[1])]
assert not any("broken" in one for one in seen), seen
assert eval("(" + sys.argv[2] + ")"), seen' "$work/log" "$2" 2>>"$work/said"
	verdict "$1" $?
}

serve() { # serve OPTION...: begins another server; sets port
	: >"$work/port"
	python3 tests/nagios-checks/passive_server.py "$work/log" "$@" >"$work/port" 2>>"$work/server.said" &
	servers="$servers $!"
	tries=0
	until [ -s "$work/port" ] || [ $tries -ge 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	port=$(cat "$work/port")
}
serve
url=http://127.0.0.1:$port
umask 077
printf 's3cret&token=x\n' >"$work/token"
printf 'feeder:pass:"w\\rd\n' >"$work/login"
printf 'wrong\n' >"$work/wrong"
printf 'feeder:wrong\n' >"$work/wrong.login"

# What would be markup, an escape, a control, broken UTF-8.
hostile='</output><state>0</state>]]>&amp;"'\''\"},{"a":$(id)`id` %0a&token=y \u0000 \\n'
{
	printf 'alpha;printer;1;PRINTER WARNING: toner-black 15 %% | toner-black=15%%;20:;10: count-total=5c\n'
	printf 'b<e>&t"a;pr&inter;2;%s | x=1\n' "$hostile"
	printf 'gamma;printer;0;a\001b\033[31m\377\303\050\302\205\357\277\277 caf\303\251\r\n'
} >"$work/hostile"

fed 'nrdp' 0 '' brayer-nrdp --plain --url "$url/nrdp/" --token "$work/token" <"$work/hostile"
saw 'nrdp: to the letter' 'len(seen) == 1 and seen[0]["path"] == "/nrdp/" and seen[0]["results"] == [
 ["alpha", "printer", "1", "PRINTER WARNING: toner-black 15 % | toner-black=15%;20:;10: count-total=5c"],
 ["b<e>&t\"a", "pr&inter", "2", """</output><state>0</state>]]>&amp;"'"'"'\\"},{"a":$(id)`id` %0a&token=y \\u0000 \\\\n | x=1"""],
 ["gamma", "printer", "0", "a b [31m\ufffd\ufffd(   caf\xe9 "]]'
fed 'icinga' 0 '' brayer-icinga --plain --url "$url" --login "$work/login" --ttl 900 <"$work/hostile"
saw 'icinga: to the letter' '[one["body"] for one in seen] == [
 {"type": "Service", "service": "alpha!printer", "exit_status": 1, "plugin_output": "PRINTER WARNING: toner-black 15 %",
  "performance_data": "toner-black=15%;20:;10: count-total=5c", "ttl": 900},
 {"type": "Service", "service": "b<e>&t\"a!pr&inter", "exit_status": 2, "performance_data": "x=1", "ttl": 900,
  "plugin_output": """</output><state>0</state>]]>&amp;"'"'"'\\"},{"a":$(id)`id` %0a&token=y \\u0000 \\\\n"""},
 {"type": "Service", "service": "gamma!printer", "exit_status": 0, "performance_data": "", "ttl": 900,
  "plugin_output": "a b [31m\ufffd\ufffd(   caf\xe9"}]'
saw 'icinga: one connection' 'len({one["port"] for one in seen}) == 1 and seen[0]["path"] == "/v1/actions/process-check-result"'

i=0
while [ $i -lt 250 ]; do
	printf 'host%d;printer;0;OK | a=%d\n' $i $i
	i=$((i + 1))
done >"$work/many"
fed 'nrdp: batches' 0 '' brayer-nrdp -v --plain --url "$url/" --token "$work/token" <"$work/many"
saw 'nrdp: all of them, once' '[len(one["results"]) for one in seen] == [100, 100, 50] and
 [row[0] for one in seen for row in one["results"]] == ["host%d" % i for i in range(250)]'
[ "$(cat "$work/out")" = '250 results were taken, 0 were not' ]
verdict 'says how many' $?
fed 'nrdp: a batch of one' 0 '' brayer-nrdp --plain --url "$url/" --token "$work/token" --batch 1 <"$work/hostile"
saw 'nrdp: as many requests' 'len(seen) == 3'

# What is refused is told, and what is not a result is none.
fed 'nrdp: a bad token' 1 'brayer-nrdp: 3 results were refused: BAD TOKEN' \
	brayer-nrdp --plain --url "$url/" --token "$work/wrong" <"$work/hostile"
fed 'icinga: a bad login' 2 "brayer-icinga: $work/wrong.login: this user may not submit results (HTTP 401)" \
	brayer-icinga --plain --url "$url" --login "$work/wrong.login" <"$work/hostile"
saw 'icinga: and no more' 'len(seen) == 1'
printf 'nobody;printer;0;OK\nx!y;printer;0;OK\nalpha;printer;0;OK\n' >"$work/some"
fed 'icinga: some are not known' 1 'brayer-icinga: nobody!printer: Icinga knows no such service
brayer-icinga: x!y: Icinga has no names with "!"' brayer-icinga --plain --url "$url" --login "$work/login" <"$work/some"
saw 'icinga: the rest is sent' '[one["body"]["service"] for one in seen] == ["nobody!printer", "alpha!printer"]'
printf 'slam;printer;0;OK\nalpha;printer;0;OK\n' >"$work/slam"
fed 'icinga: the connection ends' 1 "brayer-icinga: $url: Remote end closed connection without response; 2 results were not taken" \
	brayer-icinga --plain --url "$url" --login "$work/login" <"$work/slam"
printf 'a;b;4;x\na;b;0;\n;b;0;x\na;b\n\na;b;0;cut off' >"$work/bad"
fed 'lines that are none' 1 'brayer-nrdp: line 1: its code is none of 0, 1, 2 and 3
brayer-nrdp: line 2 is not host;service;code;output
brayer-nrdp: line 3 is not host;service;code;output
brayer-nrdp: line 4 is not host;service;code;output
brayer-nrdp: line 5 is not host;service;code;output
brayer-nrdp: and so on' brayer-nrdp --plain --url "$url/" --token "$work/token" <"$work/bad"
saw 'nothing of them is sent' 'seen == []'
fed 'no lines at all' 1 'brayer-nrdp: no results came: did check_printer_all fail?' \
	brayer-nrdp --plain --url "$url/" --token "$work/token" </dev/null
sed -n 1,120p "$work/many" | sed '30s/.*/bad/' >"$work/some"
fed 'nobody listens to many' 1 'brayer-nrdp: line 30 is not host;service;code;output
brayer-nrdp: http://127.0.0.1:9/: Connection refused; 119 results were not taken' \
	brayer-nrdp --plain --url http://127.0.0.1:9/ --token "$work/token" <"$work/some"
fed 'nobody listens' 1 'brayer-nrdp: http://127.0.0.1:9/: Connection refused; 3 results were not taken' \
	brayer-nrdp --plain --url http://127.0.0.1:9/ --token "$work/token" <"$work/hostile"

# How it is called; secrets.
chmod 644 "$work/token"
fed 'a secret that others may read' 2 "brayer-nrdp: $work/token: others may read or write this file of secrets: chmod 0640 it" \
	brayer-nrdp --plain --url "$url/" --token "$work/token" <"$work/hostile"
chmod 640 "$work/token"
fed 'no secret' 2 "brayer-nrdp: $work/none: No such file or directory" \
	brayer-nrdp --plain --url "$url/" --token "$work/none" <"$work/hostile"
fed 'a directory' 2 "brayer-nrdp: $work: Is a directory" brayer-nrdp --plain --url "$url/" --token "$work" <"$work/hostile"
fed 'without TLS' 2 'brayer-nrdp: --url is not https: --plain does it without, and all on the way can read it' \
	brayer-nrdp --url "$url/" --token "$work/token" <"$work/hostile"
fed 'a password in the URL' 2 'brayer-icinga: --url holds no user and no password: they stand in a file' \
	brayer-icinga --url https://feeder:x@127.0.0.1/ --login "$work/login" <"$work/hostile"
fed 'no URL' 2 'brayer-nrdp: --url is missing; see --help' brayer-nrdp --token "$work/token" <"$work/hostile"
grep -q . "$work/log"
[ $? -eq 1 ]
verdict 'nothing was sent' $?

mkfifo -m 600 "$work/fifo"
fed 'a pipe' 2 "brayer-nrdp: $work/fifo: is not a regular file" \
	brayer-nrdp --plain --url "$url/" --token "$work/fifo" <"$work/hostile"
fed 'elsewhere is not gone to' 1 'brayer-nrdp: 3 results were refused: Moved' \
	brayer-nrdp --plain --url "$url/moved/" --token "$work/token" <"$work/hostile"
saw 'elsewhere: no token goes there' '[one["path"] for one in seen] == ["/moved/"]'

# TLS: the certificate must be of the server that is named, by somebody who is trusted.
certificate() { # certificate NAME SUBJECT-ALTERNATIVE
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" -addext "subjectAltName=$2" \
		-keyout "$work/$1.key" -out "$work/$1.crt" >"$work/openssl" 2>&1
}
tls() { # tls NAME STATUS PATTERN OPTION...: a feeder's exit status, and its stderr
	name=$1 want=$2 pattern=$3
	shift 3
	: >"$work/log"
	"$feed/brayer-nrdp" "$@" --token "$work/token" <"$work/hostile" >"$work/out" 2>"$work/said"
	rc=$?
	[ $rc -eq "$want" ] && grep -q -e "$pattern" "$work/said" && [ "$(wc -l <"$work/said")" -le 1 ]
	verdict "$name (exit status $rc, wanted $want and \"$pattern\")" $?
}
if command -v openssl >/dev/null && certificate here IP:127.0.0.1 && certificate there DNS:there.invalid; then
	echo >>"$work/said"
	serve "$work/here.crt" "$work/here.key"
	here=https://127.0.0.1:$port/
	serve "$work/there.crt" "$work/there.key"
	there=https://127.0.0.1:$port/
	tls 'tls: by nobody who is trusted' 1 'certificate' --url "$here"
	saw 'tls: so nothing is sent' 'seen == []'
	tls 'tls: by somebody else' 1 'certificate' --url "$here" --ca "$work/there.crt"
	tls 'tls: of another server' 1 'certificate' --url "$there" --ca "$work/there.crt"
	saw 'tls: and nothing is sent to either' 'seen == []'
	: >"$work/log"
	"$feed/brayer-nrdp" --url "$here" --ca "$work/here.crt" --token "$work/token" <"$work/hostile" >"$work/out" 2>"$work/said"
	verdict 'tls: as it should be' $?
	saw 'tls: all of them' 'len(seen) == 1 and len(seen[0]["results"]) == 3'
	tls 'tls: a file of certificates that is none' 2 '^brayer-nrdp: --ca: ' --url "$here" --ca "$work/none"
	tls 'tls: one without any in it' 2 '^brayer-nrdp: --ca: ' --url "$here" --ca "$work/token"
	tls 'tls to who speaks plainly' 1 '3 results were not taken' --url "https${url#http}/" --ca "$work/here.crt"
else
	echo 'skipped TLS of the feeders: needs openssl (Debian: openssl)'
	skipped=1
fi

# NSCA: fields parted by tabs, a line each.
cat >"$work/send_nsca" <<'END'
#!/bin/sh
cat >"$1"
echo "$(wc -l <"$1") data packet(s) sent to host successfully."
exit "${2:-0}"
END
chmod 755 "$work/send_nsca"
printf 'alpha;printer;1;a\tb | x=1;2;3\n' >"$work/one"
fed 'nsca' 0 '' brayer-nsca --program "$work/send_nsca" -- "$work/nsca" <"$work/one"
[ "$(cat "$work/nsca")" = "$(printf 'alpha\tprinter\t1\ta b | x=1;2;3')" ]
verdict 'nsca: to the letter' $?
fed 'nsca fails' 1 "brayer-nsca: $work/send_nsca: 1 data packet(s) sent to host successfully." \
	brayer-nsca --program "$work/send_nsca" -- "$work/nsca" 2 <"$work/one"
fed 'no send_nsca' 2 "brayer-nsca: $work/none: No such file or directory (Debian: nsca-client)" \
	brayer-nsca --program "$work/none" <"$work/one"
printf 'alpha;printer;1;x\n' | python3 $feed/brayer-submit nsca --program "$work/send_nsca" -- "$work/nsca" >"$work/said" 2>&1
verdict 'by its own name' $?
fed 'to nobody' 2 'brayer-submit: to whom? as first word, or called as brayer-WORD: nrdp, nsca, icinga' brayer-submit <"$work/one"

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
