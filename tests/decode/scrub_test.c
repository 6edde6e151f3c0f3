/*
 * scrub_test.c - what must be gone, what must stay, and that it reads as before.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/scrub.h"
#include "link/reread.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Scrubs snmprec text; the result is text too. Clear it. */
static enum br_status scrub_text(const char *text, struct br_buf *out)
{
	struct br_recording recording;
	struct br_makers makers;
	struct br_error err;
	enum br_status status;

	br_makers_init(&makers);
	CHECK_INT(br_recording_parse(&recording, br_view(text), "test", &err), BR_OK);
	status = br_scrub(&recording, &makers, &err);
	reread_text(&recording, out);
	br_recording_clear(&recording);
	br_makers_clear(&makers);
	return status;
}

/* Each value alone, behind rows that name a printer, its host, its serial number and its
 * address. */
#define HEAD                                            \
	"1.3.6.1.2.1.1.4.0|4|jane.doe@example.org\n"    \
	"1.3.6.1.2.1.1.5.0|4|BRN3C2AF4102030\n"         \
	"1.3.6.1.2.1.1.6.0|4|Room 101\n"                \
	"1.3.6.1.2.1.2.2.1.6.1|4x|3c2af4102030\n"       \
	"1.3.6.1.2.1.25.3.2.1.3.1|4|Example Jet 9000\n" \
	"1.3.6.1.2.1.43.5.1.1.17.1|4|U12345E7J000042\n" \
	"1.3.6.1.4.1.99999.1.0|64|192.168.17.104\n"

static const struct {
	const char *name, *value, *want;
} values[] = {
	{"serial in a sentence", "4|Serial U12345E7J000042.", "4|Serial X00000X0X000001."},
	{"serial in lower case", "4|u12345e7j000042", "4|x00000x0x000001"},
	{"serial inside a word", "4|idU12345E7J000042x", "4|idX00000X0X000001x"},
	{"serial as hex text", "4|55313233343545374a303030303432",
	 "4|583030303030583058303030303031"},
	{"serial as UTF-16", "4x|550031003200330034003500450037004a00300030003000300034003200",
	 "4x|580030003000300030003000580030005800300030003000300030003100"},
	{"serial as UTF-16, the other way round",
	 "4x|00550031003200330034003500450037004a0030003000300030003400320a",
	 "4x|00580030003000300030003000580030005800300030003000300030"
	 "00310a"},
	{"serial behind a length",
	 "4x|0115553132333435"
	 "45374a303030303432",
	 "4x|0115583030303030"
	 "583058303030303031"},
	{"a serial of a device id that nothing else says",
	 "4|MFG:Example;MDL:Jet 9000;SN:ZZ9Z000777;CLS:PRINTER;",
	 "4|MFG:Example;MDL:Jet 9000;SN:XX0X000002;CLS:PRINTER;"},
	{"MAC with colons", "4|3c:2a:f4:10:20:30", "4|3c:2a:f4:00:00:01"},
	{"MAC with dashes, upper case", "4|at 3C-2A-F4-10-20-30", "4|at 3C-2A-F4-00-00-01"},
	{"MAC closed up", "4|[3C2AF4102030]", "4|[3C2AF4000001]"},
	{"MAC in threes", "4|3c2a.f410.2030", "4|3c2a.f400.0001"},
	{"MAC as octets inside others", "4x|ff3c2af4102030ff", "4x|ff3c2af4000001ff"},
	{"MAC as UTF-16", "4x|330063003200610066003400310030003200300033003000",
	 "4x|330063003200610066003400300030003000300030003100"},
	{"a MAC that nothing else says", "4|00:80:77:aa:bb:cc", "4|00:80:77:00:00:02"},
	{"host name", "4|name BRN3C2AF4102030_AT", "4|name XXX0X0XX0000006_AT"},
	{"host name in a URL", "4|ipp://brn3c2af4102030.example.org:631/ipp", NULL},
	{"address", "4|192.168.17.104", "4|198.100.10.101"},
	{"address in a URL", "4|http://192.168.17.104:631/ipp",
	 "4|http://198.100.10.101:631/ipp"},
	{"address with zeros", "4|192.168.017.104", "4|198.100.010.101"},
	{"address as a value", "64|192.168.17.104", "64|198.100.10.101"},
	{"address as four octets", "4x|c0a81168", "4x|c6640a65"},
	{"another address", "4|to 10.0.0.9", "4|to 10.1.1.3"},
	{"a mask stays", "64|255.255.255.0", "64|255.255.255.0"},
	{"loopback stays", "4|127.0.0.1", "4|127.0.0.1"},
	{"a version stays", "4|V4.2.1.17", "4|V4.2.1.17"},
	{"five numbers stay", "4|1.2.3.4.5", "4|1.2.3.4.5"},
	{"half a MAC in a name", "4|EP102030AB", "4|EP000001AB"},
	{"half a MAC as a number stays", "4|102030", "4|102030"},
	{"IPv6 of a MAC as octets", "4x|fe800000000000003e2af4fffe102030",
	 "4x|fe800000000000003e2af4fffe000001"},
	{"IPv6", "4|[2001:db8::1:2aff]", NULL},
	{"a time of day stays", "4|17:05:59", "4|17:05:59"},
	{"mail", "4|mail jane.doe@example.org", NULL},
	{"UUID", "4|uuid:12345678-9abc-def0-1234-3c2af4102030", NULL},
	{"place", "4|in Room 101 now", NULL},
	{"part of a word stays", "4|Room 1012", "4|Room 1012"},
	{"the model stays", "4|Example Jet 9000", "4|Example Jet 9000"},
	{"a part number stays", "4|TN-421BK CF410X 106R01159", "4|TN-421BK CF410X 106R01159"},
	{"a counter stays", "65|31234", "65|31234"},
};

