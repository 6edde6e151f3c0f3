/*
 * json_test.c - every member in its place, nothing that was not said, and hostile text.
 *
 * every_member.json and no_member.json beside this file are what is expected; tests/schema.sh
 * holds both against the schema.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/json.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct br_reading *fresh(void)
{
	struct br_reading *reading = malloc(sizeof(*reading));

	if (reading == NULL)
		abort();
	memset(reading, 0xa5, sizeof(*reading));
	br_reading_init(reading);
	return reading;
}

static struct br_number known(int64_t value)
{
	return (struct br_number){true, value};
}

static void fill_identity(struct br_reading *r)
{
	struct br_identity *who = &r->identity;

	who->maker = br_reading_put(r, "Acme");
	who->model = br_reading_put(r, "Roller 9000");
	who->serial = br_reading_put(r, "A1B2C3");
	who->mac = br_reading_put(r, "00:00:5e:00:53:01");
	who->hostname = br_reading_put(r, "roller");
	who->firmware = br_reading_put(r, "1.2.3");
	who->location = br_reading_put(r, "B\xc3\xbcro \"Nord\", \\ 2");
	who->contact = br_reading_put(r, "help@example.com");
	who->asset = br_reading_put(r, "4711");
	who->description = br_reading_put(r, "Acme Roller");
	who->object_id = br_reading_put(r, "1.3.6.1.4.1.32473.1");
	who->device_id = br_reading_put(r, "MFG:Acme;MDL:Roller 9000;");
	who->uuid = br_reading_put(r, "12345678-0000-1000-8000-00005e005301");
	r->capabilities.color = BR_YES;
	r->capabilities.duplex = BR_NO;
	r->capabilities.media[r->capabilities.n_media++] =
		br_reading_put(r, "iso_a4_210x297mm");
	r->capabilities.media[r->capabilities.n_media++] =
		br_reading_put(r, "na_letter_8.5x11in");
	r->capabilities.languages[r->capabilities.n_languages++] = br_reading_put(r, "PCL");
}

static void fill_status(struct br_reading *r)
{
	struct br_status_part *status = &r->status;

	status->state = BR_STATE_IDLE;
	status->device = BR_DEVICE_WARNING;
	status->severity = BR_SEVERITY_WARNING;
	status->errors_known = true;
	status->errors = 1u << BR_ERR_LOW_TONER | 1u << BR_ERR_OVERDUE_PREVENTIVE_MAINTENANCE;
	br_reading_reason(r, "toner-low");
	status->console[status->n_console++] = br_reading_put(r, "Toner Low");
	status->lights[status->n_lights++] = (struct br_light){
		br_reading_put(r, "Ready"), br_reading_put(r, "green"), BR_LIT_BLINKING};
	status->lights[status->n_lights++] = (struct br_light){0, 0, BR_LIT_UNKNOWN};
	status->uptime = known(12345);
	status->config_changes = known(7);
	br_reading_note(r, "supply toner-black: the console says low, the level 100 %%");
}

static void fill_supplies(struct br_reading *r)
{
	r->supplies[r->n_supplies++] =
		(struct br_supply){.id = "toner-black",
				   .index = 1,
				   .marker = 1,
				   .type = 21,
				   .unit = 19,
				   .role = BR_ROLE_CONSUMED,
				   .colorant = br_reading_put(r, "black"),
				   .description = br_reading_put(r, "Black Cartridge 1"),
				   .part = br_reading_put(r, "P1"),
				   .serial = br_reading_put(r, "S1"),
				   .origin = br_reading_put(r, "printer-mib"),
				   .capacity = known(100),
				   .level = known(92),
				   .kind = BR_LEVEL_MEASURED,
				   .percent = 92,
				   .status = known(3),
				   .shown = known(90),
				   .witness = br_reading_put(r, "panel: Toner Low"),
				   .state = BR_SUPPLY_LOW};
	r->supplies[r->n_supplies++] = (struct br_supply){.id = "waste-toner",
							  .index = 2,
							  .type = 4,
							  .unit = 99,
							  .role = BR_ROLE_FILLED,
							  .capacity = known(-2),
							  .level = known(-3),
							  .kind = BR_LEVEL_SOME,
							  .percent = 50,
							  .state = BR_SUPPLY_OK};
	r->supplies[r->n_supplies++] = (struct br_supply){.id = "other"};
	r->hearsay[r->n_hearsay++] =
		(struct br_hearsay){.state = BR_SUPPLY_EMPTY,
				    .role = BR_ROLE_FILLED,
				    .witness = br_reading_put(r, "panel: Box Full")};
	r->hearsay[r->n_hearsay++] = (struct br_hearsay){.state = BR_SUPPLY_LOW,
							 .colorant = br_reading_put(r, "cyan")};
	r->counters[BR_COUNTER_TOTAL].value = known(INT64_C(9007199254740993));
	r->counters[BR_COUNTER_TOTAL].basis = br_reading_put(r, "impressions");
	r->counters[BR_COUNTER_TOTAL].origin = br_reading_put(r, "1.3.6.1.2.1.43.10.2.1.4.1.1");
	r->counters[BR_COUNTER_JAMS].value = known(0); /* a zero that was said */
	r->coverage[BR_COLORANT_NONE].thousandths = known(4700);
	r->coverage[BR_COLORANT_BLACK].thousandths = known(5);
	r->coverage[BR_COLORANT_BLACK].origin = br_reading_put(r, "1.3.6.1.4.1.32473.2");
	r->coverage[BR_COLORANT_YELLOW].thousandths = known(100000);
	r->care[r->n_care++] =
		(struct br_care){.part = "drum",
				 .percent = known(81),
				 .remaining_pages = known(20000),
				 .status = known(1),
				 .origin = br_reading_put(r, "1.3.6.1.4.1.32473.3")};
}

