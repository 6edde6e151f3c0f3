#!/bin/sh
# discover_output.sh - what brayer discover writes as configuration, loaded into the real programs.
#
# The printers say hostile things of themselves. Each program must take the file as a whole, and know
# exactly the printers that are there, by the names that are meant, and nothing that they said beside.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC1003,SC2016
set -u
export LC_ALL=C.UTF-8 HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent NO_COLOR=1
export PATH="$PATH:/usr/sbin:/sbin"

build=${BRAYER_BUILD:-build/release}
brayer=$build/cli/brayer
passed=0 failed=0 skipped=0 farm_pid=''
home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-output.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	[ -z "$farm_pid" ] || kill "$farm_pid" 2>/dev/null
	rm -rf "$home"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$home" # the programs give up being root
mkdir "$home/run" "$home/bait" && chmod 777 "$home/run" "$home/bait"

is() { # is NAME GOT WANT
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'failed %s:\n%s\nwanted:\n%s\n' "$1" "$2" "$3"
	fi
}
skip() {
	echo "skipped $1"
	skipped=$((skipped + 1))
}

# printer FILE SERIAL MODEL LOCATION: the texts in hex, whatever is in them.
hex() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }
printer() {
	cat >"$home/$1.snmprec" <<END
1.3.6.1.2.1.1.1.0|4x|$(hex "$3")
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1
1.3.6.1.2.1.1.5.0|4x|$(hex "$4")
1.3.6.1.2.1.1.6.0|4x|$(hex "$4")
1.3.6.1.2.1.25.3.2.1.3.1|4x|$(hex "$3")
1.3.6.1.2.1.25.3.5.1.1.1|2|3
1.3.6.1.2.1.43.5.1.1.1.1|2|1
1.3.6.1.2.1.43.5.1.1.17.1|4|$2
1.3.6.1.2.1.43.10.2.1.4.1.1|65|77
END
}
newline='
'
printer 1 MADEUP001 "Acme \"9\"; } define host { host_name evil" "r\$(touch $home/bait/a)\`touch $home/bait/b\`"
printer 2 MADEUP002 "Acme 9${newline}}${newline}define host {${newline}host_name evil" "\" } object Host \"evil\" { \\"
printer 3 MADEUP003 'Acme 9\' "'${newline}    - host: evil${newline}      name: evil"
printer 4 MADEUP004 'Acme {{{ $HOSTNAME$ $host.name$ !x' '</Plugin> <Plugin exec> # */ \u0022 {$MACRO} %s %n'
printer 5 MADEUP005 "$(printf 'Drucker f\303\274r B\303\274ro \342\202\254')" "\"&& touch $home/bait/c && \""
printer 6 MADEUP006 "$(printf '%0250d' 7 | tr 0 M)" "$(printf '%0120d' 7 | sed 's/0/\xe2\x82\xac/g' | cut -c1-84)"
cp tests/recordings/printserver_two.snmprec "$home/7.snmprec"

base=127.16.83
"$build/tests/farm/farm" -b $base.1 -n 7 -p 0 -c public --fault $base.3:v1-only --as-recorded \
	"$home"/[1-7].snmprec >"$home/farm" 2>&1 &
farm_pid=$!
tries=0
while ! grep -q '^ready' "$home/farm" && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
port=$(sed -n 's/^ready *//p' "$home/farm")
umask 077
printf '[profile default]\nversion = 2c\ntimeout = 300ms\n' >"$home/brayer.conf"
umask 022
for format in nagios icinga collectd zabbix brayerd jsonl; do
	"$brayer" discover --config "$home/brayer.conf" --port "$port" --rate 0 --wait 300ms --quiet -o $format $base.0/28 \
		>"$home/$format" 2>"$home/said" || cat "$home/said"
done
addresses=$(for i in 1 2 3 4 5 6; do echo $base.$i; done)
names=$(for i in 1 2 3 4 5 6; do echo "printer-$base.$i-$port"; done; echo "printer-$base.7-$port-1"; echo "printer-$base.7-$port-2")
is 'they are all found' "$(grep -c '"kind":"printer"' "$home/jsonl")" 8
is 'and said hostile things' "$(grep -c 'evil' "$home/jsonl")" 3