/* What a value of each case must not hold any more, in lower case. */
static const char *const gone[] = {
	"u12345e7j000042", "3c2af4102030", "fe102030", "jane",
	"192.168.17.104",  "room 101 ",    "2001:db8", "12345678-9abc"};

static void last_line(const struct br_buf *buf, char *out, size_t size)
{
	struct br_view rest = {buf->data, buf->len}, line = {NULL, 0};

	while (br_view_line(&rest, &line))
		;
	br_text_copy(out, size, line);
}

TEST(values)
{
	static const char name[] = "1.3.6.1.4.1.99999.9.0|";

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		char text[2048], line[512];
		struct br_buf out;

		check_case(values[i].name);
		snprintf(text, sizeof text, "%s%s%s\n", HEAD, name, values[i].value);
		CHECK_INT(scrub_text(text, &out), BR_OK);
		last_line(&out, line, sizeof line);
		CHECK_INT(strncmp(line, name, strlen(name)), 0);
		CHECK_INT(strlen(line) - strlen(name), strlen(values[i].value));
		if (values[i].want)
			CHECK_STR(line + strlen(name), values[i].want);
		else
			CHECK(strcmp(line + strlen(name), values[i].value) != 0);
		for (char *c = line; *c; c++)
			*c = (char)tolower(*c);
		for (size_t k = 0; k < sizeof gone / sizeof gone[0]; k++)
			CHECK(!strstr(line + strlen(name), gone[k]));
		br_buf_clear(&out);
	}
}

TEST(rows_that_are_named_by_addresses_go)
{
	struct br_buf out;

	CHECK_INT(scrub_text("1.3.6.1.2.1.2.2.1.1.1|2|1\n"
			     "1.3.6.1.2.1.3.1.1.2.1.1.192.0.2.7|4x|020000000001\n"
			     "1.3.6.1.2.1.4.20.1.1.192.0.2.7|64|192.0.2.7\n"
			     "1.3.6.1.2.1.4.22.1.2.1.192.0.2.8|4x|020000000002\n"
			     "1.3.6.1.2.1.6.13.1.1.192.0.2.7.80.192.0.2.9.1234|2|5\n"
			     "1.3.6.1.4.1.99999.5.1.192.0.2.7|2|7\n"
			     "1.3.6.1.4.1.99999.6.0|2|7\n",
			     &out),
		  BR_OK);
	CHECK_STR(out.data, "1.3.6.1.2.1.2.2.1.1.1|2|1\n1.3.6.1.4.1.99999.6.0|2|7\n");
	br_buf_clear(&out);
}

