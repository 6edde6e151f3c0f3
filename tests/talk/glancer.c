/*
 * glancer.c - see glancer.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/glancer.h"

#include "check.h"
#include "decode/renew.h"
#include "model/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = 1 << 20, APART_MS = 600000, TOO_MANY = 200 };

static void reparse(struct glancer *glancer)
{
	struct br_error err = {""};

	br_recording_clear(&glancer->liar->recording);
	if (br_recording_parse(&glancer->liar->recording,
			       (struct br_view){glancer->text.data, glancer->text.len}, "test",
			       &err) != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", err.text);
}

enum br_status glancer_learn(struct glancer *glancer)
{
	enum br_status status;

	liar_talk(glancer->liar);
	status = br_learn(&glancer->liar->talk, &glancer->liar->harvest, &glancer->learned);
	free(glancer->lent);
	glancer->lent = malloc(glancer->learned.len + 1);
	memcpy(glancer->lent, glancer->learned.data ? glancer->learned.data : "",
	       glancer->learned.len);
	glancer->options.learned =
		(struct br_view){(const char *)glancer->lent, glancer->learned.len};
	glancer->options.digest = 0;
	glancer->options.uptime = 0;
	glancer->options.alerts = 0;
	return status;
}

static void read_text(struct glancer *glancer, const char *name)
{
	char path[256], line[4096];
	FILE *file;

	br_buf_init(&glancer->text, TEXT_MOST);
	if (strchr(name, '|')) {
		br_buf_text(&glancer->text, name);
		return;
	}
	snprintf(path, sizeof path, strchr(name, '/') ? "%s" : "tests/recordings/%s.snmprec",
		 name);
	file = fopen(path, "r");
	if (!file)
		abort();
	while (fgets(line, sizeof line, file))
		br_buf_text(&glancer->text, line);
	fclose(file);
}

void glancer_open_as(struct glancer *glancer, const char *name, enum br_version version)
{
	memset(glancer, 0, sizeof *glancer);
	read_text(glancer, name);
	glancer->liar = liar_open_text("1.3.6|2|1\n");
	reparse(glancer);
	glancer->liar->options.makers = liar_makers();
	glancer->liar->options.session.version = version;
	br_buf_init(&glancer->learned, BR_LEARNED_MAX);
	br_harvest_init(&glancer->now, BR_HARVEST_CEILING);
	glancer->options.session = glancer->liar->options.session;
	glancer->options.seed = 77;
	CHECK_INT(glancer_learn(glancer), BR_OK);
	CHECK(br_learned_sound(glancer->options.learned));
}

void glancer_open(struct glancer *glancer, const char *name)
{
	glancer_open_as(glancer, name, BR_SNMP_V2C);
}

void glancer_close(struct glancer *glancer)
{
	liar_close(glancer->liar);
	br_buf_clear(&glancer->text);
	br_buf_clear(&glancer->learned);
	br_harvest_clear(&glancer->now);
	free(glancer->lent);
}

static void keep_lines(struct glancer *glancer, const char *first, const char *name)
{
	struct br_view rest = {glancer->text.data, glancer->text.len}, line;
	size_t len = strlen(name);
	struct br_buf text;

	br_buf_init(&text, TEXT_MOST);
	br_buf_text(&text, first);
	while (br_view_line(&rest, &line)) {
		bool below = line.len > len && memcmp(line.at, name, len) == 0 &&
			     (line.at[len] == '.' || line.at[len] == '|');

		if (below)
			continue;
		br_buf_add(&text, line.at, line.len);
		br_buf_char(&text, '\n');
	}
	br_buf_clear(&glancer->text);
	glancer->text = text;
	reparse(glancer);
}

void glancer_set(struct glancer *glancer, const char *row)
{
	char name[256], line[512];

	snprintf(name, sizeof name, "%.*s", (int)strcspn(row, "|"), row);
	snprintf(line, sizeof line, "%s\n", row);
	keep_lines(glancer, line, name);
}

void glancer_drop(struct glancer *glancer, const char *name)
{
	keep_lines(glancer, "", name);
}

void glancer_add_alert(struct glancer *glancer, unsigned index, int group, int part, int code)
{
	const struct {
		int column;
		const char *tag;
		int value;
	} cells[] = {{2, "2", 4}, {3, "2", 3},    {4, "2", group}, {5, "2", part},
		     {6, "2", 1}, {7, "2", code}, {9, "67", 8}};
	char row[128];

	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
		snprintf(row, sizeof row, "1.3.6.1.2.1.43.18.1.1.%d.1.%u|%s|%d",
			 cells[i].column, index, cells[i].tag, cells[i].value);
		glancer_set(glancer, row);
	}
	snprintf(row, sizeof row, "1.3.6.1.2.1.43.18.1.1.8.1.%u|4|invented alert %u", index,
		 index);
	glancer_set(glancer, row);
}

/* The printer's side: true if something comes that is of use. */
static bool answer(struct glancer *glancer)
{
	static uint8_t room[LIAR_OCTETS];
	size_t len = 0;
	uint8_t *copy;
	bool of_use;

	if (!glancer->engine)
		len = br_agent_answer(&glancer->liar->agent, glancer->question,
				      glancer->question_len, room, sizeof room);
	if (glancer->spoil)
		glancer->spoil(glancer, glancer->sent, room, &len);
	if (len == 0)
		return false;
	copy = malloc(len);
	memcpy(copy, room, len);
	of_use = br_glance_hear(&glancer->glance, glancer->now_ms, copy, len);
	free(copy);
	return of_use;
}

