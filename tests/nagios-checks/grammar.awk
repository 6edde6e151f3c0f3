# grammar.awk - whether answers of a plugin are what the guidelines allow; written without a look at ours.
#
# Each line of the input is NAME, FILE, EXIT STATUS, FORMAT (classic or multi-line) and the number of -v,
# tabs between. Says what is wrong, a line each, and ends with 1 if anything is.
# By the Plugin Development Guidelines: one line that is complete by itself, at most one '|' in it,
# 'label'=value[UOM];[warn];[crit];[min];[max], ranges, 4 KB; labels unlike within 19 characters (RRD).
# SPDX-License-Identifier: MIT
BEGIN {
	FS = "\t"
	code["OK"] = 0; code["WARNING"] = 1; code["CRITICAL"] = 2; code["UNKNOWN"] = 3
	number = "[-]?[0-9]+([.][0-9]+)?"
	range = "@?((~|" number ")?:)?(" number ")?"
	limit = 4096
	# A byte by its number; above 127 it is a part of UTF-8, which is looked at elsewhere.
	for (i = 1; i < 32; i++)
		if (i != 10 && i != 9) control = control sprintf("%c", i)
	control = "[" control sprintf("%c", 127) "]"
}

function bad(why) { print name ": " why; wrong = 1 }

function is_range(text) { return text == "" || text ~ ("^" range "$") && text !~ /^@?~?$/ }

# One measurement. Sets seen[] of the labels so far.
function measurement(text,   at, label, rest, part, n, unit, i, pair) {
	if (text ~ /^'/) {
		at = index(substr(text, 2), "'") + 1
		label = substr(text, 2, at - 2)
		rest = substr(text, at + 1)
	} else {
		at = index(text, "=") - 1
		label = substr(text, 1, at)
		rest = substr(text, at + 1)
	}
	if (rest !~ /^=/ || label == "" || label ~ /[='|;]/) { bad("no measurement: " text); return }
	if (length(label) > 32) bad("a label of more than 32: " label)
	if (substr(label, 1, 19) in seen) bad("two labels begin alike in 19: " label)
	seen[substr(label, 1, 19)] = 1
	n = split(substr(rest, 2), part, ";")
	if (n > 5) bad("more than five parts: " text)
	if (part[1] != "U") {
		if (!match(part[1], "^" number)) { bad("no number: " text); return }
		unit = substr(part[1], RLENGTH + 1)
		if (unit != "" && unit != "%" && unit != "c" && unit != "s") bad("a unit of nobody: " text)
		if (unit == "%" && (part[4] part[5]) != "") bad("percent needs no least and most: " text)
		if (unit == "%" && (part[1] + 0 < 0 || part[1] + 0 > 100)) bad("a percentage of " part[1])
		if (unit == "c" && part[1] + 0 < 0) bad("a counter of " part[1])
	}
	for (i = 2; i <= 3 && i <= n; i++) if (!is_range(part[i])) bad("no range: " part[i] " in " text)
	for (i = 4; i <= 5 && i <= n; i++)
		if (part[i] != "" && part[i] !~ ("^" number "$")) bad("no number: " part[i] " in " text)
}

# Measurements with one blank between; no quoted label has a blank, or this says so.
function performance(text,   n, i, word) {
	split("", seen)
	n = split(text, word, " ")
	for (i = 1; i <= n; i++) if (word[i] != "") measurement(word[i])
	if (text ~ /  / || text ~ / $/) bad("blanks in the performance data: " text)
}

function bars(text,   copy) { copy = text; return gsub(/[|]/, "", copy) }

function classic(   first, at, word) {
	first = line[1]
	at = bars(first)
	if (at > 1) bad("more than one bar: " first)
	if (at == 1) {
		at = index(first, "|")
		if (substr(first, at - 1, 3) !~ /^ [|] ?/) bad("no blank around the bar")
		word = substr(first, at + 1)
		sub(/^ /, "", word)
		if (word == "") bad("a bar and nothing behind it")
		performance(word)
		first = substr(first, 1, at - 1)
		sub(/ $/, "", first)
	}
	if (!match(first, /^[A-Z]+ (OK|WARNING|CRITICAL|UNKNOWN): ./)) bad("does not begin with title and state: " first)
	word = first
	sub(/^[A-Z]+ /, "", word)
	sub(/:.*/, "", word)
	if (code[word] != status) bad("says " word " and ends with " status)
	if (first ~ / $/ || first ~ /[,;] *$/) bad("does not end well: " first)
	if (first ~ /  /) bad("two blanks: " first)
	for (at = 2; at <= n_lines; at++) {
		if (bars(line[at])) bad("a bar below the first line: " line[at])
		if (line[at] == "") bad("an empty line")
	}
	if (verbose < 2 && n_lines != 1) bad(n_lines " lines")
}

# As monitoring-plugins 3 draws it: the measurements follow the last line's text, behind a bar.
function tree(   at, word) {
	if (!match(line[1], /^\[(OK|WARNING|CRITICAL|UNKNOWN)\] - ./)) bad("does not begin with a state: " line[1])
	word = line[1]
	gsub(/^\[|\].*/, "", word)
	if (code[word] != status) bad("says " word " and ends with " status)
	at = index(line[n_lines], "|")
	if (at) {
		performance(substr(line[n_lines], at + 1))
		line[n_lines] = substr(line[n_lines], 1, at - 1)
	}
	for (at = 1; at <= n_lines; at++) {
		if (bars(line[at])) bad("a bar in the text: " line[at])
		if (at > 1 && line[at] !~ /^\t+\\_\[(OK|WARNING|CRITICAL|UNKNOWN)\] - ./) bad("no branch: " line[at])
	}
}

{
	name = $1; file = $2; status = $3; format = $4; verbose = $5
	n_lines = octets = 0
	split("", line)
	while ((getline text <file) > 0) {
		line[++n_lines] = text
		octets += length(text) + 1
		if (text ~ control) bad("a control character: " text)
		if (format == "classic" && text ~ /\t/) bad("a tab: " text)
		if (text ~ /(^|[ =-])(nan|inf)([ %;]|$)/) bad("no number of ours: " text)
	}
	close(file)
	if (n_lines == 0) { bad("says nothing"); next }
	if (octets >= limit && verbose < 3) bad(octets " octets")
	if (status !~ /^[0123]$/) bad("exit status " status)
	if (format == "classic") classic()
	else tree()
}
END { exit wrong }
