#!/bin/sh
# icinga_checks.sh - the printer checks as a real icinga2 schedules them, with the shipped files,
# against the simulated fleet: what it then knows of states, measurements and notifications.
#
# One printer prints until its toner is empty and replaced, others are switched off and on. The
# daemon runs as whoever runs this, in a directory of its own, with its API on loopback.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2015,SC2016
set -u
export LC_ALL=C.UTF-8 HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent NO_COLOR=1
export PATH="$PATH:/usr/sbin:/sbin"

build=$(cd "${BRAYER_BUILD:-build/release}" && pwd) || exit 1
plugins=$build/nagios-checks
passed=0 failed=0 skipped=0 farm_pid='' icinga_pid='' sink_pid=''
home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-icinga.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$icinga_pid" ] || { kill "$icinga_pid" && wait "$icinga_pid"; } 2>/dev/null
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	[ -z "$sink_pid" ] || kill "$sink_pid" 2>/dev/null
	rm -rf "$home"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

is() { # is NAME GOT WANT
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'failed %s:\n%s\nwanted:\n%s\n' "$1" "$2" "$3"
	fi
}
finish() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}
skip() {
	echo "skipped icinga_checks: $1"
	skipped=$((skipped + 1))
	finish
}
command -v icinga2 >/dev/null && [ -r /usr/share/icinga2/include/itl ] ||
	skip 'icinga2 is not here (Debian: icinga2-bin icinga2-common)'
command -v openssl >/dev/null || skip 'openssl, for a certificate, is not here (Debian: openssl)'
[ -x "$plugins/check_printer_all" ] || skip 'the checks are not built'

# --- The fleet: one printer that is well, at ten addresses, and one that has no counters ------
base=127.16.91
level=1.3.6.1.2.1.43.11.1.1.9.1.1 # of 20000
alert=1.3.6.1.2.1.43.18.1.1
cat >"$home/before" <<END
0 $base.1 $level set 5600
0 $base.2 $level set 3000
0 $base.3 $level set 3000
0 $base.6 $level set 3000
END
# Toner: below 20 % after 9 s, below 10 % after 19, new after 28.
{
	cat "$home/before"
	cat <<END
0 $base.1 1.3.6.1.2.1.43.10.2.1.4.1.1 add 3 every 1
0 $base.1 $level add -200 every 1 until 24
28 $base.1 $level set 20000
5 $base.2 off
5 $base.3 off
5 $base.4 off
5 $base.8 off
5 $base.9 off
5 $base.10 off
24 $base.2 on
24 $base.3 on
24 $base.4 on
24 $base.9 on
24 $base.10 on
END
	for cell in '2|2|3' '3|2|3' '4|2|6' '5|2|1' '6|2|-2' '7|2|3' '8|4|Front door open'; do
		echo "4 $base.5 $alert.${cell%%|*}.1.9 put ${cell#*|}"
		echo "20 $base.5 $alert.${cell%%|*}.1.9 remove"
	done
} >"$home/script"

