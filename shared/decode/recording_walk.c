/*
 * recording_walk.c - what snmpwalk -On and its relatives print.
 *
 * Strings are the hard part: quoted ones run over lines until a quote that no backslash
 * precedes; unquoted ones (a MIB with a display hint was loaded) run until something looks
 * like the next row; hex runs over lines of pairs. Rows that say that there is nothing are
 * skipped.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/ber.h"
#include "decode/recording_text.h"

#include <float.h>
#include <string.h>

typedef enum br_status read_function(struct br_recording_reader *reader, struct br_view text,
				     uint8_t tag);

static bool starts(struct br_view text, const char *word)
{
	size_t len = strlen(word);

	return text.len >= len && memcmp(text.at, word, len) == 0;
}

static struct br_view from(struct br_view text, size_t skip)
{
	return (struct br_view){text.at + skip, text.len - skip};
}

/* "NAME = …" or "NAME =": returns where the '=' stands, 0 if the line is no row. */
static size_t equals_at(struct br_view line)
{
	const char *blank = memchr(line.at, ' ', line.len);
	size_t at = blank != NULL ? (size_t)(blank - line.at) : 0;

	if (at == 0 || at + 1 >= line.len || line.at[at + 1] != '=')
		return 0;
	if (at + 2 < line.len && line.at[at + 2] != ' ')
		return 0;
	return at + 1;
}

static bool ends_walk(struct br_view line)
{
	return starts(line, "End of MIB") || starts(line, "Timeout: ");
}

/* True if the line cannot be the rest of an unquoted string. */
static bool begins_anew(struct br_view line)
{
	return equals_at(line) > 0 || br_reader_is_snmprec(line) || ends_walk(line) ||
	       starts(line, "#");
}

/* A pair of hex digits with a blank or nothing behind it. */
static bool hex_pair(struct br_view text, uint8_t *octet)
{
	if (text.len < 2 || (text.len > 2 && text.at[2] != ' '))
		return false;
	int high = br_hex_digit(text.at[0]), low = br_hex_digit(text.at[1]);
	*octet = (uint8_t)((unsigned)high << 4 | (unsigned)low);
	return high >= 0 && low >= 0;
}

/* Appends the pairs at the front of text and takes them off. */
static bool take_pairs(struct br_recording_reader *reader, struct br_view *text)
{
	uint8_t octet;

	*text = br_view_trim(*text);
	while (hex_pair(*text, &octet)) {
		if (!br_reader_bytes(reader, &octet, 1))
			return false;
		*text = br_view_trim(from(*text, 2));
	}
	return true;
}

/* Takes lines for as long as they begin with pairs; rest is what is left of the last one. */
static enum br_status take_hex(struct br_recording_reader *reader, struct br_view text,
			       struct br_view *rest)
{
	uint8_t octet;

	for (;;) {
		if (!take_pairs(reader, &text))
			return br_reader_fail(reader, "the value does not fit", text);
		*rest = text;
		struct br_recording_reader ahead = *reader;
		if (text.len > 0 || !br_reader_line(&ahead, &text) ||
		    !hex_pair(br_view_trim(text), &octet))
			return BR_OK;
		reader->at = ahead.at;
		reader->line = ahead.line;
	}
}

static enum br_status read_hex(struct br_recording_reader *reader, struct br_view text,
			       uint8_t tag)
{
	struct br_view rest = {0};
	enum br_status status = take_hex(reader, text, &rest);

	(void)tag;
	if (status == BR_OK && rest.len > 0)
		return br_reader_fail(reader, "not a pair of hex digits", rest);
	return status;
}

