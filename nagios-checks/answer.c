/*
 * answer.c - see answer.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "answer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* RRD names its data sources with 19 characters. */
#define UNLIKE_WITHIN 19
#define BEFORE_HASH   14 /* of a label unlike the others: 14, a hyphen, 4 digits */
#define LABEL_LEN     (PLUGIN_LABEL_SIZE - 1)
#define DECIMALS_MOST 18

void plugin_answer_begin(struct plugin_answer *answer, const char *title)
{
	answer->title = title;
	answer->remark[0] = '\0';
	answer->failed = false;
	answer->state = PLUGIN_OK;
	answer->sentence[0] = '\0';
	answer->n_groups = answer->n_lines = answer->n_perf = 0;
	answer->n_left_out = answer->n_perf_left_out = 0;
	answer->last_left_out = true;
}

void plugin_answer_init(struct plugin_answer *answer, const char *title)
{
	plugin_answer_begin(answer, title);
	br_buf_init(&answer->diagnosis, PLUGIN_DIAGNOSIS_MOST);
}

void plugin_answer_clear(struct plugin_answer *answer)
{
	br_buf_clear(&answer->diagnosis);
}

struct plugin_group *plugin_group(struct plugin_answer *answer, const char *name)
{
	struct plugin_group *group;

	if (answer->n_groups == PLUGIN_MAX_GROUPS)
		return &answer->groups[PLUGIN_MAX_GROUPS - 1];
	group = &answer->groups[answer->n_groups++];
	group->name = name;
	group->well[0] = '\0';
	group->first = answer->n_lines;
	group->n = 0;
	group->left_out = PLUGIN_OK;
	answer->last_left_out = true; /* it has no line yet that a measurement could be of */
	return group;
}

void plugin_line(struct plugin_answer *answer, enum plugin_state state, const char *format, ...)
{
	struct plugin_group *group = answer->n_groups ? &answer->groups[answer->n_groups - 1]
						      : plugin_group(answer, "check");
	struct plugin_line *line;
	va_list args;

	answer->last_left_out = answer->n_lines == PLUGIN_MAX_LINES;
	if (answer->last_left_out) {
		answer->n_left_out++;
		group->left_out = plugin_state_worst(group->left_out, state);
		return;
	}
	line = &answer->lines[answer->n_lines++];
	group->n++;
	line->state = state;
	line->first_perf = answer->n_perf;
	line->n_perf = 0;
	va_start(args, format);
	if (vsnprintf(line->text, sizeof line->text, format, args) < 0)
		line->text[0] = '\0';
	va_end(args);
}

void plugin_fail(struct plugin_answer *answer, enum plugin_state state, const char *format, ...)
{
	va_list args;

	answer->failed = true;
	answer->state = state;
	va_start(args, format);
	if (vsnprintf(answer->sentence, sizeof answer->sentence, format, args) < 0)
		answer->sentence[0] = '\0';
	va_end(args);
}

enum plugin_state plugin_group_state(const struct plugin_answer *answer,
				     const struct plugin_group *group)
{
	enum plugin_state worst = group->left_out;

	for (size_t i = 0; i < group->n; i++)
		worst = plugin_state_worst(worst, answer->lines[group->first + i].state);
	return worst;
}

enum plugin_state plugin_answer_state(const struct plugin_answer *answer)
{
	enum plugin_state worst = answer->n_groups ? PLUGIN_OK : PLUGIN_UNKNOWN;

	if (answer->failed)
		return answer->state;
	for (size_t i = 0; i < answer->n_groups; i++)
		worst = plugin_state_worst(worst,
					   plugin_group_state(answer, &answer->groups[i]));
	return worst;
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '.';
}

/* FNV-1a. */
static uint32_t hash_of(const char *text, size_t len)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash;
}

/* Hyphen and four digits of hash behind the first len characters. */
static void end_in_hash(struct plugin_perf *perf, size_t len, uint32_t hash)
{
	snprintf(perf->label + len, sizeof perf->label - len, "-%04x",
		 (unsigned)((hash ^ hash >> 16) & 0xffff));
}

