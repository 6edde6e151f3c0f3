/*
 * searches.c - when each site was last searched to its end, in a small file beside the store:
 * "SITE DIGEST SECONDS" a line.
 *
 * So a restart searches nobody again, and one in the middle of a search, or at its hour, loses
 * none: it is owed still, and begun anew. What is not understood here is a site that was never
 * searched.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"
#include "replace.h"

#include <stdio.h>

#define FILE_MAX    (COLLECTOR_SITES * 128)
#define DIGEST_SIZE 17

/* Of other addresses than then nothing was searched. */
static void digest_of(const struct collector_site *site, char text[DIGEST_SIZE])
{
	snprintf(text, DIGEST_SIZE, "%016llx",
		 (unsigned long long)br_range_digest(&site->range));
}

void collector_searches_recall(const struct collector *c, struct br_file *file)
{
	struct br_error err;

	if (br_file_read(file, c->searches, FILE_MAX, &err) != BR_OK)
		collector_say(&c->voice, COLLECTOR_DETAIL, "%s", err.text);
}

int64_t collector_searched_at(const struct br_file *file, const struct collector_site *site)
{
	struct br_view rest = {file->data, file->len}, line;
	char digest[DIGEST_SIZE];
	int64_t at;

	digest_of(site, digest);
	while (br_view_line(&rest, &line)) {
		struct br_view name = br_view_word(&line), of = br_view_word(&line);

		if (br_view_is(name, site->name) && br_view_is(of, digest) &&
		    br_parse_number(br_view_word(&line), 1, INT32_MAX * INT64_C(128), &at))
			return at;
	}
	return 0;
}

void collector_searched(struct br_buf *text, const struct collector_site *site, int64_t at)
{
	char digest[DIGEST_SIZE];

	digest_of(site, digest);
	br_buf_format(text, "%s %s %lld\n", site->name, digest, (long long)at);
}

void collector_searches_keep(const struct collector *c, const struct br_buf *text)
{
	struct br_error err;
	enum br_status status =
		text->status == BR_OK
			? collector_replace(c->searches, text, 0640, &err)
			: br_fail(&err, text->status, "%s: out of memory", c->searches);

	if (status != BR_OK)
		collector_say(&c->voice, COLLECTOR_WARNING, "%s", err.text);
}
