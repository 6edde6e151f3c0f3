#!/bin/sh
# nagios_checks.sh - the printer checks as a real nagios4 schedules them, with the shipped files,
# against the simulated fleet: what it then knows of states, measurements and notifications.
#
# One printer prints until its toner is empty and replaced, others are switched off and on. The
# daemon runs as whoever runs this, in a directory of its own; an interval is a second.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2015,SC2016
set -u
export LC_ALL=C.UTF-8 HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent NO_COLOR=1
export PATH="$PATH:/usr/sbin:/sbin"

build=$(cd "${BRAYER_BUILD:-build/release}" && pwd) || exit 1
plugins=$build/nagios-checks
passed=0 failed=0 skipped=0 farm_pid='' nagios_pid=''
home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-nagios.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$nagios_pid" ] || { kill "$nagios_pid" && wait "$nagios_pid"; } 2>/dev/null
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
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
	echo "skipped nagios_checks: $1"
	skipped=$((skipped + 1))
	finish
}
command -v nagios4 >/dev/null && [ -r /etc/nagios4/objects/templates.cfg ] ||
	skip 'nagios4 or its examples are not here (Debian: nagios4-core nagios4-common)'
[ -x "$plugins/check_printer_all" ] || skip 'the checks are not built'

# --- The fleet: one printer that is well, at seven addresses, and one that has no counters ---
base=127.16.92
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
5 $base.7 off
24 $base.2 on
24 $base.3 on
24 $base.4 on
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
	"$build/tests/farm/farm" -b $base.1 -n 8 -p "$1" -c public --script "$2" \
		"$3" "$3" "$3" "$3" "$3" "$3" "$3" tests/recordings/zebra_industrial.snmprec >"$home/farm" 2>&1 &
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
mkdir -p "$home/run/results" "$home/run/checkresults" "$home/conf"
sed -e 's/\(check_interval\|retry_interval\) .*/\1 1/; s/07:00-19:00/00:00-24:00/; s/\(max_check_attempts .*\)3/\12/; s/\(max_check_attempts .*\)64/\125/' \
	-e 's/^\(\tfriday\)\( *00.*\)/\1\2\n\tsaturday\2\n\tsunday\2/' \
	-e "s!\(--profile\)!--config '$home/brayer.conf' -t 3 \1!" contrib/nagios/brayer.cfg >"$home/conf/brayer.cfg"