/* "80 01 idle(0) busy(15)": the names repeat what the octets say. */
static enum br_status read_bits(struct br_recording_reader *reader, struct br_view text,
				uint8_t tag)
{
	struct br_view rest = {0};
	enum br_status status = take_hex(reader, text, &rest);

	(void)tag;
	while (status == BR_OK && rest.len > 0) {
		const char *blank = memchr(rest.at, ' ', rest.len);
		size_t len = blank != NULL ? (size_t)(blank - rest.at) : rest.len;
		if (rest.at[len - 1] != ')' || memchr(rest.at, '(', len) == NULL)
			return br_reader_fail(reader,
					      "neither hex digits nor the name of a bit", rest);
		rest = br_view_trim(from(rest, len));
	}
	return status;
}

/* True for the first octet of an escaped \" or \\, and of a line end that has two. */
static bool is_skipped(const struct br_recording_reader *reader, const char *at)
{
	if (at + 1 >= reader->end)
		return false;
	return *at == '\\' ? at[1] == '"' || at[1] == '\\'
			   : *at == '\r' && reader->crlf && at[1] == '\n';
}

/* From behind the opening quote on, over line ends, up to the closing one. */
static enum br_status read_quoted(struct br_recording_reader *reader, const char *at)
{
	size_t opened = reader->line;
	const char *end = reader->end;

	while (at < end && *at != '"') {
		if (is_skipped(reader, at))
			at++;
		if (*at == '\n')
			reader->line++;
		if (!br_reader_bytes(reader, at, 1))
			return br_reader_fail(reader, "the value does not fit",
					      (struct br_view){0});
		at++;
	}
	if (at == end) {
		reader->line = opened;
		return br_reader_fail(reader,
				      "the string that begins here has no closing quote",
				      (struct br_view){0});
	}
	struct br_view rest;
	reader->at = at + 1;
	reader->line--; /* the rest of this line is taken as if it were the next */
	if (!br_reader_line(reader, &rest))
		reader->line++;
	else if (br_view_trim(rest).len > 0)
		return br_reader_fail(reader, "something follows the closing quote", rest);
	return BR_OK;
}

static enum br_status read_string(struct br_recording_reader *reader, struct br_view text,
				  uint8_t tag)
{
	size_t empty = 0;
	bool fits;

	(void)tag;
	if (starts(text, "\""))
		return read_quoted(reader, text.at + 1);
	fits = br_reader_bytes(reader, text.at, text.len);
	struct br_recording_reader ahead = *reader;
	while (fits && br_reader_line(&ahead, &text) && !begins_anew(text)) {
		empty++;
		if (text.len == 0)
			continue; /* an empty line counts only if the string goes on behind it
				   */
		for (; empty > 0; empty--)
			fits = fits && br_reader_bytes(reader, "\n", 1);
		fits = fits && br_reader_bytes(reader, text.at, text.len);
		reader->at = ahead.at;
		reader->line = ahead.line;
	}
	return fits ? BR_OK : br_reader_fail(reader, "the value does not fit", text);
}

/* Whatever has the same text in both formats. */
static enum br_status read_plain(struct br_recording_reader *reader, struct br_view text,
				 uint8_t tag)
{
	struct br_recording *out = reader->out;
	size_t len;

	if (!br_value_encode(tag, text, out->values + out->values_len,
			     out->values_cap - out->values_len, &len))
		return br_reader_fail(reader, "not a value of its type (units? use -OU)", text);
	out->values_len += len;
	return BR_OK;
}

/* "3" or "idle(3)". */
static enum br_status read_integer(struct br_recording_reader *reader, struct br_view text,
				   uint8_t tag)
{
	if (text.len > 0 && text.at[text.len - 1] == ')') {
		size_t open = text.len;
		while (open > 0 && text.at[open - 1] != '(')
			open--;
		if (open == 0 || memchr(text.at, ' ', text.len) != NULL)
			return br_reader_fail(reader, "not a named number", text);
		text = (struct br_view){text.at + open, text.len - open - 1};
	}
	return read_plain(reader, text, tag);
}

