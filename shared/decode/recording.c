/*
 * recording.c - reads recordings line by line into sorted rows, and finds rows.
 *
 * Which format a line has is seen from the line itself. Values land in one block that is as
 * large as the text, because no value takes more room than its text; it shrinks at the end.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/recording.h"

#include "base/file.h"
#include "decode/recording_text.h"

#include <stdlib.h>
#include <string.h>

/* Characters that a row seldom falls short of: the first guess of how many rows there are. */
#define ROW_TEXT 36

void br_recording_clear(struct br_recording *recording)
{
	free(recording->rows);
	free(recording->values);
	*recording = (struct br_recording){0};
}

bool br_reader_line(struct br_recording_reader *reader, struct br_view *line)
{
	if (reader->at >= reader->end)
		return false;
	size_t left = (size_t)(reader->end - reader->at);
	const char *feed = memchr(reader->at, '\n', left);
	size_t len = feed != NULL ? (size_t)(feed - reader->at) : left;
	*line = (struct br_view){reader->at, len};
	if (len > 0 && line->at[len - 1] == '\r')
		line->len--;
	reader->at = feed != NULL ? feed + 1 : reader->end;
	reader->line++;
	return true;
}

/* The sentence is followed by what it is about, shortened and made printable, if there is any.
 */
enum br_status br_reader_fail(struct br_recording_reader *reader, const char *sentence,
			      struct br_view about)
{
	char shown[61];
	size_t len = about.len < sizeof(shown) - 1 ? about.len : sizeof(shown) - 1;

	for (size_t i = 0; i < len; i++)
		shown[i] = about.at[i] >= 0x20 && about.at[i] < 0x7f ? about.at[i] : '?';
	shown[len] = '\0';
	return br_fail(reader->err, BR_E_SYNTAX, "%s:%zu: %s%s%s%s", reader->name, reader->line,
		       sentence, len > 0 ? ": '" : "", shown,
		       len < about.len ? "…'" : (len > 0 ? "'" : ""));
}

bool br_reader_bytes(struct br_recording_reader *reader, const void *data, size_t len)
{
	struct br_recording *out = reader->out;

	if (len > out->values_cap - out->values_len)
		return false;
	if (len > 0)
		memcpy(out->values + out->values_len, data, len);
	out->values_len += len;
	return true;
}

static enum br_status grow(struct br_recording_reader *reader)
{
	struct br_recording *out = reader->out;
	size_t text = (size_t)(reader->end - reader->at);
	size_t cap = out->cap_rows > 0 ? out->cap_rows * 2 : text / ROW_TEXT + 16;

	cap = cap < BR_RECORDING_MAX_ROWS ? cap : BR_RECORDING_MAX_ROWS;
	if (out->n_rows >= BR_RECORDING_MAX_ROWS)
		return br_fail(reader->err, BR_E_LIMIT, "%s:%zu: more than %u rows.",
			       reader->name, reader->line, BR_RECORDING_MAX_ROWS);
	struct br_recorded *rows = realloc(out->rows, cap * sizeof(*rows));
	if (rows == NULL)
		return br_fail(reader->err, BR_E_MEMORY, "%s: out of memory.", reader->name);
	out->rows = rows;
	out->cap_rows = cap;
	return BR_OK;
}

enum br_status br_reader_row(struct br_recording_reader *reader, const struct br_oid *name,
			     uint8_t tag)
{
	struct br_recording *out = reader->out;

	if (out->n_rows == out->cap_rows || out->n_rows >= BR_RECORDING_MAX_ROWS) {
		enum br_status status = grow(reader);
		if (status != BR_OK)
			return status;
	}
	struct br_recorded *row = &out->rows[out->n_rows];
	row->name.len = name->len;
	memcpy(row->name.ber, name->ber, name->len);
	row->tag = tag;
	row->at = (uint32_t)reader->started;
	row->len = (uint32_t)(out->values_len - reader->started);
	if (out->n_rows > 0 && !reader->unsorted)
		reader->unsorted = br_oid_compare(row[-1].name.ber, row[-1].name.len,
						  row->name.ber, row->name.len) >= 0;
	out->n_rows++;
	return BR_OK;
}