static void count(struct glancer *glancer, const uint8_t *datagram, size_t len)
{
	struct liar_asked asked;

	glancer->sent++;
	if (len > glancer->octets)
		glancer->octets = (unsigned)len;
	memcpy(glancer->question, datagram, len);
	glancer->question_len = len;
	if (glancer->unchecked || glancer->engine)
		return;
	liar_inspect(datagram, len, &asked);
	if (asked.n > glancer->names)
		glancer->names = (unsigned)asked.n;
}

enum br_glance_verdict glancer_look(struct glancer *glancer)
{
	uint8_t question[BR_REQUEST_MAX];
	struct br_glance *glance = &glancer->glance;
	const uint8_t *datagram;
	size_t len;

	glancer->sent = glancer->names = glancer->octets = 0;
	glancer->now_ms += APART_MS;
	br_harvest_reset(&glancer->now);
	br_glance_init(glance, &glancer->options, &glancer->now);
	while (br_glance_next(glance, glancer->now_ms, question, sizeof question, &datagram,
			      &len)) {
		count(glancer, datagram, len);
		if (glancer->sent > TOO_MANY) {
			check_failed(__FILE__, __LINE__, "no end");
			return BR_GLANCE_NONE;
		}
		if (!answer(glancer))
			br_glance_silence(glance);
	}
	CHECK_INT(glance->questions, glancer->sent);
	CHECK((glance->status == BR_OK) == (glance->verdict != BR_GLANCE_NONE));
	CHECK((glance->verdict == BR_GLANCE_STALE) == (glance->stale_because != NULL));
	if (glance->verdict == BR_GLANCE_SAME || glance->verdict == BR_GLANCE_CHANGED) {
		CHECK(glance->digest != 0);
		glancer->options.digest = glance->digest;
		glancer->options.uptime = glance->uptime;
		glancer->options.asked_ms = glancer->now_ms;
		glancer->options.alerts = glance->rows;
	}
	return glance->verdict;
}

/* A reading of each printer there is, one after the other. */
static void json_of(const struct glancer *glancer, const struct br_harvest *harvest,
		    struct br_buf *out)
{
	static struct br_reading reading;
	uint32_t devices[BR_MAX_DEVICES];
	size_t n = br_decode_devices(harvest, devices);

	for (size_t i = 0; i < n; i++) {
		br_reading_init(&reading);
		br_decode_snmp(harvest, devices[i], glancer->liar->talk.mib, NULL, &reading);
		reading.status.uptime = (struct br_number){false, 0};
		br_reading_json(&reading, out, true);
	}
}

void glancer_compare(struct glancer *glancer)
{
	struct br_harvest whole;
	struct br_buf want, got;
	struct br_harvest before = glancer->liar->harvest;

	/* The old full reading, brought up to date; beside a new one. */
	whole = before;
	br_harvest_init(&glancer->liar->harvest, BR_HARVEST_CEILING);
	br_buf_init(&want, TEXT_MOST);
	br_buf_init(&got, TEXT_MOST);
	CHECK_INT(br_harvest_renew(&whole, &glancer->now), BR_OK);
	liar_talk(glancer->liar);
	json_of(glancer, &whole, &got);
	json_of(glancer, &glancer->liar->harvest, &want);
	CHECK_INT(want.status, BR_OK);
	CHECK_STR(got.data, want.data);
	br_buf_clear(&want);
	br_buf_clear(&got);
	br_harvest_clear(&whole);
}