# farm PORT SCRIPT: plays from second 0 of the script.
farm() {
	[ -z "$farm_pid" ] || { kill "$farm_pid" && wait "$farm_pid"; } 2>/dev/null
	: >"$home/farm"
	set -- "$@" tests/recordings/lexmark_mono.snmprec
	"$build/tests/farm/farm" -b $base.1 -n 11 -p "$1" -c public --script "$2" \
		"$3" "$3" "$3" "$3" "$3" "$3" "$3" "$3" "$3" "$3" tests/recordings/zebra_industrial.snmprec >"$home/farm" 2>&1 &
	farm_pid=$!
	tries=0
	while ! grep -q '^ready' "$home/farm" && [ $tries -lt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
}
farm 0 "$home/before"
port=$(sed -n 's/^ready *//p' "$home/farm")
umask 077
printf '[profile office]\nversion = 2c\ncommunity = public\ntimeout = 300ms\nretries = 1\n' >"$home/brayer.conf"
umask 022

# --- The daemon: what is shipped, hurried, with a notification that leaves a line ------------
mkdir -p "$home/run/certs" "$home/conf"
cp contrib/icinga2/brayer.conf "$home/conf/"
sed -e 's/check_interval = [0-9]*[mh]/check_interval = 1s/; s/retry_interval = [0-9]*[mhs]/retry_interval = 1s/' \
	-e 's/max_check_attempts = 3/max_check_attempts = 2/; s/max_check_attempts = 64/max_check_attempts = 25/; s/07:00-19:00/00:00-24:00/; s/"friday" = \(.*\)/"friday" = \1\n"saturday" = \1\n"sunday" = \1/' \
	-e 's/times.begin = 1h/times.begin = 3s/' \
	contrib/icinga2/brayer-services.conf >"$home/conf/brayer-services.conf"
morning=$(date -d '+40 seconds' +%T)
api=$((20000 + $$ % 10000))
# Who stores what is measured: whatever comes, Graphite's lines or Influx' posts.
sink=9
if command -v python3 >/dev/null; then
	cat >"$home/sink.py" <<'END'
import socketserver, sys
class Taker(socketserver.BaseRequestHandler):
	def handle(self):
		while data := self.request.recv(65536):
			open(sys.argv[1], "ab").write(data + b"\n")
			if data.startswith(b"POST"):
				self.request.sendall(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
socketserver.ThreadingTCPServer.daemon_threads = True
with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Taker) as server:
	print(server.server_address[1], flush=True)
	server.serve_forever()
END
	: >"$home/sink"
	: >"$home/stored"
	python3 "$home/sink.py" "$home/stored" >"$home/sink" 2>&1 &
	sink_pid=$!
	tries=0
	while ! [ -s "$home/sink" ] && [ $tries -lt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	sink=$(cat "$home/sink")
fi
cat >"$home/icinga.conf" <<END
include <itl>
include <plugins>
include <plugins-contrib>
const NodeName = "here"
const ZoneName = "here"
const PluginDir = "/usr/lib/nagios/plugins"
const PluginContribDir = "$plugins"
include_recursive "$home/conf"

object CheckerComponent "checker" { }
object NotificationComponent "notification" { }
object Endpoint "here" { }
object Zone "here" { endpoints = [ "here" ] }
object ApiListener "api" { bind_host = "127.0.0.1", bind_port = $api }
object ApiUser "test" { password = "test", permissions = [ "console", "actions/*", "objects/query/*" ] }
object PerfdataWriter "perfdata" {
	service_perfdata_path = "$home/run/perfdata"
	service_temp_path = "$home/run/perfdata.tmp"
	host_perfdata_path = "$home/run/host"
	host_temp_path = "$home/run/host.tmp"
	service_format_template = "\$host.name\$ \$service.perfdata\$"
	rotation_interval = 1h
}
object GraphiteWriter "graphite" { host = "127.0.0.1", port = $sink }
object InfluxdbWriter "influxdb" {
	host = "127.0.0.1", port = $sink, flush_interval = 2s
	host_template = { measurement = "\$host.check_command\$", tags = { hostname = "\$host.name\$" } }
	service_template = {
		measurement = "\$service.check_command\$"
		tags = { hostname = "\$host.name\$", service = "\$service.name\$" }
	}
}
object NotificationCommand "mail-service-notification" {
	command = [ "/bin/sh", "-c", "echo \$\$(date +%T) \$\$1 >>$home/run/told", "sh",
		"\$host.name\$ \$service.name\$ \$notification.type\$ \$service.state\$" ]
}
object User "helpdesk" { groups = [ "icingaadmins" ] }
object UserGroup "icingaadmins" { }
object TimePeriod "soon" {
	ranges = { $(for day in monday tuesday wednesday thursday friday saturday sunday; do
		printf '"%s" = "%s-24:00", ' $day "$morning"
	done) }
}
template Host "test" {
	import "brayer-printer"
	check_command = "printer_alive"
	vars.brayer_config = "$home/brayer.conf"
	vars.brayer_profile = "office"
	vars.brayer_port = "$port"
	vars.brayer_timeout = 3
}
object Host "prints" { import "test", address = "$base.1" }
object Host "night" { import "test", address = "$base.2" }
/* As if nobody had noticed yet that it is off. */
object Host "unseen" { import "test", address = "$base.3", check_command = "dummy", vars.dummy_state = 0 }
object Host "unseen-ok" { import "test", address = "$base.4", check_command = "dummy", vars.dummy_state = 0 }
object Host "cover" { import "test", address = "$base.5" }
object Host "morning" { import "test", address = "$base.6", vars.brayer_notify = null }
object Host "passive" { address = "$base.6", check_command = "dummy" }
object Service "printer" {
	import "brayer-service"
	host_name = "passive"
	check_command = "printer_all"
	enable_active_checks = false
}
/* As if nobody had noticed for 64 hours. */
object Host "dead" { import "test", address = "$base.8", check_command = "dummy", vars.dummy_state = 0 }
/* What a host wants of its checks is not for the one that says whether it is there. */
object Host "own" { import "test", address = "$base.9", vars.brayer_offline_state = "ok", vars.brayer_timeout_state = "ok", vars.brayer_max_age = "1h", vars.brayer_pages_critical = "1:" }
object Host "told" { import "test", address = "$base.10", check_command = "dummy", vars.dummy_state = 0, vars.brayer_offline_state = "critical" }
object Host "no-counters" { import "test", address = "$base.11", vars.brayer_notify = null }
object Host "split" { import "test", address = "$base.7", vars.brayer_split = true }
apply Notification "later" to Service {
	import "brayer-notification"
	period = "soon"
	users = [ "helpdesk" ]
	assign where host.name == "morning"
}
END
sed -i 's/, \(address\|check_command\|vars\.[a-z_]*\) =/; \1 =/g' "$home/icinga.conf"
set -- -D "DataDir=$home/run" -D "CacheDir=$home/run" -D "LogDir=$home/run" -D "InitRunDir=$home/run" \
	-D "RunAsUser=$(id -un)" -D "RunAsGroup=$(id -gn)"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=here \
	-addext subjectAltName=DNS:here,IP:127.0.0.1 -keyout "$home/run/certs/here.key" -out "$home/run/certs/here.crt" 2>/dev/null
cp "$home/run/certs/here.crt" "$home/run/certs/ca.crt"

# As they are installed, beside all that Icinga itself brings: no name is there twice, and all of
# Icinga's own is still there.
cat >"$home/installed.conf" <<END
include "/etc/icinga2/constants.conf"
include <itl>
include <plugins>
include <plugins-contrib>
include <manubulon>
include <windows-plugins>
include <nscp>
include_recursive "$home/stock"
END
installed() { # installed WHAT: it is taken without a warning; which objects there are then
	icinga2 daemon -C -c "$home/installed.conf" -D NodeName=elsewhere "$@" >"$home/said" 2>&1
	is "$what" "$? $(grep -E 'warning/|critical/' "$home/said")" '0 '
	icinga2 object list "$@" 2>"$home/said" | sed -n "s/^Object '\([^']*\)' of type '\(Host\|Service\|Notification\)'.*/\2 \1/p" | sort
}
if [ -r /etc/icinga2/constants.conf ] && [ -r /etc/icinga2/conf.d/commands.conf ]; then
	mkdir "$home/stock"
	for file in /etc/icinga2/conf.d/*; do
		grep -qi brayer "$file" || cp "$file" "$home/stock/"
	done
	what='what Icinga brings' && installed "$@" >"$home/before.list"
	for file in contrib/icinga2/*; do
		[ ! -e "$home/stock/${file##*/}" ] || echo "$file"
	done >"$home/same"
	is 'no file has a name of theirs' "$(cat "$home/same")" ''
	cp contrib/icinga2/brayer.conf contrib/icinga2/brayer-services.conf "$home/stock/"
	for number in 7 8; do
		printf 'object Host "printer-%s" {\n\timport "brayer-printer"\n\taddress = "192.0.2.%s"\n' $number $number
		[ $number -eq 7 ] || printf '\tvars.brayer_split = true\n'
		echo '}'
	done >"$home/stock/printers.conf"
	what='beside what Icinga brings' && installed "$@" >"$home/after.list"
	is 'what Icinga brings is still there' "$(comm -23 "$home/before.list" "$home/after.list")" ''
	is 'who is told of each service, without a word of ours' \
		"$(comm -13 "$home/before.list" "$home/after.list" | sed -n 's/^Notification \(.*\)!printer-problem$/\1/p' | tr '\n' ' ')" \
		'printer-7!printer printer-7!printer-answers printer-8!printer-answers printer-8!printer-pages printer-8!printer-status printer-8!printer-supplies printer-8!printer-trays '
else
	echo "skipped beside what Icinga brings: /etc/icinga2 is not there or may not be read"
	skipped=$((skipped + 1))
fi
for name in all supplies status trays pages alive; do
	theirs=/usr/lib/nagios/plugins/check_printer_$name
	[ ! -e "$theirs" ] || "$theirs" --version | grep -q Brayer || echo "$theirs"
done >"$home/said"
is 'no monitoring plugin has our names' "$(cat "$home/said")" ''
icinga2 daemon -C -c "$home/icinga.conf" "$@" >"$home/said" 2>&1
is 'icinga2 takes what is shipped' "$? $(grep -E 'warning/|critical/' "$home/said")" '0 '
[ "$failed" -eq 0 ] || finish
icinga2 daemon -c "$home/icinga.conf" "$@" >"$home/log" 2>&1 &
icinga_pid=$!

# What it knows: HOST;SERVICE;STATE;HARD;OUTPUT|PERFDATA;WHEN, a line each; of hosts HOST;;STATE;HARD;
ask='var all = []
for (s in get_objects(Service)) {
	var r = s.last_check_result
	all.add(s.host_name + ";" + s.name + ";" + (r ? s.state : "-") + ";" + s.state_type + ";" +
		(r ? r.output.split("\n")[0] + "|" + r.performance_data.join(" ") + ";" + s.last_check : ""))
}
for (h in get_objects(Host)) { all.add(h.name + ";;" + h.state + ";" + h.state_type + ";") }
all.sort().join("\n")'
eval_there() {
	ICINGA2_API_PASSWORD=test ICINGA2_API_USERNAME=test \
		icinga2 console --connect "https://127.0.0.1:$api/" --eval "$1" 2>"$home/said"
}
states() { eval_there "$ask" | sed 's/^"//; s/"$//; s/\\n/\n/g'; }
# So that no printer vanishes in the middle of a reading while the farm begins anew.
checks() { eval_there "for (s in get_objects(Service)) { if (s.host_name != \"passive\") { s.enable_active_checks = $1 } }
	for (h in get_objects(Host)) { h.enable_active_checks = $1 }" >/dev/null; }
tries=0
while sleep 0.5 && [ $tries -lt 50 ]; do
	states >"$home/now"
	[ "$(grep -v '^passive\|^[a-z-]*;;' "$home/now" | grep -c ';[0-3];1;')" -ne 25 ] || break
	tries=$((tries + 1))
done
is 'all is known at the start' "$(grep -v -e '^[a-z-]*;;' -e '^passive' -e '^no-counters;printer;' -e ';printer-answers;0;1;' "$home/now" | cut -d ';' -f 1-4)" 'cover;printer;0;1
dead;printer;0;1
morning;printer;1;1
night;printer;1;1
own;printer;0;1
prints;printer;0;1
split;printer-pages;0;1
split;printer-status;0;1
split;printer-supplies;0;1
split;printer-trays;0;1
told;printer;0;1
unseen-ok;printer;0;1
unseen;printer;1;1'

# An argument for each option, but for secrets, and what makes no sense in a service.
for name in all supplies status trays pages; do
	eval_there "get_check_command(\"printer_$name\").arguments.keys().join(\" \")" | tr -d '"' | tr ' ' '\n' | sed -n 's/^--//p' | sort >"$home/arguments"
	"$plugins/check_printer_$name" --help | sed -n 's/^  \(-., \|    \)--\([a-z-]*\).*/\2/p' |
		grep -vx -e community -e authpasswd -e privpasswd -e passive -e service -e host-by -e output-format -e verbose \
			-e help -e usage -e version |
		if [ $name = trays ] || [ $name = pages ]; then grep -vx -e warning -e critical; else cat; fi | sort >"$home/options"
	is "options and arguments of printer_$name" "$(diff "$home/options" "$home/arguments")" ''
done

checks false
sleep 1
farm "$port" "$home/script"
checks true
until=$(($(date +%s) + 36))
while [ "$(date +%s)" -lt $until ] && sleep 0.5; do
	states >>"$home/seen"
done

# states_of HOST SERVICE: how they went, each once.
states_of() { awk -F ';' -v h="$1" -v s="$2" 'BEGIN { last = "-" } $1 == h && $2 == s && $3 != last { printf "%s", last = $3 }' "$home/seen"; }
is 'toner runs out and is replaced' "$(states_of prints printer)" 0120
is 'switched off: the host is down' "$(states_of night '')" 010
is 'switched off: the service is as it was' "$(states_of night printer)" 1
is 'switched off: it is not asked' "$(awk -F ';' '$1 == "night" && $2 == "" { down = $3 } down && $1 == "night" && $2 == "printer" && !($NF in at) { at[$NF]; n++ }
	END { print (n <= 2 ? "not" : n) }' "$home/seen")" not
is 'switched off, unseen: the service is as it was' "$(states_of unseen printer)" 1
is 'switched off, unseen, and well: it stays so' "$(states_of unseen-ok printer)" 0
is 'what is not asked is down, whatever else it wants' "$(states_of own '')" 010
is 'what a host wants goes before what we want' "$(states_of told printer)" 020
is 'who answers is up, with counters or without' "$(states_of no-counters '') $(states_of no-counters printer-answers)" '0 0'
is 'it was asked meanwhile' "$(grep '^unseen;printer;' "$home/seen" | grep -vc 'toner-black=' | sed 's/^[1-9][0-9]*$/some/')" some
is 'an open cover comes and goes' "$(states_of cover printer)" 020
is 'nothing happens: four services' "$(for what in pages status supplies trays; do states_of split printer-$what; done)" 0000

# What is measured is what is judged.
is 'the measurements fit' "$(sed -n 's/^prints;printer;\([0-3]\);.*[| ]toner-black=\([0-9]*\)%;20:;10:.*/\1 \2/p' "$home/seen" |
	awk '{ n++; if ($1 != ($2 < 10 ? 2 : $2 < 20 ? 1 : 0)) print } END { print (n > 5) }')" 1
is 'the counter counts' "$(sed -n 's/^prints;.* count-total=\([0-9]*\)c.*/\1/p' "$home/seen" |
	awk 'NR > 1 && $1 < last { print "backwards" } { last = $1 } NR == 1 { first = $1 } END { print (last > first) }')" 1