/* Neighbours in a walk differ in their last arc more often than not: then only that is parsed.
 */
static bool like_the_last(struct br_recording_reader *reader, struct br_view text,
			  struct br_oid *name)
{
	const struct br_oid *last = &reader->last_name;
	size_t stem = reader->last_stem.len, kept = last->len;
	int64_t arc;

	if (stem == 0 || text.len <= stem || memcmp(text.at, reader->last_stem.at, stem) != 0 ||
	    !br_parse_number((struct br_view){text.at + stem, text.len - stem}, 0, UINT32_MAX,
			     &arc))
		return false;
	memcpy(name->ber, last->ber, kept);
	name->len = (uint8_t)kept;
	return br_oid_append(name, (uint32_t)arc) == BR_OK;
}

/* Keeps the name up to its last dot, if at least two arcs stand before that. */
static void remember_stem(struct br_recording_reader *reader, struct br_view text,
			  const struct br_oid *name)
{
	struct br_oid *last = &reader->last_name;
	const char *dot = memrchr(text.at, '.', text.len);
	size_t stem = dot != NULL ? (size_t)(dot + 1 - text.at) : 0;

	last->len = name->len - 1;
	while (last->len > 0 && (name->ber[last->len - 1] & 0x80) != 0)
		last->len--;
	memcpy(last->ber, name->ber, last->len);
	reader->last_stem = (struct br_view){text.at, last->len > 0 ? stem : 0};
}

enum br_status br_reader_oid(struct br_recording_reader *reader, struct br_view text,
			     struct br_oid *oid)
{
	enum br_status status = br_oid_parse(oid, text.at, text.len);

	if (status == BR_E_LIMIT)
		return br_reader_fail(reader, "the object identifier is too long", text);
	if (status != BR_OK)
		return br_reader_fail(reader, "not a numeric object identifier", text);
	return BR_OK;
}

enum br_status br_reader_name(struct br_recording_reader *reader, struct br_view text,
			      struct br_oid *name)
{
	if (like_the_last(reader, text, name))
		return BR_OK;
	enum br_status status = br_reader_oid(reader, text, name);
	if (status == BR_OK)
		remember_stem(reader, text, name);
	return status;
}

bool br_reader_is_snmprec(struct br_view line)
{
	size_t i = 0;

	while (i < line.len && (line.at[i] == '.' || (line.at[i] >= '0' && line.at[i] <= '9')))
		i++;
	return i < line.len && line.at[i] == '|';
}

static enum br_status hex_value(struct br_recording_reader *reader, struct br_view text)
{
	if (text.len % 2 != 0)
		return br_reader_fail(reader, "an odd number of hex digits", text);
	for (size_t i = 0; i < text.len; i += 2) {
		int high = br_hex_digit(text.at[i]), low = br_hex_digit(text.at[i + 1]);
		if (high < 0 || low < 0)
			return br_reader_fail(reader, "not a pair of hex digits",
					      (struct br_view){text.at + i, 2});
		uint8_t octet = (uint8_t)(high << 4 | low);
		if (!br_reader_bytes(reader, &octet, 1))
			return br_reader_fail(reader, "the value does not fit", text);
	}
	return BR_OK;
}

static enum br_status text_value(struct br_recording_reader *reader, struct br_view text,
				 uint8_t tag)
{
	struct br_recording *out = reader->out;
	char sentence[96] = "not ";
	size_t len;

	if (br_value_encode(tag, text, out->values + out->values_len,
			    out->values_cap - out->values_len, &len)) {
		out->values_len += len;
		return BR_OK;
	}
	struct br_view expected = br_view(br_value_expected(tag));
	if (!br_text_copy(sentence + 4, sizeof(sentence) - 4, expected))
		sentence[4] = '\0';
	return br_reader_fail(reader, sentence, text);
}

