/*
 * reader_printers.c - the printers, and which of them a word means.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/reader_inside.h"

#include <string.h>

#define ALL BR_PRINTER_COLUMNS BR_PRINTER_TABLES

struct found {
	br_store_printer_fn each;
	void *user;
	struct br_view word;
	bool pattern;
	char mac[18]; /* of the word, if it is one: its digits */
	size_t n;
};

enum br_status br_reader_printers(struct br_reader *reader, br_store_printer_fn each,
				  void *user, struct br_error *err)
{
	enum br_status status = br_reading_begins(reader, err);

	if (status != BR_OK)
		return status;
	status = br_printers_each(reader->sql, each, user, err);
	return br_reading_ends(reader, status, err);
}

static bool fits(const struct found *found, struct br_view view)
{
	if (view.len == 0)
		return false;
	if (found->pattern)
		return br_view_glob(view, found->word);
	return view.len == found->word.len && br_view_glob(view, found->word);
}

static struct br_view until(struct br_view view, char end)
{
	const char *at = view.len ? memrchr(view.at, end, view.len) : NULL;

	return at ? (struct br_view){view.at, (size_t)(at - view.at)} : view;
}

/* "udp:[2001:db8::1]:161" is meant by itself, by what follows udp:, and by the address alone.
 */
static bool fits_target(const struct found *found, struct br_view target)
{
	struct br_view plain, host;

	if (fits(found, target) || fits(found, until(target, '#')))
		return true;
	if (target.len < 4 || memcmp(target.at, "udp:", 4) != 0)
		return false;
	plain = (struct br_view){target.at + 4, target.len - 4};
	if (fits(found, plain) || fits(found, until(plain, '#')))
		return true;
	host = until(until(plain, '#'), ':');
	if (host.len > 2 && host.at[0] == '[' && host.at[host.len - 1] == ']')
		host = (struct br_view){host.at + 1, host.len - 2};
	return fits(found, host);
}

/* The twelve digits of a MAC, however they are parted; false: it is none. */
static bool mac_digits(struct br_view text, char out[18])
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char c = text.at[i] >= 'A' && text.at[i] <= 'F'
				       ? (char)(text.at[i] + ('a' - 'A'))
				       : text.at[i];

		if (c == ':' || c == '-' || c == '.')
			continue;
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) || n == 12)
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return n == 12;
}

/* The name of a print server means all its printers, as its address does. */
static bool fits_name(const struct found *found, const struct br_store_printer *printer)
{
	const struct br_view target = printer->target;
	const bool one_of_some = target.len && memchr(target.at, '#', target.len);

	return fits(found, printer->name) ||
	       (one_of_some && fits(found, until(printer->name, '#')));
}

static bool fits_printer(const struct found *found, const struct br_store_printer *printer)
{
	const struct br_view host = printer->hostname;
	const char *dot = host.len ? memchr(host.at, '.', host.len) : NULL;
	char digits[18];

	if (fits_target(found, printer->target) || fits(found, printer->serial) ||
	    fits(found, printer->mac) || fits_name(found, printer) || fits(found, host))
		return true;
	if (dot && fits(found, (struct br_view){host.at, (size_t)(dot - host.at)}))
		return true;
	return *found->mac && mac_digits(printer->mac, digits) &&
	       strcmp(digits, found->mac) == 0;
}

static enum br_status give(void *user, struct br_sql_query *query, struct br_error *err)
{
	struct found *found = user;
	struct br_printer_row row;

	(void)err;
	br_printer_take(query, &row);
	found->n++;
	found->each(found->user, &row.printer);
	return BR_OK;
}

static enum br_status give_if_fits(void *user, struct br_sql_query *query, struct br_error *err)
{
	struct found *found = user;
	struct br_printer_row row;

	(void)err;
	br_printer_take(query, &row);
	if (!fits_printer(found, &row.printer))
		return BR_OK;
	found->n++;
	found->each(found->user, &row.printer);
	return BR_OK;
}

/* A number or a whole target is looked up; only what is neither goes through every row. */
static enum br_status find(struct br_reader *reader, struct found *found, struct br_error *err)
{
	struct br_view word = found->word;
	int64_t id;
	enum br_status status;

	if (word.len > 1 && word.at[0] == '#' &&
	    br_parse_number((struct br_view){word.at + 1, word.len - 1}, 1, INT64_MAX, &id))
		return br_reader_rows(reader, ALL "WHERE p.id = ?1",
				      BR_SQL_VALUES(br_sql_int(id)),
				      (struct br_rows){give, found}, err);
	if (!found->pattern) {
		status = br_reader_rows(
			reader,
			ALL "WHERE p.target IN (?1, 'udp:' || ?1, 'udp:' || ?1 || ':161',"
			    " 'udp:[' || ?1 || ']:161') AND p.target <> ''",
			BR_SQL_VALUES(br_sql_text(word)), (struct br_rows){give, found}, err);
		if (status != BR_OK || found->n)
			return status;
	}
	return br_reader_rows(reader, ALL "ORDER BY p.target, p.id",
			      (struct br_sql_values){NULL, 0},
			      (struct br_rows){give_if_fits, found}, err);
}

