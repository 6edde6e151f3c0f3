/*
 * plugin_output_fuzz.c - any answer in any format: one line is one line, one '|' at most,
 * within its size, and performance data that a small parser of our own reads.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/sound.h"
#include "nagios-checks/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct plugin_answer answer;

struct feed {
	const char *at;
	size_t len;
};

static unsigned next(struct feed *feed)
{
	if (feed->len == 0)
		return 0;
	feed->len--;
	return (unsigned char)*feed->at++;
}

static struct feed piece(struct feed *feed)
{
	size_t len = next(feed);
	struct feed part = {feed->at, len < feed->len ? len : feed->len};

	feed->at += part.len;
	feed->len -= part.len;
	return part;
}

static void add_perf(struct feed *feed)
{
	static const char *const units[] = {"", "%", "c"};
	static const char *const pairs[] = {"/", "20:/10:", "/0:", "@~:10/~:5.25", "10/20"};
	unsigned kind = next(feed);
	struct feed part = piece(feed);
	struct plugin_thresholds both;
	int64_t value = 0;
	char label[256];

	snprintf(label, sizeof label, "%.*s", (int)part.len, part.at);
	for (unsigned i = 0; i < kind % 9; i++)
		value = (int64_t)((uint64_t)value << 8 | next(feed));
	MUST(plugin_thresholds_parse(&both, br_view(pairs[kind % 5]), NULL) == BR_OK);
	plugin_perf(&answer, label, (struct br_number){kind % 7 != 0, value}, kind % 20,
		    units[kind % 3], &both);
}

static void add_lines(struct feed part, enum plugin_state state, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		plugin_line(&answer, state, "%.*s", (int)part.len, part.at);
}

/* Returns the worst state that went in. */
static enum plugin_state fill(struct feed *feed)
{
	enum plugin_state worst = PLUGIN_UNKNOWN;

	plugin_answer_init(&answer, "TITLE");
	while (feed->len) {
		unsigned op = next(feed);
		enum plugin_state state = (enum plugin_state)(op >> 3 & 3);
		struct feed part = {NULL, 0};
		struct plugin_group *group;

		if (op % 8 == 6) {
			add_perf(feed);
			continue;
		}
		part = piece(feed);
		if (op % 8 == 5) {
			snprintf(answer.remark, sizeof answer.remark, "%.*s", (int)part.len,
				 part.at);
			continue;
		}
		if (op % 8 == 7) {
			plugin_fail(&answer, state, "%.*s", (int)part.len, part.at);
			return state;
		}
		if (answer.n_groups == 0)
			worst = PLUGIN_OK;
		if (op % 8 == 0) {
			group = plugin_group(&answer, "group");
			snprintf(group->well, sizeof group->well, "%.*s", (int)part.len,
				 part.at);
		} else {
			add_lines(part, state, 1 + (op >> 5));
			worst = plugin_state_worst(worst, state);
		}
	}
	return worst;
}

static const char *after_number(const char *at)
{
	size_t digits;

	at += *at == '-';
	digits = strspn(at, "0123456789");
	MUST(digits > 0);
	at += digits;
	if (*at == '.') {
		digits = strspn(at + 1, "0123456789");
		MUST(digits > 0);
		at += 1 + digits;
	}
	return at;
}

/* One measurement, up to its end. */
static const char *after_perf(const char *at)
{
	size_t label = strcspn(at, "=");

	MUST(label > 0 && label <= 32);
	for (size_t i = 0; i < label; i++)
		MUST(strchr("-_.", at[i]) || (at[i] >= '0' && at[i] <= '9') ||
		     ((at[i] | 32) >= 'a' && (at[i] | 32) <= 'z'));
	at += label + 1;
	at = *at == 'U' ? at + 1 : after_number(at);
	at += *at == '%' || *at == 'c';
	for (int i = 0; i < 2 && *at == ';'; i++) {
		size_t range = strspn(at + 1, "0123456789.:~@-");

		MUST(range > 0 || at[1] == ';');
		at += 1 + range;
	}
	MUST(*at == ' ' || *at == '\n');
	return at;
}

static void must_be_perf(const char *at)
{
	const char *seen[PLUGIN_MAX_PERF];
	size_t n = 0;

	for (;; at++) {
		MUST(n < PLUGIN_MAX_PERF);
		for (size_t i = 0; i < n; i++)
			MUST(strncmp(seen[i], at, 19) != 0);
		seen[n++] = at;
		at = after_perf(at);
		if (*at == '\n')
			return;
	}
}

/* Each line: no control characters but the tabs that a tree begins with. */
static void must_be_lines(const char *at, bool ascii, bool tree)
{
	for (size_t n = 0; *at; n++) {
		size_t len = strcspn(at, "\n");
		size_t tabs = tree && n ? strspn(at, "\t") : 0;

		MUST(at[len] == '\n' && tabs <= 2);
		MUST(!tree || !n || (tabs && !strncmp(at + tabs, "\\_[", 3)));
		sound_text(at + tabs, len - tabs);
		for (size_t i = 0; ascii && i < len; i++)
			MUST((unsigned char)at[i] < 0x80);
		at += len + 1;
	}
}

static void must_hold(const struct plugin_look *look, const char *text, size_t len)
{
	const char *bar = strchr(text, '|'),
		   *state = plugin_state_name(plugin_answer_state(&answer));
	char first[32];

	if (look->format == PLUGIN_JSON) {
		MUST(len <= PLUGIN_JSON_MOST && text[len - 1] == '\n');
		sound_json(text, len - 1);
		return;
	}
	MUST(look->verbose > 2 || len <= PLUGIN_OUTPUT_MOST);
	snprintf(first, sizeof first, look->format == PLUGIN_CLASSIC ? "TITLE %s: " : "[%s] - ",
		 state);
	MUST(!strncmp(text, first, strlen(first)));
	must_be_lines(text, look->ascii, look->format == PLUGIN_MULTI_LINE);
	if (!bar)
		return;
	MUST(!strchr(bar + 1, '|'));
	MUST(look->format == PLUGIN_CLASSIC ? bar < strchr(text, '\n')
					    : strchr(bar, '\n')[1] == '\0');
	must_be_perf(bar + (look->format == PLUGIN_CLASSIC ? 2 : 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size ? size : 1);
	struct feed feed = {copy, size};
	enum plugin_state worst;
	struct br_buf out;
	unsigned kind;

	if (!copy)
		return 0;
	if (size)
		memcpy(copy, data, size);
	kind = next(&feed);
	worst = fill(&feed);
	MUST(plugin_answer_state(&answer) == worst);
	br_buf_init(&out, 1 << 20);
	for (unsigned i = 0; i < 3; i++) {
		struct plugin_look look = {(enum plugin_format)i, kind % 4, kind & 4};

		br_buf_reset(&out);
		plugin_write(&answer, &look, &out);
		if (out.status == BR_OK)
			must_hold(&look, out.data, out.len);
		else
			MUST(out.status == BR_E_MEMORY);
	}
	br_buf_clear(&out);
	free(copy);
	return 0;
}
