# embed.awk - turns mibs/*.mib into C: one string literal a line, whatever octets the line holds.
# Run with LC_ALL=C. A question mark is escaped because C11 still has trigraphs.
# SPDX-License-Identifier: MIT

BEGIN {
	for (i = 1; i < 256; i++) {
		c = sprintf("%c", i)
		if (c == "\\" || c == "\"" || c == "?")
			escaped[c] = "\\" c
		else if (i == 9)
			escaped[c] = "\\t"
		else if (i < 32 || i > 126)
			escaped[c] = sprintf("\\%03o", i)
		else
			escaped[c] = c
	}
	print "/* Made by mk/embed.awk from mibs/. */"
	print "#include \"decode/embedded.h\"\n"
}

FNR == 1 {
	open_text()
}

{
	line = ""
	for (i = 1; i <= length($0); i++)
		line = line escaped[substr($0, i, 1)]
	printf "\t\"%s\\n\"\n", line
}

function open_text() {
	if (n > 0)
		print "\t;\n"
	n++
	name[n] = FILENAME
	sub(/.*\//, "", name[n])
	printf "static const char text_%d[] =\n", n
}

END {
	if (n > 0)
		print "\t;\n"
	print "const struct br_embedded br_embedded_mibs[] = {"
	for (i = 1; i <= n; i++)
		printf "\t{\"%s\", text_%d, sizeof(text_%d) - 1},\n", name[i], i, i
	print "\t{NULL, NULL, 0}, /* an array is never empty; not counted */"
	print "};"
	print "const size_t br_embedded_mibs_count = sizeof(br_embedded_mibs) / sizeof(br_embedded_mibs[0]) - 1;"
}