/* How much of a label stands before its hash: at most this, and no hyphen at its end. */
static size_t before_hash(const struct plugin_perf *perf, size_t most)
{
	size_t len = strnlen(perf->label, most);

	while (len > 0 && perf->label[len - 1] == '-')
		len--;
	return len;
}

/* Plain characters, one hyphen for each run of others; false: there are more than a label
 * takes.
 */
static bool make_plain(char label[PLUGIN_LABEL_SIZE], const char *given)
{
	size_t len = 0;

	for (; *given && len < LABEL_LEN; given++) {
		if (is_plain(*given))
			label[len++] = *given;
		else if (len > 0 && label[len - 1] != '-')
			label[len++] = '-';
	}
	label[len] = '\0';
	if (len == 0)
		snprintf(label, PLUGIN_LABEL_SIZE, "unnamed");
	return *given == '\0';
}

static bool is_alike(const struct plugin_answer *answer, const struct plugin_perf *perf)
{
	for (size_t i = 0; i < answer->n_perf; i++) {
		if (&answer->perf[i] != perf &&
		    !strncmp(answer->perf[i].label, perf->label, UNLIKE_WITHIN))
			return true;
	}
	return false;
}

/* The salt is for the same label twice, and for hashes that are alike by chance. */
static void make_unlike(const struct plugin_answer *answer, struct plugin_perf *perf)
{
	size_t len = before_hash(perf, BEFORE_HASH);
	uint32_t salt = 0;

	do
		end_in_hash(perf, len, perf->whole + salt * 40503u);
	while (is_alike(answer, perf) && salt++ < 1000);
}

static uint32_t stem_of(const char *label)
{
	return hash_of(label, strnlen(label, UNLIKE_WITHIN));
}

/* perf: the next of the answer, not yet counted. */
static void name_perf(struct plugin_answer *answer, struct plugin_perf *perf, const char *given)
{
	bool alike;

	perf->whole = hash_of(given, strlen(given));
	if (!make_plain(perf->label, given))
		end_in_hash(perf, before_hash(perf, LABEL_LEN - 5), perf->whole);
	perf->stem = stem_of(perf->label);
	alike = is_alike(answer, perf);
	for (size_t i = 0; i < answer->n_perf; i++) {
		struct plugin_perf *other = &answer->perf[i];

		if (other->stem != perf->stem)
			continue;
		alike = true;
		if (stem_of(other->label) == other->stem)
			make_unlike(answer, other);
	}
	if (alike)
		make_unlike(answer, perf);
}

void plugin_perf(struct plugin_answer *answer, const char *label, struct br_number value,
		 unsigned decimals, const char *unit,
		 const struct plugin_thresholds *thresholds)
{
	struct plugin_perf *perf = &answer->perf[answer->n_perf];

	if (answer->n_perf == PLUGIN_MAX_PERF || answer->last_left_out) {
		answer->n_perf_left_out++;
		return;
	}
	*perf = (struct plugin_perf){
		.known = value.known,
		.value = value.value,
		.decimals = decimals < DECIMALS_MOST ? decimals : DECIMALS_MOST,
		.unit = unit,
	};
	if (thresholds)
		perf->thresholds = *thresholds;
	name_perf(answer, perf, label);
	answer->n_perf++;
	answer->lines[answer->n_lines - 1].n_perf++;
}

void plugin_perf_settle(struct plugin_answer *answer, bool all)
{
	size_t kept = 0;

	for (size_t l = 0; l < answer->n_lines; l++) {
		struct plugin_line *line = &answer->lines[l];
		const size_t first = line->first_perf, n = line->n_perf;

		line->first_perf = kept;
		for (size_t i = first; i < first + n; i++)
			if (answer->perf[i].known && !all)
				answer->perf[kept++] = answer->perf[i];
		line->n_perf = kept - line->first_perf;
	}
	answer->n_perf = kept;
}
