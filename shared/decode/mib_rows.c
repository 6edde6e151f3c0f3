/*
 * mib_rows.c - one row of a .mib file: KIND FIELD [option …] behind the verb and its OID.
 *
 * What a row cannot mean is refused here, with its line, and not met by whoever decodes an
 * answer.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/mib_parse.h"
#include "decode/standard.h"
#include "model/names.h"

#include <string.h>

/* Each list stands in the order of its enum. */
static const char *const kind_words[] = {"number", "text",    "mac", "device-id",
					 "record", "decimal", NULL};
static const char *const record_words[] = {"brother.maintenance", "brother.counters",
					   "brother.nextcare",    "brother.coverage",
					   "brother.jams",        NULL};
/* In the order of struct br_identity; object_id comes from the system group only. */
static const char *const identity_words[] = {
	"maker",   "model", "serial",      "mac", "hostname",  "firmware", "location",
	"contact", "asset", "description", "",    "device_id", "uuid",     NULL};
static const char *const care_words[] = {"percent", "pages", "status", NULL};
static const char *const supply_words[] = {"percent", "level",  "capacity", "description",
					   "part",    "serial", NULL};
static const char *const family_words[] = {"identity", "counters", "coverage", "care",
					   "supply",   "console",  "-",        NULL};
static const char *const option_words[] = {"basis", "fallback", "skip",  "scale", "divide",
					   "after", "until",    "label", "where", NULL};
enum family { IDENTITY, COUNTERS, COVERAGE, CARE, SUPPLY, CONSOLE, NOTHING };
enum option { BASIS, FALLBACK, SKIP, SCALE, DIVIDE, AFTER, UNTIL, LABEL, WHERE };

/* Takes what stands before the first of the separators off the front; all of it if there is
 * none. */
static struct br_view before(struct br_view *rest, const char *separators)
{
	struct br_view part = {rest->at, 0};

	while (part.len < rest->len && !strchr(separators, rest->at[part.len]))
		part.len++;
	rest->at += part.len;
	rest->len -= part.len;
	if (rest->len) {
		rest->at++;
		rest->len--;
	}
	return part;
}

static bool is_id(struct br_view word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!((word.at[i] >= 'a' && word.at[i] <= 'z') || word.at[i] == '-' ||
		      (word.at[i] >= '0' && word.at[i] <= '9')))
			return false;
	return word.len > 0 && word.len < BR_ID_SIZE;
}

static enum br_status read_counter(struct br_mib_source *source, struct br_view name, int *arg)
{
	const char *known[BR_COUNTER_COUNT + 1] = {0};
	enum br_counter counter;

	if (br_counter_find(name, &counter)) {
		*arg = (int)counter;
		return BR_OK;
	}
	for (int i = 0; i < BR_COUNTER_COUNT; i++)
		known[i] = br_counter_name((enum br_counter)i);
	return br_mib_unknown(source, name, "a counter", known);
}

static enum br_status read_colorant(struct br_mib_source *source, struct br_view name, int *arg)
{
	const char *known[BR_COLORANT_COUNT] = {0};

	for (int i = 1; i < BR_COLORANT_COUNT; i++)
		known[i - 1] = br_name_colorant((enum br_colorant)i);
	*arg = br_mib_index(known, name) + 1;
	return *arg ? BR_OK : br_mib_unknown(source, name, "a colorant", known);
}

/* MEMBER of care.PART.MEMBER, supply.MEMBER, supply:ID.MEMBER, identity.MEMBER. */
static enum br_status read_member(struct br_mib_source *source, struct br_view member,
				  const char *const *known, int *index)
{
	*index = br_mib_index(known, member);
	return *index >= 0 ? BR_OK
			   : br_mib_unknown(source, member, "a member of this field", known);
}

static enum br_status read_part(struct br_mib_source *source, struct br_mib_row *row,
				struct br_view *rest)
{
	row->name = before(rest, ".");
	return is_id(row->name) ? BR_OK
				: br_mib_fail(source, "'%.*s' is not an id of a-z, 0-9 and '-'",
					      BR_MIB_SHOW(row->name));
}

static enum br_status read_supply(struct br_mib_source *source, struct br_mib_row *row,
				  struct br_view rest, bool named)
{
	enum br_status status = named ? read_part(source, row, &rest) : BR_OK;
	int index;

	if (status == BR_OK)
		status = read_member(source, rest, supply_words, &index);
	if (status == BR_OK)
		row->field = (enum br_mib_field)(BR_FIELD_SUPPLY_PERCENT + index);
	return status;
}

static enum br_status read_care(struct br_mib_source *source, struct br_mib_row *row,
				struct br_view rest)
{
	enum br_status status = read_part(source, row, &rest);
	int index;