/* "2", "4x", "64x": the number of a BER tag, x for hex. */
static enum br_status read_tag(struct br_recording_reader *reader, struct br_view text,
			       uint8_t *tag, bool *hex)
{
	struct br_view number = text;
	int64_t value;

	*hex = text.len > 0 && text.at[text.len - 1] == 'x';
	if (*hex)
		number.len--;
	if (memchr(text.at, ':', text.len) != NULL)
		return br_reader_fail(reader, "variation modules are not played", text);
	if (!br_parse_number(number, 0, 255, &value) || !br_value_tag_known((uint8_t)value))
		return br_reader_fail(
			reader, "not a type tag (2 4 5 6 64 65 66 67 68 70, or with x)", text);
	*tag = (uint8_t)value;
	return BR_OK;
}

static enum br_status read_snmprec(struct br_recording_reader *reader, struct br_view line)
{
	const char *end = line.at + line.len;
	const char *bar = memchr(line.at, '|', line.len);
	const char *second = memchr(bar + 1, '|', (size_t)(end - bar - 1));
	struct br_oid name;
	uint8_t tag = 0;
	bool hex = false;
	enum br_status status;

	if (second == NULL)
		return br_reader_fail(reader, "expected NAME|TAG|VALUE", line);
	struct br_view value = {second + 1, (size_t)(end - second - 1)};
	status = br_reader_name(reader, (struct br_view){line.at, (size_t)(bar - line.at)},
				&name);
	if (status == BR_OK)
		status = read_tag(reader, (struct br_view){bar + 1, (size_t)(second - bar - 1)},
				  &tag, &hex);
	if (status == BR_OK)
		status = hex ? hex_value(reader, value) : text_value(reader, value, tag);
	return status != BR_OK ? status : br_reader_row(reader, &name, tag);
}

static enum br_status read_lines(struct br_recording_reader *reader)
{
	struct br_view line;

	while (br_reader_line(reader, &line)) {
		enum br_status status = BR_OK;
		reader->started = reader->out->values_len;
		if (br_reader_is_snmprec(line))
			status = read_snmprec(reader, line);
		else if (br_view_trim(line).len > 0 && line.at[0] != '#')
			status = br_reader_walk(reader, line);
		if (status != BR_OK)
			return status;
	}
	return BR_OK;
}

/* Of two runs the row that comes first; of equals the left. */
static bool left_first(const struct br_recorded *left, const struct br_recorded *right)
{
	return br_oid_compare(left->name.ber, left->name.len, right->name.ber,
			      right->name.len) <= 0;
}

/* Merges neighbouring sorted runs of `width` row numbers from `from` into `to`. */
static void merge_runs(const struct br_recorded *rows, const uint32_t *from, uint32_t *to,
		       size_t n, size_t width)
{
	for (size_t start = 0; start < n; start += 2 * width) {
		size_t left = start, left_end = start + width < n ? start + width : n;
		size_t right = left_end,
		       right_end = start + 2 * width < n ? start + 2 * width : n;
		for (size_t k = start; k < right_end; k++) {
			bool take_left = right >= right_end;
			if (left < left_end && right < right_end)
				take_left = left_first(&rows[from[left]], &rows[from[right]]);
			to[k] = take_left ? from[left++] : from[right++];
		}
	}
}

/* Stable, so that of several rows with one name the first stays in front; the rest is dropped.
 */
static enum br_status sort_rows(struct br_recording *out)
{
	size_t n = out->n_rows, kept = 0;
	uint32_t *order = malloc(2 * n * sizeof(*order));
	struct br_recorded *rows = malloc(n * sizeof(*rows));