# One for each thing that happened; of who was switched off, none.
tries=0
while [ $tries -lt 60 ] && ! { grep -q morning "$home/run/told" && grep -q dead "$home/run/told"; }; do
	sleep 1
	tries=$((tries + 1))
done
is 'notifications' "$(cut -d ' ' -f 2- "$home/run/told" | sort)" 'cover printer PROBLEM CRITICAL
cover printer RECOVERY OK
dead printer-answers PROBLEM WARNING
morning printer PROBLEM WARNING
night printer PROBLEM WARNING
prints printer PROBLEM CRITICAL
prints printer PROBLEM WARNING
prints printer RECOVERY OK
told printer PROBLEM CRITICAL
told printer RECOVERY OK
unseen printer PROBLEM WARNING'
is 'meanwhile it kept its state' "$(states_of dead printer)" 0
is 'what came up at night is told in the morning' "$(sed -n 's/ morning .*//p' "$home/run/told" |
	awk -v m="$morning" '{ print ($1 >= m ? "later" : "at night") }')" later

# The names that docs/MONITORING.md and the dashboards know.
if command -v python3 >/dev/null; then
	for name in 'icinga2.prints.services.printer.printer_all.perfdata.toner-black.value [0-9]' \
		'icinga2.prints.services.printer.printer_all.perfdata.count-total.value [0-9]' \
		'^printer_all,hostname=prints,service=printer,metric=toner-black unit="percent",value=[0-9]' \
		'^printer_all,hostname=prints,service=printer,metric=count-total value=[0-9]'; do
		grep -q -e "$name" "$home/stored" || echo "$name"
	done >"$home/said"
	is 'the names of what is stored' "$(cat "$home/said")" ''
	for file in contrib/grafana/*.json; do
		python3 -c 'import json, sys; [panel["targets"][0]["refId"] for panel in json.load(open(sys.argv[1]))["panels"]]' "$file" 2>&1
	done >"$home/said"
	is 'the dashboards are JSON' "$(cat "$home/said")" ''
fi

# Passive: the collector reads, its store speaks, and the feeder brings it to the API.
passive() {
	printf '[collector]\nstore = %s/store.db\nhealth = %s/health.json\n[printer %s:%s]\nname = passive\n' \
		"$home" "$home" $base.6 "$port" >"$home/brayerd.conf"
	"$build/collector/brayerd" --once --config "$home/brayerd.conf" >"$home/said" 2>&1 || cat "$home/said"
	(umask 077 && echo test:test >"$home/login")
	"$plugins/check_printer_all" --passive --offline-state last --store "$home/store.db" |
		contrib/passive/brayer-icinga --url "https://127.0.0.1:$api" --ca "$home/run/certs/ca.crt" --login "$home/login" 2>&1
	is 'passive results are taken' $? 0
	is 'a passive result is there' "$(states | sed -n 's/^passive;printer;\(.*toner-black=15%\).*/\1/p')" \
		'1;1;PRINTER WARNING: toner-black 15 %|toner-black=15%'
}
if [ ! -x "$build/collector/brayerd" ]; then
	echo 'skipped passive results: the collector is not built'
	skipped=$((skipped + 1))
elif ! command -v python3 >/dev/null; then
	echo 'skipped passive results: python3 is not here (Debian: python3)'
	skipped=$((skipped + 1))
else
	passive
fi
finish