TEST(the_same_gets_the_same_and_others_another)
{
	struct br_buf out;

	CHECK_INT(scrub_text("1.3.6.1.2.1.2.2.1.6.1|4x|0a0b0c000001\n"
			     "1.3.6.1.2.1.2.2.1.6.2|4x|0a0b0c112233\n"
			     "1.3.6.1.2.1.2.2.1.6.3|4x|0a0b0c000001\n"
			     "1.3.6.1.2.1.2.2.1.6.4|4x|000000000000\n"
			     "1.3.6.1.2.1.43.8.2.1.17.1.1|4|TRAY-000123\n"
			     "1.3.6.1.2.1.43.8.2.1.17.1.2|4|TRAY-000124\n"
			     "1.3.6.1.4.1.99999.6.0|4|TRAY-000123,TRAY-000124\n",
			     &out),
		  BR_OK);
	CHECK_STR(out.data, "1.3.6.1.2.1.2.2.1.6.1|4x|0a0b0c000002\n"
			    "1.3.6.1.2.1.2.2.1.6.2|4x|0a0b0c000003\n"
			    "1.3.6.1.2.1.2.2.1.6.3|4x|0a0b0c000002\n"
			    "1.3.6.1.2.1.2.2.1.6.4|4x|000000000000\n"
			    "1.3.6.1.2.1.43.8.2.1.17.1.1|4|XXXX-000001\n"
			    "1.3.6.1.2.1.43.8.2.1.17.1.2|4|XXXX-000002\n"
			    "1.3.6.1.4.1.99999.6.0|4|XXXX-000001,XXXX-000002\n");
	br_buf_clear(&out);
}

TEST(makers_rows_are_masked_too_and_common_words_only_there)
{
	struct br_buf out;

	CHECK_INT(scrub_text("1.3.6.1.2.1.1.5.0|4|Jet\n"
			     "1.3.6.1.2.1.25.3.2.1.3.1|4|Example Jet 9000\n"
			     "1.3.6.1.2.1.43.5.1.1.16.1|4|Example Jet 9000\n"
			     "1.3.6.1.4.1.1347.40.10.1.1.5.1|4|KM102030\n"
			     "1.3.6.1.4.1.1347.43.5.1.1.28.1|4|MADEUP7777\n"
			     "1.3.6.1.4.1.1347.43.5.1.1.29.1|4|INV-17\n",
			     &out),
		  BR_OK);
	CHECK_STR(out.data, "1.3.6.1.2.1.1.5.0|4|Xxy\n"
			    "1.3.6.1.2.1.25.3.2.1.3.1|4|Example Jet 9000\n"
			    "1.3.6.1.2.1.43.5.1.1.16.1|4|Example Jet 9000\n"
			    "1.3.6.1.4.1.1347.40.10.1.1.5.1|4|XX000002\n"
			    "1.3.6.1.4.1.1347.43.5.1.1.28.1|4|XXXXXX0001\n"
			    "1.3.6.1.4.1.1347.43.5.1.1.29.1|4|XXX-03\n");
	br_buf_clear(&out);
}

TEST(too_many_secrets_are_a_failure_and_leave_nothing)
{
	struct br_buf text, out;

	br_buf_init(&text, 1 << 24);
	for (unsigned i = 0; i <= BR_SCRUB_SECRETS; i++)
		br_buf_format(&text, "1.3.6.1.4.1.99999.1.%u|64|10.%u.%u.1\n", i + 1,
			      i / 256 + 1, i % 256);
	CHECK_INT(scrub_text(text.data, &out), BR_E_LIMIT);
	CHECK_INT(out.len, 0);
	br_buf_clear(&text);
	br_buf_clear(&out);
}

static void check_shape(const struct br_recording *before, const struct br_recording *after)
{
	size_t at = 0;

	for (size_t i = 0; i < after->n_rows; i++, at++) {
		const struct br_oid *name = &after->rows[i].name;

		while (at < before->n_rows &&
		       memcmp(&before->rows[at].name, name, 1u + name->len) != 0)
			at++;
		if (at == before->n_rows || before->rows[at].tag != after->rows[i].tag ||
		    before->rows[at].len != after->rows[i].len) {
			check_failed(__FILE__, __LINE__,
				     "row %zu has another name, type or length", i);
			return;
		}
	}
}

/* What the standard rows said of the owner is nowhere any more. */
static void check_gone(const struct br_recording *before, const char *scrubbed)
{
	static const char *const columns[] = {"1.3.6.1.2.1.1.4", "1.3.6.1.2.1.1.5",
					      "1.3.6.1.2.1.1.6", "1.3.6.1.2.1.43.5.1.1.17"};
	char value[256];
	struct br_oid oid;

	for (size_t i = 0; i < before->n_rows; i++)
		for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++) {
			const struct br_recorded *row = &before->rows[i];

			CHECK_INT(br_oid_parse(&oid, columns[k], strlen(columns[k])), BR_OK);
			br_text_copy(value, sizeof value,
				     (struct br_view){(const char *)before->values + row->at,
						      row->len});
			if (row->len >= 4 &&
			    br_oid_below(row->name.ber, row->name.len, oid.ber, oid.len) &&
			    strcasestr(scrubbed, value))
				check_failed(__FILE__, __LINE__, "%s is still there", value);
		}
}