nagios() {
	for part in templates contacts timeperiods; do
		[ -r /etc/nagios4/objects/$part.cfg ] || { skip "nagios: no /etc/nagios4/objects/$part.cfg"; return; }
		echo "cfg_file=/etc/nagios4/objects/$part.cfg"
	done >"$home/nagios.cfg"
	cat >>"$home/nagios.cfg" <<END
cfg_file=$home/commands.cfg
cfg_file=$PWD/contrib/nagios/brayer.cfg
cfg_file=$PWD/contrib/nagios/brayer-services.cfg
cfg_file=$home/nagios
log_file=$home/run/nagios.log
object_cache_file=$home/run/cache
precached_object_file=$home/run/objects
status_file=$home/run/status
command_file=$home/run/command
lock_file=$home/run/lock
temp_file=$home/run/temporary
check_result_path=$home/run
illegal_object_name_chars=\`~!\$%^&*|'"<>?,()=
illegal_macro_output_chars=\`~\$&|'"<>
END
	for command in check-host-alive notify-host-by-email notify-service-by-email; do
		printf 'define command {\n\tcommand_name %s\n\tcommand_line /bin/true\n}\n' $command
	done >"$home/commands.cfg"
	nagios4 -vp "$home/nagios.cfg" >"$home/said" 2>&1
	is 'nagios4 takes it' "$(sed -n 's/^Total \(Errors\|Warnings\): *//p' "$home/said" | tr -d '\n')" 00
	is 'nagios4 knows the hosts' "$(sed -n 's/^\thost_name\t//p' "$home/run/objects" | sort -u)" "$names"
	is 'nagios4 knows their addresses' "$(sed -n 's/^\taddress\t//p' "$home/run/objects" | sort -u)" \
		"$addresses$newline$base.7"
	is 'nagios4 can tell the target' "$(grep -c "^	_TARGET	udp:$base.[1-7]:$port\(#[12]\)*\$" "$home/run/objects")" 8
	is 'nagios4 checks each of them' "$(grep -cF 'check_printer_all!$_HOSTTARGET$!$_HOSTPROFILE$' "$home/run/objects")" 8
	is 'nagios4 looks whether each of them answers' "$(grep -cF 'check_printer_answers!$_HOSTTARGET$!$_HOSTPROFILE$' "$home/run/objects")" 8
	is 'UTF-8 stays' "$(grep -c 'Drucker für Büro €' "$home/run/objects")" 1
	# A notification's shell gets an alias between double quotes, or bare.
	sed -n 's/^\talias\tAcme\(.*\)/printf "%b" "\1"/p; s/^\talias\tDrucker\(.*\)/printf "%b" "\1"/p' "$home/run/objects" >"$home/notify"
	is 'the aliases are there' "$(wc -l <"$home/notify")" 5
	sh "$home/notify" >/dev/null 2>"$home/said"
	is 'an alias is no command' "$(cat "$home/said"; ls "$home/bait")" ''
}
if command -v nagios4 >/dev/null; then
	nagios
else
	skip 'nagios: nagios4 is not here (Debian: nagios4-core)'
fi

icinga() {
	cat >"$home/icinga.conf" <<END
include <itl>
include <plugins>
const NodeName = "here"
const PluginDir = "/nonexistent"
const PluginContribDir = "/nonexistent"
include "/etc/icinga2/conf.d/templates.conf"
include "/etc/icinga2/conf.d/commands.conf"
include "/etc/icinga2/conf.d/services.conf"
include "/etc/icinga2/conf.d/users.conf"
include "$PWD/contrib/icinga2/brayer.conf"
include "$PWD/contrib/icinga2/brayer-services.conf"
include "$home/icinga"
END
	set -- -D "DataDir=$home/run" -D "CacheDir=$home/run" -D "LogDir=$home/run" -D "InitRunDir=$home/run" \
		-D "RunAsUser=$(id -un)" -D "RunAsGroup=$(id -gn)"
	icinga2 daemon -C -c "$home/icinga.conf" "$@" >"$home/said" 2>&1
	is 'icinga2 takes it' "$? $(grep -E 'warning/|critical/' "$home/said" | grep -v -e '/conf.d/services.conf:' -e "'printer-'")" '0 '
	icinga2 object list --type Host "$@" >"$home/objects" 2>"$home/said"
	is 'icinga2 knows the hosts' "$(sed -n "s/^Object '\([^']*\)'.*/\1/p" "$home/objects" | sort)" "$names"
	is 'icinga2 knows their addresses' "$(sed -n 's/^  \* address = "\(..*\)"/\1/p' "$home/objects" | sort -u)" \
		"$addresses$newline$base.7"
	is 'UTF-8 and quotes stay' "$(grep -c -e 'Drucker für Büro €' -e 'Acme "9"; } define host { host_name evil' "$home/objects")" 2
	is 'our rules find them all' "$(icinga2 object list --type Service "$@" 2>/dev/null | grep -c '!printer.* of type')" 16
	icinga2 object list --type Notification "$@" >"$home/objects" 2>"$home/said"
	is 'somebody is told of each' "$(grep -c "!printer[a-z-]*!printer-problem' of type" "$home/objects")" 16
	is 'and of what is UNKNOWN' "$(grep -c "!printer[a-z-]*!printer-unknown' of type" "$home/objects")" 16
	is 'who that is' "$(sed -n 's/^  \* user_groups = //p' "$home/objects" | sort | uniq -c | tr -s ' ')" ' 32 [ "icingaadmins" ]'
}
if command -v icinga2 >/dev/null && [ -r /etc/icinga2/conf.d/templates.conf ]; then
	icinga
else
	skip 'icinga: icinga2 or its /etc/icinga2/conf.d is not here (Debian: icinga2-bin icinga2-common)'
fi

# -t alone does not load plugins.
collectd_ping() {
	{
		printf 'BaseDir "%s"\nLoadPlugin logfile\n<Plugin logfile>\n\tFile "stdout"\n\tLogLevel "notice"\n</Plugin>\n' "$home/run"
		cat "$home/collectd"
	} >"$home/collectd.conf"
	collectd -T -C "$home/collectd.conf" >"$home/said" 2>&1
	rc=$?
	! grep -q 'liboping' "$home/said" || { skip 'collectd: its ping plugin has no liboping (Debian: liboping0)'; return; }
	is 'collectd takes it' "$rc $(grep -v -e "exiting normally" -e "successfully loaded" "$home/said")" '0 '
	is 'collectd: each address once' "$(sed -n 's/^\tHost "\(.*\)"$/\1/p' "$home/collectd")" "$addresses$newline$base.7"
}
if command -v collectd >/dev/null; then
	collectd_ping
else
	skip 'collectd: collectd is not here (Debian: collectd-core liboping0)'
fi

# The frontend's own reader, checks and converters; what then goes into its data base is printed.
zabbix() {
	cat >"$home/import.php" <<'END'
<?php
[, $root, $file] = $argv;
foreach (['gettextwrapper', 'defines', 'translateDefines', 'func', 'hosts', 'items', 'locales'] as $part)
	require_once "$root/include/$part.inc.php";
require_once "$root/vendor/autoload.php";
spl_autoload_register(function ($class) use ($root) {
	static $files = [];
	if (!$files)
		foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator("$root/include/classes")) as $at)
			$files[$at->getBasename('.php')] = $at->getPathname();
	if (isset($files[$class]))
		require_once $files[$class];
});
$data = CImportReaderFactory::getReader('yaml')->read(file_get_contents($file));
$factory = new CImportValidatorFactory('yaml');
$validator = new CXmlValidator($factory, 'yaml');
$data = $validator->setStrict(true)->validate($data, '');
while ($data['zabbix_export']['version'] !== ZABBIX_EXPORT_VERSION) {
	$converter = (new CImportConverterFactory())->getObject($data['zabbix_export']['version']);
	$data = $validator->setStrict(false)->validate($converter->convert($data), '');
}
$schema = $factory->getObject(ZABBIX_EXPORT_VERSION)->getSchema();
$data = (new CConstantImportConverter($schema))->convert($data);
$data = (new CDefaultImportConverter($schema))->convert($data);
$data = (new CImportDataNormalizer($schema))->normalize($data);
foreach ($data['zabbix_export']['hosts'] as $host) {
	$long = mb_strlen($host['name']) > 128 || mb_strlen($host['host']) > 128;
	$ip = $host['interfaces'][0];
	echo implode("\t", [$host['host'], $host['name'], $long ? 'too long' : 'fits', $ip['ip'], $ip['port'],
		$ip['type'] == INTERFACE_TYPE_SNMP ? 'SNMP' : 'else', $ip['details']['version'],
		count($host['groups']), implode(' ', array_column($host['macros'], 'value'))]), "\n";
}
END
	php "$home/import.php" "$1" "$home/zabbix" >"$home/hosts" 2>"$home/said"
	is 'zabbix takes it' "$? $(cat "$home/said")" '0 '
	is 'zabbix knows the hosts' "$(cut -f1 "$home/hosts" | sort)" "$names"
	is 'the visible names fit' "$(cut -f3 "$home/hosts" | sort | uniq -c | tr -d ' ')" '8fits'
	is 'and are unlike' "$(cut -f2 "$home/hosts" | sort -u | wc -l)" 8
	is 'zabbix knows their addresses' "$(cut -f4,5,6,7,8 "$home/hosts" | sort -u)" \
		"$(for i in 1 2 3 4 5 6 7; do printf '%s.%s\t%s\tSNMP\t%s\t1\n' $base $i "$port" $((1 + (i != 3))); done)"
	is 'zabbix can tell the target' "$(cut -f9 "$home/hosts" | grep -c "^udp:$base.[1-7]:$port\(#[12]\)* default\$")" 8
	is 'UTF-8 and quotes stay' "$(cut -f2 "$home/hosts" | grep -c -e '^Drucker für Büro €' -e 'Acme "9"; } define host { host_name evil')" 2
}
if [ -r /usr/share/zabbix/include/defines.inc.php ] && command -v php >/dev/null; then
	zabbix /usr/share/zabbix
else
	skip 'zabbix: its front end is not here (Debian: zabbix-frontend-php php-cli)'
fi

# Our own collector, by the same rules.
{
	printf '[collector]\nstore = %s/run/store.db\nhealth = %s/run/health.json\n' "$home" "$home"
	cat "$home/brayerd"
} >"$home/brayerd.conf"
"$build/collector/brayerd" --check --config "$home/brayerd.conf" >"$home/said" 2>&1
is 'brayerd takes it' "$? $(grep -v 'is good' "$home/said")" '0 '


# What the collector stored, as passive results for the hosts that discover wrote; the lines between
# are those of docs/MONITORING.md.
passive() {
	sed -n "/--host-by address/,/brayer-icinga/ s/^    //p" docs/MONITORING.md >"$home/documented"
	is 'the pipeline is documented' "$(wc -l <"$home/documented")" 2
	sed -e "s!^check_printer_all!$build/nagios-checks/check_printer_all --store $home/run/store.db!; s! | brayer-icinga.*!!" \
		"$home/documented" >"$home/pipeline"
	"$build/collector/brayerd" --once --config "$home/brayerd.conf" >"$home/said" 2>&1 || cat "$home/said"
	sh "$home/pipeline" >"$home/passive" 2>"$home/said"
	is 'passive results are of these hosts' "$(cut -d ';' -f 1 "$home/passive" | sort; cat "$home/said")" "$names"
	# A link-local printer, and another port than it has.
	cat >"$home/addresses" <<-END
	fe80::7%eth0#2;printer;0;PRINTER OK: a#b:c
	[fe80::7%eth0]:1161;printer;0;PRINTER OK: a#b:c
	END
	sed '1d; s/ | brayer-icinga.*//' "$home/documented" >"$home/pipeline"
	is 'and others too' "$(sh "$home/pipeline" <"$home/addresses")" 'printer-fe80--7-eth0-2;printer;0;PRINTER OK: a#b:c
printer--fe80--7-eth0--1161;printer;0;PRINTER OK: a#b:c'
}
if [ -x "$build/nagios-checks/check_printer_all" ]; then
	passive
else
	skip 'passive results: the checks are not built'
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