	if (status == BR_OK)
		status = read_member(source, rest, care_words, &index);
	if (status == BR_OK)
		row->field = (enum br_mib_field)(BR_FIELD_CARE_PERCENT + index);
	return status;
}

static enum br_status read_field(struct br_mib_source *source, struct br_mib_row *row,
				 struct br_view word)
{
	struct br_view rest = word, family = before(&rest, ".:");
	bool named = family.len < word.len && word.at[family.len] == ':';
	int index = br_mib_index(family_words, family);

	if (index < 0)
		return br_mib_unknown(source, family, "a field", family_words);
	if (named && index != SUPPLY)
		return br_mib_fail(source, "only a supply has an id: supply:ID.MEMBER");
	if ((index == CONSOLE || index == NOTHING) && family.len < word.len)
		return br_mib_fail(source, "'%s' has no members", family_words[index]);
	switch ((enum family)index) {
	case IDENTITY:
		row->field = BR_FIELD_IDENTITY;
		return read_member(source, rest, identity_words, &row->arg);
	case COUNTERS:
		row->field = BR_FIELD_COUNTER;
		return read_counter(source, rest, &row->arg);
	case COVERAGE:
		row->field = BR_FIELD_COVERAGE;
		return read_colorant(source, rest, &row->arg);
	case CARE:
		return read_care(source, row, rest);
	case SUPPLY:
		return read_supply(source, row, rest, named);
	case CONSOLE:
		row->field = BR_FIELD_CONSOLE;
		return BR_OK;
	case NOTHING:
		return BR_OK;
	}
	return BR_OK;
}

static enum br_status read_skip(struct br_mib_source *source, struct br_mib_row *row,
				struct br_view list)
{
	struct br_view rest = list;
	int64_t number;

	do {
		struct br_view word = before(&rest, ",");

		if (!br_parse_number(word, INT64_MIN, INT64_MAX, &number))
			return br_mib_fail(source, "'%.*s' is not a number to skip",
					   BR_MIB_SHOW(word));
	} while (rest.len);
	if (list.at[list.len - 1] == ',')
		return br_mib_fail(source, "skip= ends with a comma");
	row->skip = list;
	return BR_OK;
}

static enum br_status read_factor(struct br_mib_source *source, struct br_view text,
				  int64_t *out)
{
	return br_parse_number(text, 1, 1000000000, out)
		       ? BR_OK
		       : br_mib_fail(source, "'%.*s' is not a factor from 1 to 1000000000",
				     BR_MIB_SHOW(text));
}

static enum br_status set_option(struct br_mib_source *source, struct br_mib_row *row,
				 enum option option, struct br_view text)
{
	switch (option) {
	case BASIS:
		row->basis = text;
		return is_id(text) ? BR_OK
				   : br_mib_fail(source, "'%.*s' is not a basis word",
						 BR_MIB_SHOW(text));
	case FALLBACK:
		row->fallback = true;
		return BR_OK;
	case SKIP:
		return read_skip(source, row, text);
	case SCALE:
		return read_factor(source, text, &row->scale);
	case DIVIDE:
		return read_factor(source, text, &row->divide);
	case AFTER:
		row->after = text;
		return BR_OK;
	case UNTIL:
		row->until = text;
		return BR_OK;
	case LABEL:
		return br_mib_oid(source, text, &row->label);
	case WHERE:
		row->where = text;
		return BR_OK;
	}
	return BR_OK;
}

static enum br_status read_options(struct br_mib_source *source, struct br_mib_row *row,
				   unsigned *seen)
{
	for (;;) {
		struct br_mib_word word;
		enum br_status status = br_mib_word(source, &word);
		struct br_view name = word.key.at ? word.key : word.whole;
		int index;

		if (status != BR_OK || word.end)
			return status;
		index = word.quoted && !word.key.at ? -1 : br_mib_index(option_words, name);
		if (index < 0)
			return br_mib_unknown(source, name, "an option", option_words);
		if (*seen & 1u << index)
			return br_mib_fail(source, "%s twice", option_words[index]);
		if (index == FALLBACK ? word.key.at != NULL : word.text.len == 0)
			return br_mib_fail(source,
					   index == FALLBACK ? "%s takes no value"
							     : "%s= needs a value",
					   option_words[index]);
		*seen |= 1u << index;
		status = set_option(source, row, (enum option)index, word.text);
		if (status != BR_OK)
			return status;
	}
}

static bool is_text_field(enum br_mib_field field)
{
	return field == BR_FIELD_IDENTITY || field == BR_FIELD_CONSOLE ||
	       field == BR_FIELD_SUPPLY_DESCRIPTION || field == BR_FIELD_SUPPLY_PART ||
	       field == BR_FIELD_SUPPLY_SERIAL;
}

