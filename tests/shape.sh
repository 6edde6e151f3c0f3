#!/bin/sh
# shape.sh - the house rules a compiler cannot see, one test a rule.
# Usage: shape.sh [TREE]   (the repository root, or a copy of it)
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016,SC2086
set -u
export LC_ALL=C

build=$(cd "${BRAYER_BUILD:-build/release}" 2>/dev/null && pwd)
cd "${1:-.}" || exit 1
tally=$(mktemp) || exit 1
trap 'rm -f "$tally"' EXIT

fronts='cli collector forwarder nagios-checks collectd-plugin zabbix-module'
sources() {
	find shared tests $fronts -type f \( -name '*.c' -o -name '*.h' \) 2>/dev/null | sort
}
house() {
	sources
	find tests contrib mk .ci shared $fronts -type f \( -name '*.sh' -o -name '*.mk' -o -name '*.awk' \) 2>/dev/null |
		sort -u
}

# verdict RULE: what came on stdin are the violations.
verdict() {
	found=$(cat)
	if [ -n "$found" ]; then
		printf '%s\n' "$found"
		echo "failed $1" | tee -a "$tally"
	else
		echo "passed $1" >>"$tally"
	fi
}

# Comments and the insides of strings are blanked, so that only code is judged.
strip='
function code(line,   out, c, two, i) {
	out = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1); two = substr(line, i, 2)
		if (block) { if (two == "*/") { block = 0; i++ } continue }
		if (quote != "") { if (c == "\\") i++; else if (c == quote) { quote = ""; out = out c } continue }
		if (two == "/*") { block = 1; i++; continue }
		if (two == "//") break
		if (c == "\"" || c == "\047") quote = c
		out = out c
	}
	quote = ""
	return out
}
function bad(why) { printf "%s:%d: %s\n", FILENAME, FNR, why }
FNR == 1 { block = 0; quote = "" }
'

each() { # each PROGRAM FILES-COMMAND: awk over the files, none is fine
	files=$($2)
	[ -z "$files" ] || awk "$strip $1" $files
}

each '
BEGIN {
	n = split("base model decode talk link fleet store", name, " ")
	for (i = 1; i <= n; i++) floor[name[i]] = i
	while ((getline line < "shared/brayer.h") > 0)
		if (line ~ /^#[ ]*include "/) { split(line, part, "\""); public[part[2]] = 1 }
}
/^#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\""); to = quoted[2]
	split(FILENAME, from, "/"); into = to; sub(/\/.*/, "", into)
	if (to ~ /\.\./) bad("an include never says ..")
	else if (from[1] == "tests" || FILENAME == "shared/brayer.h") next
	else if (from[1] == "shared" && to == "version.h") next
	else if (from[1] != "shared") {
		if (to ~ /\//) bad("a front end includes brayer.h and its own headers only: " to)
	}
	else if (!(from[2] in floor)) bad("no such floor: " from[2])
	else if (!(into in floor)) bad("an include inside shared/ names its floor: " to)
	else if (floor[into] > floor[from[2]]) bad(from[2] " may not reach up to " to)
}' sources | verdict floors

each 'FNR == 501 { bad("more than 500 lines: which two concepts are in here?") }' house | verdict length

each '
{ line = code($0) }
line ~ /(^|[^_a-z0-9])(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|sscanf|system|popen|alloca)[ \t]*[(]/ {
	bad("banned call") }' sources | verdict banned

library() { sources | grep '^shared/'; }
each '
{ line = code($0) }
line ~ /(^|[^_a-z0-9])(printf|fprintf|puts|fputs|putchar|perror|syslog|exit|_exit|abort|fork|getenv|secure_getenv|setenv|signal|alarm)[ \t]*[(]/ {
	bad("the library never prints, exits, forks or reads the environment") }' library | verdict library-manners

daemon() { sources | grep '^collector/'; }
each '
{ line = code($0) }
line ~ /(^|[^_a-z0-9])(listen|accept|accept4|bind|fork|daemon|exec[lv][pe]*)[ \t]*[(]/ {
	bad("the collector has no listening socket and starts nobody") }
line ~ /(^|[^_a-z0-9])(getenv|secure_getenv)[ \t]*[(]/ && FILENAME != "collector/main.c" {
	bad("collector/main.c alone reads the environment") }' daemon | verdict collector-manners

each '
/^[ \t]*#[ \t]*include[ \t]*</ {
	split($0, part, /[<>]/); to = part[2]
	if (to ~ /^openssl\// && FILENAME != "shared/link/crypto.c" && FILENAME !~ /^tests\//)
		bad("<openssl/...> stops at shared/link/crypto.c")
	if (to ~ /^net-snmp\// && FILENAME !~ /^tests\//)
		bad("<net-snmp/...> is for tests only")
	if (to ~ /^sqlite3/ && FILENAME != "shared/store/sql.c" && FILENAME !~ /^tests\//)
		bad("<sqlite3.h> stops at shared/store/sql.c")
	if (to ~ /^(curl|libxml|libxslt|zip)/)
		bad("<" to "> has no file it is allowed in")
}' sources | verdict third-party

each '
FNR == 1 && file != "" && !seen { printf "%s: no SPDX line\n", file }
FNR == 1 { file = FILENAME; seen = 0 }
/SPDX-License-Identifier: MIT/ { seen = 1 }
END { if (file != "" && !seen) printf "%s: no SPDX line\n", file }' house | verdict licence

{
	house
	find mibs docs contrib -type f 2>/dev/null
} | grep -E '(^|/)(utils?|helpers?|common|misc)(\.[^/]*)?$' | sed 's/$/: a name that says nothing/' | verdict names

for header in $(sources | grep '\.h$'); do
	printf '#include "%s"\n' "$header" |
		${CC:-cc} -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -Ishared -Itests -I. \
			${build:+"-I$build/gen"} -x c - 2>&1 | sed -n "s|^|$header does not stand alone: |; 1,3p"
done | verdict headers

failed=$(grep -c '^failed ' "$tally")
echo "$(grep -c '^passed ' "$tally") passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