/* "(123) 0:00:01.23" or "123". */
static enum br_status read_ticks(struct br_recording_reader *reader, struct br_view text,
				 uint8_t tag)
{
	if (starts(text, "(")) {
		const char *close = memchr(text.at, ')', text.len);
		if (close == NULL)
			return br_reader_fail(reader, "not time ticks", text);
		text = (struct br_view){text.at + 1, (size_t)(close - text.at) - 1};
	}
	return read_plain(reader, text, tag);
}

/* The three roots have names that the tools print even where no MIB is loaded. */
static const struct {
	const char *word;
	char arc;
} roots[] = {{"iso.", '1'}, {"ccitt.", '0'}, {"joint-iso-ccitt.", '2'}};

/* ".1.3.6.1", "iso.3.6.1"; anything else symbolic is refused by name. */
static enum br_status take_name(struct br_recording_reader *reader, struct br_view text,
				struct br_oid *name)
{
	char numeric[BR_OID_TEXT_SIZE];
	struct br_view all = text;

	if (starts(text, "."))
		text = from(text, 1);
	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		if (!starts(text, roots[i].word) || text.len >= sizeof(numeric))
			continue;
		text = from(text, strlen(roots[i].word) - 1);
		numeric[0] = roots[i].arc;
		memcpy(numeric + 1, text.at, text.len);
		text = (struct br_view){numeric, text.len + 1};
		break;
	}
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] != '.' && (text.at[i] < '0' || text.at[i] > '9'))
			return br_reader_fail(reader, "names must be numeric: walk with -On",
					      all);
	if (text.at == numeric)
		return br_reader_oid(reader, text, name);
	return br_reader_name(reader, text, name);
}

static enum br_status read_oid(struct br_recording_reader *reader, struct br_view text,
			       uint8_t tag)
{
	struct br_oid oid;
	enum br_status status = take_name(reader, text, &oid);

	(void)tag;
	if (status == BR_OK && !br_reader_bytes(reader, oid.ber, oid.len))
		return br_reader_fail(reader, "the value does not fit", text);
	return status;
}

/* "0A:00:02:0F". */
static enum br_status read_network(struct br_recording_reader *reader, struct br_view text,
				   uint8_t tag)
{
	(void)tag;
	if (text.len != 11)
		return br_reader_fail(reader, "not a network address", text);
	for (size_t i = 0; i < text.len; i += 3) {
		int high = br_hex_digit(text.at[i]), low = br_hex_digit(text.at[i + 1]);
		uint8_t octet = (uint8_t)((unsigned)high << 4 | (unsigned)low);
		if (high < 0 || low < 0 || (i < 9 && text.at[i + 2] != ':') ||
		    !br_reader_bytes(reader, &octet, 1))
			return br_reader_fail(reader, "not a network address", text);
	}
	return BR_OK;
}

/* "-12.5" as printf's %f writes it in every locale but some; strtod would ask for the locale.
 */