static const char *misfit_of_kind(const struct br_mib_row *row)
{
	bool names = row->kind == BR_MIB_RECORD || row->kind == BR_MIB_DEVICE_ID;
	bool counts = row->kind == BR_MIB_NUMBER || row->kind == BR_MIB_DECIMAL;

	if (names)
		return row->field == BR_FIELD_NONE ? NULL
						   : "its field is '-': it fills what it knows";
	if (row->field == BR_FIELD_NONE)
		return "'-' is the field of device-id and record only";
	if (row->kind == BR_MIB_MAC)
		return row->field == BR_FIELD_IDENTITY &&
				       br_view_is(br_view(identity_words[row->arg]), "mac")
			       ? NULL
			       : "a mac goes to identity.mac only";
	if (counts && is_text_field(row->field))
		return "this field holds text, not a number";
	if (!counts && !is_text_field(row->field))
		return "this field holds a number: use number or decimal";
	return NULL;
}

/* A field that holds one value cannot be filled by every row of a table. */
static const char *misfit_of_table(const struct br_mib_row *row)
{
	bool many = row->field == BR_FIELD_CONSOLE ||
		    (row->field >= BR_FIELD_SUPPLY_PERCENT &&
		     row->field <= BR_FIELD_SUPPLY_SERIAL && row->name.len == 0);

	if (row->verb != BR_MIB_TABLE && row->label.len)
		return "label= and where= choose a row of a table";
	if (!row->label.len != !row->where.len)
		return "label= and where= go together";
	if (row->verb == BR_MIB_TABLE && !many && !row->label.len)
		return "a whole table fits no single field: name its row with label= and "
		       "where=";
	if (row->verb != BR_MIB_TABLE && many && row->field != BR_FIELD_CONSOLE)
		return "supply.* takes a table; one supply is supply:ID.*";
	return NULL;
}

static const char *misfit_of_options(const struct br_mib_row *row, unsigned seen)
{
	bool counts = row->kind == BR_MIB_NUMBER || row->kind == BR_MIB_DECIMAL;
	bool spells = row->kind == BR_MIB_TEXT || row->kind == BR_MIB_DECIMAL;

	if (seen & 1u << BASIS && row->field != BR_FIELD_COUNTER)
		return "only a counter has a basis";
	if (seen & (1u << SKIP | 1u << SCALE | 1u << DIVIDE) && !counts)
		return "skip=, scale= and divide= are for numbers";
	if (seen & (1u << AFTER | 1u << UNTIL) && !spells)
		return "after= and until= are for text and decimal";
	return NULL;
}

static enum br_status read_kind(struct br_mib_source *source, struct br_mib_row *row)
{
	struct br_view word;
	enum br_status status = br_mib_need(source, "the kind", &word);
	int index;

	if (status != BR_OK)
		return status;
	index = br_mib_index(kind_words, word);
	if (index < 0)
		return br_mib_unknown(source, word, "a kind", kind_words);
	row->kind = (enum br_mib_kind)index;
	if (row->kind != BR_MIB_RECORD)
		return BR_OK;
	status = br_mib_need(source, "the record's decoder", &word);
	if (status != BR_OK)
		return status;
	row->arg = br_mib_index(record_words, word);
	return row->arg >= 0
		       ? BR_OK
		       : br_mib_unknown(source, word, "a decoder of records", record_words);
}

enum br_status br_mib_row(struct br_mib_source *source, enum br_mib_verb verb)
{
	struct br_mib *mib = source->mib;
	struct br_mib_row row = {.verb = verb,
				 .scale = 1,
				 .divide = 1,
				 .line = source->line,
				 .model = source->model};
	void *array = mib->rows;
	unsigned seen = 0;
	const char *misfit;
	struct br_view word;
	enum br_status status = br_mib_need_oid(source, &row.oid);

	if (status == BR_OK)
		status = read_kind(source, &row);
	if (status == BR_OK)
		status = br_mib_need(source, "the field", &word);
	if (status == BR_OK)
		status = read_field(source, &row, word);
	if (status == BR_OK)
		status = read_options(source, &row, &seen);
	if (status != BR_OK)
		return status;
	row.standard = br_tables_ask(row.oid.ber, row.oid.len);
	misfit = misfit_of_kind(&row);
	if (!misfit)
		misfit = misfit_of_table(&row);
	if (!misfit)
		misfit = misfit_of_options(&row, seen);
	if (misfit)
		return br_mib_fail(source, "%s", misfit);
	status = br_mib_grow(source, &array, sizeof row, mib->n_rows, &mib->cap_rows,
			     BR_MIB_MAX_ROWS);
	mib->rows = array;
	if (status == BR_OK)
		mib->rows[mib->n_rows++] = row;
	return status;
}
