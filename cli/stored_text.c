/*
 * stored_text.c - times and names of what is in the store, read and shown.
 *
 * SPDX-License-Identifier: MIT
 */
#include "stored.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

bool stored_is_silent(const struct stored_printer *printer)
{
	return printer->missed >= BR_STORE_SILENT || printer->last_read == 0 ||
	       !*printer->target;
}

const char *stored_name(const struct stored_printer *printer, char out[BR_TARGET_SIZE])
{
	size_t len;

	if (*printer->name)
		return printer->name;
	if (!*printer->target) {
		snprintf(out, BR_TARGET_SIZE, "#%lld", (long long)printer->id);
		return out;
	}
	br_text_copy(
		out, BR_TARGET_SIZE,
		br_view(printer->target + (strncmp(printer->target, "udp:", 4) == 0 ? 4 : 0)));
	len = strlen(out);
	if (len > 4 && strcmp(out + len - 4, ":161") == 0)
		out[len - 4] = '\0';
	return out;
}

void stored_age(char *out, size_t size, int64_t seconds)
{
	static const struct {
		int64_t below, unit;
		const char *name;
	} rows[] = {
		{90 * 60, 60, "min"},
		{48 * 3600, 3600, "h"},
		{2 * 365 * 86400, 86400, "d"},
		{INT64_MAX, 365 * 86400, "y"},
	};

	if (seconds < 60) {
		br_text_copy(out, size, br_view("now"));
		return;
	}
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (seconds >= rows[i].below)
			continue;
		snprintf(out, size, "%lld %s", (long long)(seconds / rows[i].unit),
			 rows[i].name);
		return;
	}
}

void stored_time(char out[BR_TIME_TEXT_SIZE], int64_t time)
{
	br_time_text(out, time);
	if (strlen(out) < 17)
		return;
	out[10] = ' ';
	out[16] = '\0';
}

bool stored_parse_span(struct br_view text, int64_t *seconds)
{
	static const struct {
		const char *name;
		int64_t seconds;
	} units[] = {{"s", 1},       {"m", 60},          {"min", 60},        {"h", 3600},
		     {"d", 86400},   {"w", 7 * 86400},   {"y", 365 * 86400}, {"hour", 3600},
		     {"day", 86400}, {"week", 7 * 86400}};
	size_t digits = 0;
	int64_t number = 1;

	while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9')
		digits++;
	if (digits && !br_parse_number((struct br_view){text.at, digits}, 0, 1000000, &number))
		return false;
	for (size_t i = 0; i < COUNT(units); i++)
		if (br_view_is((struct br_view){text.at + digits, text.len - digits},
			       units[i].name)) {
			*seconds = number * units[i].seconds;
			return digits > 0 || strlen(units[i].name) > 3;
		}
	return false;
}

/* Days since 1970 of a date of the Gregorian calendar, counted from March. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
	int64_t shifted = month <= 2 ? year - 1 : year, of_year;

	of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + of_year - 719468;
}

/* The digits at a place as a number within limits. */
static bool part(struct br_view text, size_t at, size_t len, int64_t most, int64_t *out)
{
	return text.len >= at + len &&
	       br_parse_number((struct br_view){text.at + at, len}, 0, most, out);
}

static bool is_date(struct br_view text)
{
	static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";

	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.at[i] >= '0' && text.at[i] <= '9';

		if (i >= sizeof shape - 1 ||
		    (shape[i] == 'd' ? !digit : text.at[i] != shape[i]))
			return false;
	}
	return text.len == 10 || text.len == sizeof shape - 1;
}

bool stored_parse_time(struct br_view text, int64_t now, int64_t *time)
{
	static const char ago[] = " ago";
	int64_t year, month, day, hour = 0, minute = 0, second = 0, span;
	size_t ago_len = 0;

	if (text.len > sizeof ago - 1 &&
	    memcmp(text.at + text.len - (sizeof ago - 1), ago, sizeof ago - 1) == 0)
		ago_len = sizeof ago - 1;
	if (stored_parse_span((struct br_view){text.at, text.len - ago_len}, &span)) {
		*time = now - span > 0 ? now - span : 0;
		return true;
	}
	if (!is_date(text) || !part(text, 0, 4, 9999, &year) || !part(text, 5, 2, 12, &month) ||
	    !part(text, 8, 2, 31, &day))
		return false;
	if (text.len > 10 &&
	    (!part(text, 11, 2, 23, &hour) || !part(text, 14, 2, 59, &minute) ||
	     !part(text, 17, 2, 59, &second)))
		return false;
	if (year < 1970 || month < 1 || day < 1)
		return false;
	/* A month ends before the next one begins. */
	if (days_of(year, month, day) >= days_of(year + month / 12, month % 12 + 1, 1))
		return false;
	*time = days_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
	return true;
}

void stored_json_time(struct br_json *json, const char *key, int64_t time)
{
	char text[BR_TIME_TEXT_SIZE];

	if (time <= 0 || time > STORED_LATEST)
		return;
	br_time_text(text, time);
	br_json_text(json, key, text);
}

void stored_json_printer(struct br_json *json, const struct stored_printer *printer)
{
	br_json_number(json, "printer", printer->id);
	br_json_text(json, "target", printer->target);
	br_json_text(json, "name", printer->name);
	br_json_text(json, "hostname", printer->hostname);
	br_json_text(json, "maker", printer->maker);
	br_json_text(json, "model", printer->model);
	br_json_text(json, "serial", printer->serial);
	br_json_text(json, "mac", printer->mac);
}