static bool decimal(struct br_view text, double *out)
{
	double value = 0, scale = 1;
	bool negative = starts(text, "-"), point = false, digit = false;

	for (size_t i = negative ? 1 : 0; i < text.len; i++) {
		if (text.at[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		digit = true;
		value = value * 10 + (text.at[i] - '0');
		scale = point ? scale * 10 : scale;
	}
	*out = negative ? -value / scale : value / scale;
	return digit && text.len < 64;
}

/* An opaque float is a tag of two octets, a length and the number as IEEE 754 has it. */
static enum br_status read_float(struct br_recording_reader *reader, struct br_view text,
				 uint8_t tag)
{
	uint8_t out[7] = {0x9f, 0x78, 4};
	double value;
	uint32_t bits;

	(void)tag;
	if (!decimal(text, &value) || value > (double)FLT_MAX || value < -(double)FLT_MAX)
		return br_reader_fail(reader, "not a number", text);
	float single = (float)value;
	memcpy(&bits, &single, sizeof(bits));
	for (size_t i = 0; i < 4; i++)
		out[3 + i] = (uint8_t)(bits >> (24 - 8 * i));
	if (!br_reader_bytes(reader, out, sizeof(out)))
		return br_reader_fail(reader, "the value does not fit", text);
	return BR_OK;
}

static const struct {
	const char *word;
	uint8_t tag;
	read_function *read;
} types[] = {
	/* clang-format off */
	{"INTEGER:",         BR_BER_INTEGER,   read_integer},
	{"STRING:",          BR_BER_OCTETS,    read_string},
	{"Hex-STRING:",      BR_BER_OCTETS,    read_hex},
	{"BITS:",            BR_BER_OCTETS,    read_bits},
	{"OID:",             BR_BER_OID,       read_oid},
	{"Gauge32:",         BR_BER_GAUGE32,   read_plain},
	{"Unsigned32:",      BR_BER_GAUGE32,   read_plain},
	{"Counter32:",       BR_BER_COUNTER32, read_plain},
	{"Counter64:",       BR_BER_COUNTER64, read_plain},
	{"Timeticks:",       BR_BER_TIMETICKS, read_ticks},
	{"IpAddress:",       BR_BER_IPADDRESS, read_plain},
	{"Network Address:", BR_BER_IPADDRESS, read_network},
	{"Opaque: Float:",   BR_BER_OPAQUE,    read_float},
	{"Opaque:",          BR_BER_OPAQUE,    read_hex},
	{"OPAQUE:",          BR_BER_OPAQUE,    read_hex},
	{"NULL",             BR_BER_NULL,      read_plain},
	{"\"",               BR_BER_OCTETS,    read_string}, /* an empty string has no type */
	/* clang-format on */
};

static const char *const nothing[] = {"No Such Object", "No Such Instance",
				      "No more variables left"};

static enum br_status read_value(struct br_recording_reader *reader, struct br_view text,
				 const struct br_oid *name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (!starts(text, types[i].word))
			continue;
		struct br_view rest = text;
		if (types[i].word[0] != '"')
			rest = from(text, strlen(types[i].word));
		/* One blank belongs to the format; more may belong to a string. */
		if (starts(rest, " "))
			rest = from(rest, 1);
		if (types[i].read != read_string)
			rest = br_view_trim(rest);
		enum br_status status = types[i].read(reader, rest, types[i].tag);
		return status != BR_OK ? status : br_reader_row(reader, name, types[i].tag);
	}
	/* A bare number is what -Ot makes of time ticks. */
	if (text.len > 0 && text.at[0] >= '0' && text.at[0] <= '9') {
		enum br_status status =
			read_plain(reader, br_view_trim(text), BR_BER_TIMETICKS);
		return status != BR_OK ? status : br_reader_row(reader, name, BR_BER_TIMETICKS);
	}
	return br_reader_fail(reader, "a value of no known type", text);
}

enum br_status br_reader_walk(struct br_recording_reader *reader, struct br_view line)
{
	static const char wrong[] = "Wrong Type (should be ";
	size_t equals = equals_at(line);
	struct br_oid name;

	if (starts(line, "End of MIB"))
		return BR_OK;
	if (starts(line, "Timeout: "))
		return br_reader_fail(reader,
				      "the walk ended in a timeout; remove this line to use "
				      "what is there",
				      (struct br_view){0});
	if (equals == 0) /* Not shown: it may be a line of a file that was no recording. */
		return br_reader_fail(reader, "neither NAME|TAG|VALUE nor NAME = TYPE: VALUE",
				      (struct br_view){0});
	enum br_status status = take_name(reader, (struct br_view){line.at, equals - 1}, &name);
	if (status != BR_OK)
		return status;
	struct br_view value = from(line, equals + 1);
	if (starts(value, " "))
		value = from(value, 1);
	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
		if (starts(value, nothing[i]))
			return BR_OK;
	if (starts(value, wrong)) {
		const char *close = memmem(value.at, value.len, "): ", 3);
		if (close == NULL)
			return br_reader_fail(reader, "a value of no known type", value);
		value = from(value, (size_t)(close - value.at) + 3);
	}
	return read_value(reader, value, &name);
}