static void fill_rows(struct br_reading *r)
{
	r->trays[r->n_trays++] =
		(struct br_tray){.id = "tray-1",
				 .index = 1,
				 .type = 3,
				 .unit = 8,
				 .status = known(0),
				 .name = br_reading_put(r, "Tray 1"),
				 .description = br_reading_put(r, "Upper"),
				 .media = br_reading_put(r, "iso_a4_210x297mm"),
				 .media_name = br_reading_put(r, "Plain"),
				 .model = br_reading_put(r, "T1"),
				 .serial = br_reading_put(r, "TS1"),
				 .capacity = known(250),
				 .level = known(100),
				 .kind = BR_LEVEL_MEASURED,
				 .percent = 40,
				 .state = BR_TRAY_OK};
	r->outputs[r->n_outputs++] = (struct br_tray){.id = "bin-1",
						      .index = 1,
						      .type = 4,
						      .capacity = known(150),
						      .level = known(-2),
						      .state = BR_TRAY_FULL};
	r->covers[r->n_covers++] =
		(struct br_cover){1, 3, br_reading_put(r, "Front"), BR_COVER_OPEN};
	r->alerts[r->n_alerts++] =
		(struct br_alert){.index = 4,
				  .severity = 4,
				  .training = 3,
				  .group = 11,
				  .group_index = 1,
				  .code = 1104,
				  .location = known(0),
				  .time = known(99),
				  .description = br_reading_put(r, "Toner low")};
	r->alerts[r->n_alerts++] = (struct br_alert){
		.index = 5, .severity = 77, .group = -7, .group_index = -1, .code = 40000};
}

static struct br_reading *full(void)
{
	struct br_reading *r = fresh();

	br_text_copy(r->target, sizeof(r->target), br_view("udp:192.0.2.10:161"));
	r->time = 1795194000; /* 2026-11-20T17:00:00Z */
	r->reachable = true;
	r->partial = true;
	r->device = 1;
	r->questions = 7;
	r->sources = 1u << BR_SOURCE_SNMP | 1u << BR_SOURCE_RECORDING;
	fill_identity(r);
	fill_status(r);
	fill_supplies(r);
	fill_rows(r);
	return r;
}

static void check_against(const struct br_reading *reading, const char *path)
{
	static char want[64 * 1024];
	struct br_buf buf;
	FILE *file = fopen(path, "rb");

	if (file == NULL) {
		check_failed(__FILE__, __LINE__, "cannot open %s", path);
		return;
	}
	size_t n = fread(want, 1, sizeof(want) - 1, file);
	fclose(file);
	want[n] = '\0';
	br_buf_init(&buf, sizeof(want));
	br_reading_json(reading, &buf, true);
	br_buf_char(&buf, '\n');
	CHECK_INT(buf.status, BR_OK);
	CHECK_STR(buf.data, want);
	br_buf_clear(&buf);
}

TEST(every_member)
{
	struct br_reading *reading = full();

	check_against(reading, "tests/model/every_member.json");
	free(reading);
}

TEST(no_member)
{
	struct br_reading *reading = fresh();

	check_against(reading, "tests/model/no_member.json");
	free(reading);
}

/* What stands outside of strings, without blanks and line ends. */
static void squeeze(char *text)
{
	bool inside = false;
	char *to = text;

	for (; *text != '\0'; text++) {
		if (*text == '"' && text[-1] != '\\')
			inside = !inside;
		if (inside || (*text != ' ' && *text != '\n'))
			*to++ = *text;
	}
	*to = '\0';
}

TEST(one_line_is_the_pretty_form_without_blanks)
{
	struct br_reading *reading = full();
	struct br_buf line, pretty;

	br_buf_init(&line, 1 << 20);
	br_buf_init(&pretty, 1 << 20);
	br_reading_json(reading, &line, false);
	br_reading_json(reading, &pretty, true);
	CHECK(strchr(line.data, '\n') == NULL);
	squeeze(pretty.data);
	CHECK_STR(line.data, pretty.data);
	br_buf_clear(&line);
	br_buf_clear(&pretty);
	free(reading);
}

TEST(the_ceiling_holds)
{
	struct br_reading *reading = full();
	struct br_buf buf;

	br_buf_init(&buf, 100);
	br_reading_json(reading, &buf, false);
	CHECK_INT(buf.status, BR_E_LIMIT);
	CHECK(buf.len <= 100);
	br_buf_clear(&buf);
	free(reading);
}

static const struct {
	const char *text, *want;
} strings[] = {
	{"", "\"\""},
	{"plain", "\"plain\""},
	{"a\"b\\c", "\"a\\\"b\\\\c\""},
	{"a\nb\tc\x01", "\"a\\u000ab\\u0009c\\u0001\""},
	{"\x7f", "\"\\u007f\""},
	{"\xc3\xa9\xe3\x83\x96\xf0\x9f\x96\xa8", "\"\xc3\xa9\xe3\x83\x96\xf0\x9f\x96\xa8\""},
	{"a\xffz", "\"a\xef\xbf\xbdz\""},
	{"\xc3", "\"\xef\xbf\xbd\""},                 /* cut */
	{"\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\""}, /* too long for what it says */
	{"\xed\xa0\x80",
	 "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""}, /* half a surrogate pair */
	{"\xf4\x90\x80\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
};

TEST(strings_are_always_json)
{
	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) {
		char *exact = strdup(strings[i].text);
		struct br_buf buf;
		br_buf_init(&buf, 1000);
		check_case(strings[i].want);
		br_json_string(&buf, exact);
		CHECK_STR(buf.data, strings[i].want);
		br_buf_clear(&buf);
		free(exact);
	}
}