cp contrib/nagios/brayer-services.cfg "$home/conf/"
morning=$(date -d '+75 seconds' +%H:%M)
{
	for part in templates contacts timeperiods; do
		echo "cfg_file=/etc/nagios4/objects/$part.cfg"
	done
	cat <<END
cfg_dir=$home/conf
resource_file=$home/resource.cfg
log_file=$home/run/log
object_cache_file=$home/run/cache
precached_object_file=$home/run/objects
status_file=$home/run/status
state_retention_file=$home/run/retention
command_file=$home/run/command
query_socket=$home/run/socket
lock_file=$home/run/lock
temp_file=$home/run/temporary
temp_path=$home/run
check_result_path=$home/run/results
nagios_user=$(id -un)
nagios_group=$(id -gn)
use_syslog=0
check_external_commands=1
interval_length=1
status_update_interval=1
check_result_reaper_frequency=1
service_inter_check_delay_method=n
host_inter_check_delay_method=n
cached_host_check_horizon=0
host_down_disable_service_checks=1
process_performance_data=1
service_perfdata_file=$home/run/perfdata
service_perfdata_file_template=\$HOSTNAME\$ \$SERVICESTATEID\$ \$SERVICEPERFDATA\$
date_format=iso8601
illegal_object_name_chars=\`~!\$%^&*|'"<>?,()=
illegal_macro_output_chars=\`~\$&|'"<>
END
} >"$home/nagios.cfg"
echo "\$USER1\$=$plugins" >"$home/resource.cfg"
host() { # host NAME LAST-OCTET CHECK
	cat <<END
define host {
	use            brayer-printer
	host_name      $1
	address        $base.$2
	_TARGET        $base.$2:$port
	_PROFILE       office
	check_command  $3
}
END
}
{
	host prints 1 'check_printer_alive!$_HOSTTARGET$!$_HOSTPROFILE$'
	host night 2 'check_printer_alive!$_HOSTTARGET$!$_HOSTPROFILE$'
	# As if nobody had noticed yet that it is off.
	host unseen 3 check-host-alive
	host unseen-ok 4 check-host-alive
	host cover 5 'check_printer_alive!$_HOSTTARGET$!$_HOSTPROFILE$'
	host morning 6 check-host-alive
	# As if nobody had noticed for 64 hours.
	host dead 7 check-host-alive
	host no-counters 8 'check_printer_alive!$_HOSTTARGET$!$_HOSTPROFILE$'
	for command in check-host-alive notify-host-by-email; do
		printf 'define command {\n\tcommand_name %s\n\tcommand_line /bin/true\n}\n' $command
	done
	cat <<END
define command {
	command_name  notify-service-by-email
	command_line  echo "\$\$(date +%T) \$HOSTNAME\$ \$SERVICEDESC\$ \$NOTIFICATIONTYPE\$ \$SERVICESTATE\$" >>$home/run/told
}
define timeperiod {
	timeperiod_name  soon
	alias            soon
$(for day in monday tuesday wednesday thursday friday saturday sunday; do printf '\t%s %s-24:00\n' $day "$morning"; done)
}
define host {
	use            brayer-printer
	host_name      passive
	address        $base.6
	hostgroups     null
	check_command  check-host-alive
}
define service {
	use                  brayer-passive
	host_name            passive
	service_description  printer
}
define service {
	use                  brayer-service
	host_name            morning
	service_description  later
	check_command        check_printer_all!\$_HOSTTARGET\$!\$_HOSTPROFILE\$
	notification_period  soon
}
END
} >"$home/conf/test.cfg"

# As they are installed, beside all that Debian brings: no name is there twice.
if [ -r /etc/nagios4/nagios.cfg ]; then
	{
		sed -e "s!=/var/[a-z/]*nagios4\(/rw\|/spool\)*!=$home/run!" -e '/^resource_file=/d' \
			-e "s/^nagios_user=.*/nagios_user=$(id -un)/; s/^nagios_group=.*/nagios_group=$(id -gn)/" /etc/nagios4/nagios.cfg
		printf 'resource_file=%s/resource.cfg\ncfg_file=%s/contrib/nagios/brayer.cfg\ncfg_file=%s/contrib/nagios/brayer-services.cfg\ncfg_file=%s/installed.cfg\n' \
			"$home" "$PWD" "$PWD" "$home"
	} >"$home/installed"
	sed -n '/^# *define service/,$ s/^# *\(define\|\t[a-z_]*  \|\t_[A-Z]*  \|}\)/\1/p' contrib/nagios/brayer-services.cfg >"$home/installed.cfg"
	nagios4 -vp "$home/installed" >"$home/said" 2>&1
	for file in contrib/nagios/*; do
		for theirs in /etc/nagios4/conf.d /etc/nagios4/objects; do
			theirs=$theirs/${file##*/}
			[ ! -e "$theirs" ] || grep -qi brayer "$theirs" || echo "$theirs"
		done
	done >"$home/same"
	is 'no file has a name of theirs' "$(cat "$home/same")" ''
	is 'beside what Debian brings' "$(sed -n 's/^Total \(Errors\|Warnings\): *//p' "$home/said" | tr -d '\n') $(grep -i 'duplicate' "$home/said")" '00 '
	is 'with the examples of the comments' "$(awk '/^define service/ { h = d = "" } $1 == "host_name" { h = $2 } $1 == "service_description" { d = $2 }
		/^\t}/ && h == "printer-192.0.2.7" && d != "" { print d; d = "" }' "$home/run/objects.precache" | sort | tr '\n' ' ')" \
		'printer printer-answers printer-pages printer-status printer-supplies printer-trays '
else
	echo 'skipped beside what Debian brings: /etc/nagios4/nagios.cfg may not be read'
	skipped=$((skipped + 1))
fi
nagios4 -v "$home/nagios.cfg" >"$home/said" 2>&1
is 'nagios4 takes what is shipped' "$(sed -n 's/^Total \(Errors\|Warnings\): *//p' "$home/said" | tr -d '\n')" 00
[ "$failed" -eq 0 ] || { cat "$home/said"; finish; }
nagios4 "$home/nagios.cfg" >"$home/said" 2>&1 &
nagios_pid=$!

# What it knows: HOST;SERVICE;STATE;HARD;OUTPUT|PERFDATA;WHEN, a line each; of hosts HOST;;STATE;HARD;
states() {
	[ ! -r "$home/run/status" ] || awk '
	/ {$/ { kind = $1; delete of; next }
	/^\t}/ {
		if (kind == "servicestatus") print of["host_name"] ";" of["service_description"] ";" \
			(of["has_been_checked"] == 1 ? of["current_state"] : "-") ";" of["state_type"] ";" \
			of["plugin_output"] "|" of["performance_data"] ";" of["last_check"]
		if (kind == "hoststatus") print of["host_name"] ";;" of["current_state"] ";" of["state_type"] ";"
	}
	{ name = $0; sub(/=.*/, "", name); sub(/^\t/, "", name); value = $0; sub(/[^=]*=/, "", value); of[name] = value }
	' "$home/run/status" | sort
}
tries=0
while sleep 0.5 && [ $tries -lt 50 ]; do
	states >"$home/now"
	[ "$(grep -v '^passive\|^[a-z-]*;;' "$home/now" | grep -c ';[0-3];1;')" -ne 17 ] || break
	tries=$((tries + 1))
done
is 'all is known at the start' "$(grep -v -e '^[a-z-]*;;' -e '^passive' -e '^no-counters;printer;' -e ';printer-answers;0;1;' "$home/now" | cut -d ';' -f 1-4)" 'cover;printer;0;1
dead;printer;0;1
morning;later;1;1
morning;printer;1;1
night;printer;1;1
prints;printer;0;1
unseen-ok;printer;0;1
unseen;printer;1;1'

# So that no printer vanishes in the middle of a reading while the farm begins anew.
checks() { printf '[%s] %s_EXECUTING_SVC_CHECKS\n[%s] %s_EXECUTING_HOST_CHECKS\n' "$(date +%s)" "$1" "$(date +%s)" "$1" >"$home/run/command"; }
checks STOP
sleep 2
farm "$port" "$home/script"
checks START
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
is 'who answers is up, with counters or without' "$(states_of no-counters '') $(states_of no-counters printer-answers)" '0 0'
is 'it was asked meanwhile' "$(grep '^unseen;printer;' "$home/seen" | grep -vc 'toner-black=' | sed 's/^[1-9][0-9]*$/some/')" some
is 'an open cover comes and goes' "$(states_of cover printer)" 020

# What is measured is what is judged.
is 'the measurements fit' "$(sed -n 's/^prints \([0-3]\) .*toner-black=\([0-9]*\)%;20:;10:.*/\1 \2/p' "$home/run/perfdata" |
	awk '{ n++; if ($1 != ($2 < 10 ? 2 : $2 < 20 ? 1 : 0)) print } END { print (n > 5) }')" 1
is 'the counter counts' "$(sed -n 's/^prints;.* count-total=\([0-9]*\)c.*/\1/p' "$home/seen" |
	awk 'NR > 1 && $1 < last { print "backwards" } { last = $1 } NR == 1 { first = $1 } END { print (last > first) }')" 1

# One for each thing that happened; of who was switched off, none.
tries=0
while [ $tries -lt 60 ] && ! { grep -q later "$home/run/told" && grep -q dead "$home/run/told"; }; do
	sleep 1
	tries=$((tries + 1))
done
is 'notifications' "$(cut -d ' ' -f 2- "$home/run/told" | grep -v '^no-counters printer ' | sort)" 'cover printer PROBLEM CRITICAL
cover printer RECOVERY OK
dead printer-answers PROBLEM WARNING
morning later PROBLEM WARNING
morning printer PROBLEM WARNING
night printer PROBLEM WARNING
prints printer PROBLEM CRITICAL
prints printer PROBLEM WARNING
prints printer RECOVERY OK
unseen printer PROBLEM WARNING'
is 'meanwhile it kept its state' "$(states_of dead printer)" 0
is 'what came up at night is told in the morning' "$(sed -n 's/ morning later.*//p' "$home/run/told" |
	awk -v m="$morning" '{ print ($1 >= m ? "later" : "at night") }')" later

# The template for PNP4Nagios, as PNP calls it: from a method, with its data sources.
cat >"$home/pnp.php" <<'END'
<?php
class Page {
	public $DS = array();
	function draw($file) {
		$ds_name = $opt = $def = array();
		include $file;
		foreach ($def as $i => $graph)
			echo $ds_name[$i], ': ', implode(' ', preg_grep('/^LINE|^HRULE/', explode(' ', $graph))), "\n";
	}
}
error_reporting(E_ALL);
$page = new Page;
foreach (explode(' ', 'toner-black=%%=20=10 waste-toner=%%=10=5 tray-1=%%== count-total=c== alerts===') as $i => $row) {
	list($label, $unit, $warning, $critical) = explode('=', $row);
	$page->DS[] = array('LABEL' => $label, 'UNIT' => $unit, 'DS' => '1', 'RRDFILE' => "/perf/a:b/$label.rrd",
		'WARN_MIN' => $warning, 'CRIT_MIN' => $critical);
}
$page->draw($argv[1]);
END
if command -v php >/dev/null; then
	is 'the template for PNP4Nagios' "$(php "$home/pnp.php" contrib/nagios/brayer-pnp.php 2>&1)" \
		'Supplies: LINE2:v0#222222:"toner-black LINE2:v1#8a6d3b:"waste-toner HRULE:20#ff9900 HRULE:10#ff0000 HRULE:10#ff9900 HRULE:5#ff0000
Trays: LINE2:v0#3a7d44:"tray-1
Pages a day: LINE2:d0#3a7d44:"count-total
Alerts and forecasts: LINE2:v0#3a7d44:"alerts'
else
	echo 'skipped the template for PNP4Nagios: php is not here (Debian: php-cli)'
	skipped=$((skipped + 1))
fi

# Passive: the collector reads, its store speaks, and the command file takes it.
passive() {
	printf '[collector]\nstore = %s/store.db\nhealth = %s/health.json\n[printer %s:%s]\nname = passive\n' \
		"$home" "$home" $base.6 "$port" >"$home/brayerd.conf"
	"$build/collector/brayerd" --once --config "$home/brayerd.conf" >"$home/said" 2>&1 || cat "$home/said"
	"$plugins/check_printer_all" --passive --offline-state last --store "$home/store.db" |
		sed "s/^/[$(date +%s)] PROCESS_SERVICE_CHECK_RESULT;/" >"$home/run/command"
	tries=0
	while sleep 0.5 && [ $tries -lt 20 ] && ! states | grep -q '^passive;printer;[0-3]'; do
		tries=$((tries + 1))
	done
	is 'a passive result is there' "$(states | sed -n 's/^passive;printer;\(.*toner-black=15%\).*/\1/p')" \
		'1;1;PRINTER WARNING: toner-black 15 %|toner-black=15%'
}
if [ -x "$build/collector/brayerd" ]; then
	passive
else
	echo 'skipped passive results: the collector is not built'
	skipped=$((skipped + 1))
fi
finish