enum br_status br_reader_find(struct br_reader *reader, const char *word,
			      br_store_printer_fn each, void *user, struct br_error *err)
{
	struct found found = {.each = each, .user = user, .word = br_view(word)};
	enum br_status status = br_reading_begins(reader, err);

	if (status != BR_OK)
		return status;
	found.pattern = strpbrk(word, "*?") != NULL;
	if (!mac_digits(found.word, found.mac))
		found.mac[0] = '\0';
	status = found.word.len ? find(reader, &found, err) : BR_OK;
	if (status == BR_OK && found.n == 0)
		status = br_fail(err, BR_E_ABSENT, "no printer here is meant by \"%.100s\"",
				 word);
	return br_reading_ends(reader, status, err);
}

/* Of rows at one host: its port, and which printer behind it. */
struct at {
	br_store_printer_fn each;
	void *user;
	const struct br_target *target;
	struct br_reader *reader;
	size_t skip; /* octets of "udp:HOST:" */
	size_t n;
};

/* ":161", ":161#2": whether port and device are those that are wanted. A printer that is alone
 * has no device in its target. */
static bool is_meant(const struct at *at, const struct br_store_printer *printer)
{
	const struct br_view rest = {printer->target.at + at->skip,
				     printer->target.len - at->skip};
	const struct br_view port = until(rest, '#');
	int64_t number;

	if (!br_parse_number(port, 1, UINT16_MAX, &number) ||
	    (at->target->port && number != at->target->port))
		return false;
	if (!at->target->has_device)
		return true;
	if (port.len == rest.len)
		return printer->kept.device == at->target->device;
	return br_parse_number(
		       (struct br_view){rest.at + port.len + 1, rest.len - port.len - 1}, 0,
		       UINT32_MAX, &number) &&
	       number == at->target->device;
}

static enum br_status give_if_meant(void *user, struct br_sql_query *query,
				    struct br_error *err)
{
	struct at *at = user;
	struct br_printer_row row;

	(void)err;
	br_printer_take(query, &row);
	if (row.printer.target.len < at->skip || !is_meant(at, &row.printer))
		return BR_OK;
	at->n++;
	at->each(at->user, &row.printer);
	return BR_OK;
}

/* All targets of a host stand together in the index: behind "udp:HOST:", before "udp:HOST;". */
static enum br_status find_at(struct at *at, struct br_error *err)
{
	char first[BR_TARGET_SIZE], last[BR_TARGET_SIZE];
	const struct br_view host = until(until(br_view(at->target->text), '#'), ':');

	at->skip = host.len + 1;
	if (!br_text_copy(first, sizeof first - 1, host))
		return br_fail(err, BR_E_ABSENT, "the target is too long");
	memcpy(last, first, sizeof first);
	memcpy(first + host.len, ":", 2);
	memcpy(last + host.len, ";", 2);
	return br_reader_rows(
		at->reader,
		ALL
		"WHERE p.target > ?1 AND p.target < ?2 AND p.target <> '' ORDER BY p.target",
		BR_SQL_VALUES(br_sql_text(br_view(first)), br_sql_text(br_view(last))),
		(struct br_rows){give_if_meant, at}, err);
}

enum br_status br_reader_at(struct br_reader *reader, const struct br_target *target,
			    br_store_printer_fn each, void *user, struct br_error *err)
{
	struct at at = {.each = each, .user = user, .target = target, .reader = reader};
	enum br_status status;

	if (target->kind != BR_TARGET_UDP)
		return br_fail(err, BR_E_ABSENT, "a recording is in no store");
	status = br_reading_begins(reader, err);
	if (status != BR_OK)
		return status;
	status = find_at(&at, err);
	if (status == BR_OK && at.n == 0)
		status = br_fail(err, BR_E_ABSENT, "nobody is asked at %s", target->text);
	return br_reading_ends(reader, status, err);
}

/* One target of that name; what stands in the file is checked like what a person writes. */
static enum br_status find_called(void *user, struct br_sql_query *query, struct br_error *err)
{
	struct at *at = user, one = *at;
	char text[BR_TARGET_SIZE];
	struct br_target target;
	enum br_status status;

	br_text_clean(text, sizeof text, br_sql_octets(query, 0));
	if (br_target_parse(&target, text, NULL) != BR_OK || target.kind != BR_TARGET_UDP ||
	    target.has_device)
		return BR_OK;
	target.port = target.port ? target.port : 161;
	target.has_device = at->target->has_device;
	target.device = at->target->device;
	one.target = &target;
	one.n = 0;
	status = find_at(&one, err);
	at->n += one.n;
	return status;
}

enum br_status br_reader_called(struct br_reader *reader, const struct br_target *target,
				br_store_printer_fn each, void *user, struct br_error *err)
{
	struct at at = {.each = each, .user = user, .target = target, .reader = reader};
	enum br_status status = br_reading_begins(reader, err);

	if (status != BR_OK)
		return status;
	status = br_reader_rows(reader, "SELECT target FROM given WHERE name = ?1",
				BR_SQL_VALUES(br_sql_text(br_view(target->host))),
				(struct br_rows){find_called, &at}, err);
	if (status == BR_OK && at.n == 0)
		status = br_fail(err, BR_E_ABSENT, "nobody is called %s", target->host);
	return br_reading_ends(reader, status, err);
}