	if (order == NULL || rows == NULL) {
		free(order);
		free(rows);
		return BR_E_MEMORY;
	}
	uint32_t *from = order, *to = order + n;
	for (size_t i = 0; i < n; i++)
		from[i] = (uint32_t)i;
	for (size_t width = 1; width < n; width *= 2) {
		merge_runs(out->rows, from, to, n, width);
		uint32_t *swap = from;
		from = to;
		to = swap;
	}
	for (size_t i = 0; i < n; i++) {
		const struct br_recorded *row = &out->rows[from[i]];
		if (kept > 0 && rows[kept - 1].name.len == row->name.len &&
		    memcmp(rows[kept - 1].name.ber, row->name.ber, row->name.len) == 0)
			continue;
		rows[kept++] = *row;
	}
	free(order);
	free(out->rows);
	out->rows = rows;
	out->n_rows = kept;
	out->cap_rows = n;
	return BR_OK;
}

/* Gives back what the first guess took too much; staying large is no failure. */
static void shrink(struct br_recording *out)
{
	size_t rows = out->n_rows > 0 ? out->n_rows : 1;
	size_t bytes = out->values_len > 0 ? out->values_len : 1;
	struct br_recorded *smaller_rows = realloc(out->rows, rows * sizeof(*smaller_rows));
	uint8_t *smaller_values = realloc(out->values, bytes);

	if (smaller_rows != NULL) {
		out->rows = smaller_rows;
		out->cap_rows = rows;
	}
	if (smaller_values != NULL) {
		out->values = smaller_values;
		out->values_cap = bytes;
	}
}

static void skip_byte_order_mark(struct br_recording_reader *reader)
{
	if (reader->end - reader->at >= 3 && memcmp(reader->at, "\xef\xbb\xbf", 3) == 0)
		reader->at += 3;
}

enum br_status br_recording_parse(struct br_recording *recording, struct br_view text,
				  const char *name, struct br_error *err)
{
	*recording = (struct br_recording){0};
	if (text.len > BR_RECORDING_MAX_BYTES)
		return br_fail(err, BR_E_LIMIT, "%s: larger than %u bytes.", name,
			       BR_RECORDING_MAX_BYTES);
	recording->values_cap = text.len > 0 ? text.len : 1;
	recording->values = malloc(recording->values_cap);
	if (recording->values == NULL) {
		*recording = (struct br_recording){0};
		return br_fail(err, BR_E_MEMORY, "%s: out of memory.", name);
	}
	struct br_recording_reader reader = {
		.out = recording, .at = text.at, .end = text.at, .name = name, .err = err};
	if (text.len > 0) {
		reader.end = text.at + text.len;
		const char *feed = memchr(text.at, '\n', text.len);
		reader.crlf = feed != NULL && feed > text.at && feed[-1] == '\r';
		skip_byte_order_mark(&reader);
	}
	enum br_status status = read_lines(&reader);
	if (status == BR_OK && reader.unsorted) {
		status = sort_rows(recording);
		if (status != BR_OK)
			(void)br_fail(err, status, "%s: out of memory.", name);
	}
	if (status == BR_OK)
		shrink(recording);
	else
		br_recording_clear(recording);
	return status;
}

enum br_status br_recording_load(struct br_recording *recording, const char *path,
				 struct br_error *err)
{
	struct br_file file;
	enum br_status status;

	*recording = (struct br_recording){0};
	status = br_file_read_stream(&file, path, BR_RECORDING_MAX_BYTES, err);
	if (status != BR_OK)
		return status;
	status =
		br_recording_parse(recording, (struct br_view){file.data, file.len}, path, err);
	br_file_clear(&file);
	return status;
}

size_t br_recording_find(const struct br_recording *recording, const uint8_t *name, size_t len,
			 bool *exact)
{
	size_t low = 0, high = recording->n_rows;

	*exact = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct br_oid *at = &recording->rows[middle].name;
		int order = br_oid_compare(at->ber, at->len, name, len);
		if (order == 0) {
			*exact = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