static void reads_the_same(const char *path, const char *const *no_more)
{
	struct br_recording before, after;
	struct br_buf text, scrubbed, was, is;
	struct br_makers makers;
	struct br_error err;

	check_case(path);
	br_makers_init(&makers);
	CHECK_INT(br_recording_load(&before, path, &err), BR_OK);
	reread_text(&before, &text);
	CHECK_INT(br_recording_parse(&after, (struct br_view){text.data, text.len}, path, &err),
		  BR_OK);
	CHECK_INT(br_scrub(&after, &makers, &err), BR_OK);
	check_shape(&before, &after);
	reread_text(&after, &scrubbed);
	br_buf_init(&was, 1 << 22);
	br_buf_init(&is, 1 << 22);
	CHECK(reread((struct br_view){text.data, text.len}, &makers, true, &was));
	CHECK(reread((struct br_view){scrubbed.data, scrubbed.len}, &makers, true, &is));
	CHECK_STR(is.data, was.data);
	check_gone(&before, scrubbed.data);
	for (; no_more && *no_more; no_more++)
		if (strcasestr(scrubbed.data, *no_more))
			check_failed(__FILE__, __LINE__, "%s is still there", *no_more);
	br_recording_clear(&before);
	br_recording_clear(&after);
	br_buf_clear(&text);
	br_buf_clear(&scrubbed);
	br_buf_clear(&was);
	br_buf_clear(&is);
	br_makers_clear(&makers);
}

TEST(our_recordings_read_as_before)
{
	size_t n;
	char **paths = reread_recordings(&n);

	CHECK(n > 10);
	for (size_t i = 0; i < n; i++)
		reads_the_same(paths[i], NULL);
	reread_forget(paths, n);
}

/* What is looked for is written as text and as hex; facts of the recordings, not parts of them.
 */
static const struct {
	const char *file;
	const char *no_more[12];
} corpus[] = {
	{"brother_hl-l8260cdw",
	 {"U64641E7J134163", "5536343634314537", "3c2af410d278", "10D278", "BRN3C2AF410D278",
	  "192.168.0.", "f8da0c2de3aa", "BRWF8DA0C2DE3AA", "550036003400360034"}},
	{"kyocera_cs-4053ci", {"RH28Y00024", "65e2b9", "60e088"}},
	{"epson_cw-c6500au",
	 {"X7F4008528", "5c698e", "192.0.2.153", "Test Contact", "350043003600390038004500"}},
	{"zebra_tlp2824-plus",
	 {"37J162600538", "6bc2a8", "6b:c2:a8", "6NM1PAS", "Booth 7", "10.180.116.",
	  "7062184"}},
	{"hp_color-laserjet-m252dw", {"VNB3J99999", "1F31B6C", "f638ac", "a24549"}},
	{"ricoh_aficio-mp-c3002", {"W492KB03439", "54e26a"}},
	{"sharp_mx-3570n", {"6509415X00"}},
	{"utax_p-4532dn", {"R9L0309954"}},
	{"fujifilm_apeos-c7580", {"TC101642170085"}},
	{"brother_hl-5370dw", {NULL}},
	{"canon_lbp6670", {NULL}},
	{"lexmark_x748", {NULL}},
	{"oki_mc873", {NULL}},
	{"samsung_m4080fx", {NULL}},
	{"xerox_workcentre-office", {NULL}},
};

TEST(recordings_of_the_corpus_read_as_before)
{
	const char *dir = getenv("BRAYER_CORPUS");
	char path[1024];
	FILE *there;

	dir = dir ? dir : "../shared/corpus";
	snprintf(path, sizeof path, "%s/snmp/%s.snmprec", dir, corpus[0].file);
	there = fopen(path, "r");
	if (!there)
		check_skip(CHECK_NO_CORPUS);
	fclose(there);
	for (size_t i = 0; i < sizeof corpus / sizeof corpus[0]; i++) {
		snprintf(path, sizeof path, "%s/snmp/%s.snmprec", dir, corpus[i].file);
		reads_the_same(path, corpus[i].no_more);
	}
}
