/*
 * parts.c - gives every supply, tray and output its id, each once.
 *
 * What a part is called comes from parts_supply.c and parts_tray.c. Here are the text form
 * that both use and what happens when two parts are called the same: the order of rows must
 * not matter, so the numbers go by part number or description, and only then by index.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/parts.h"
#include "model/names.h"

#include <string.h>

_Static_assert(BR_MAX_SUPPLIES >= BR_MAX_TRAYS && BR_MAX_SUPPLIES >= BR_MAX_OUTPUTS,
	       "struct crowd is sized by the supplies");

/* U+00C0 to U+00FF without their accents; '-' is not a letter. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty";

/* The next character of a text as a small ASCII letter or digit, '-' or, for nothing, NUL. */
static char slug_char(const char **at)
{
	unsigned char c = (unsigned char)*(*at)++;

	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return (char)c;
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	if (c == 0xc3 && ((unsigned char)**at & 0xc0) == 0x80)
		return latin[(unsigned char)*(*at)++ & 0x3f];
	return c < 0x80 ? '-' : '\0';
}

size_t br_slug(char out[BR_SLUG_SIZE], const char *utf8)
{
	size_t n = 0;

	out[n++] = '-';
	while (*utf8 != '\0' && n < BR_SLUG_SIZE - 2) {
		char c = slug_char(&utf8);
		if (c != '\0' && (c != '-' || out[n - 1] != '-'))
			out[n++] = c;
	}
	if (out[n - 1] != '-')
		out[n++] = '-';
	out[n] = '\0';
	return n;
}

bool br_slug_base(char out[BR_BASE_SIZE], const char *slug)
{
	size_t n = strlen(slug + 1);

	while (n >= BR_BASE_SIZE || (n > 0 && slug[n] == '-'))
		n--;
	if (slug[n + 1] != '-') { /* cut inside a word */
		size_t word = n;
		while (word > 0 && slug[word] != '-')
			word--;
		n = word > 1 ? word - 1 : n;
	}
	memcpy(out, slug + 1, n);
	out[n] = '\0';
	return n > 0;
}

void br_slug_number(char *slug, size_t size, int64_t number)
{
	char decimal[BR_DECIMAL_SIZE];
	size_t len = strlen(slug);

	if (len + 1 >= size)
		return;
	slug[len] = '-';
	br_text_copy(slug + len + 1, size - len - 1, br_decimal(decimal, number));
}

/* By hand: slugs and fragments are a few letters, for which a call costs more than the search.
 */
static bool has_fragment(const char *slug, const char *fragment, size_t n)
{
	for (; *slug != '\0'; slug++) {
		size_t i = 0;
		while (i < n && slug[i] == fragment[i])
			i++;
		if (i == n)
			return true;
	}
	return false;
}

bool br_slug_has(const char *slug, const char *fragments)
{
	while (*fragments != '\0') {
		size_t n = 0;
		while (fragments[n] != '\0' && fragments[n] != ' ')
			n++;
		if (!has_fragment(slug, fragments, n))
			return false;
		fragments += n;
		fragments += *fragments == ' ';
	}
	return true;
}

/* What the order among parts of one name goes by. */
struct member {
	char *id;
	const char *first, *second;
	uint32_t hash; /* of the id: most pairs are told apart by it */
	int32_t index;
	bool fixed;
};

struct crowd {
	size_t n;
	struct member members[BR_MAX_SUPPLIES];
};

static bool goes_before(const struct crowd *crowd, size_t a, size_t b)
{
	const struct member *x = &crowd->members[a], *y = &crowd->members[b];

	if (x->fixed != y->fixed)
		return x->fixed;
	int order = strcmp(x->first, y->first);
	if (order == 0)
		order = strcmp(x->second, y->second);
	if (order != 0)
		return order < 0;
	return x->index != y->index ? x->index < y->index : a < b;
}

static uint32_t hash_id(const char *id)
{
	uint32_t hash = 2166136261u;

	for (; *id != '\0'; id++)
		hash = (hash ^ (uint8_t)*id) * 16777619u;
	return hash;
}

static bool is_same(const struct member *member, const char *id, uint32_t hash)
{
	return member->hash == hash && strcmp(member->id, id) == 0;
}

static bool is_taken(const struct crowd *crowd, const char *id)
{
	uint32_t hash = hash_id(id);

	for (size_t i = 0; i < crowd->n; i++) {
		if (is_same(&crowd->members[i], id, hash))
			return true;
	}
	return false;
}

/* The number behind an id that rank others of the same name come before; 0: none. */
static unsigned suffix_for(const struct crowd *crowd, size_t at, unsigned rank)
{
	char id[BR_ID_SIZE];
	unsigned number = 1;

	while (rank > 0) {
		number++;
		/* "Tray" twice beside a "Tray 2": the second "Tray" is not tray-2. */
		br_text_copy(id, BR_BASE_SIZE + 1, br_view(crowd->members[at].id));
		br_slug_number(id, sizeof(id), number);
		if (!is_taken(crowd, id))
			rank--;
	}
	return number > 1 ? number : 0;
}

static void part_crowd(struct crowd *crowd)
{
	unsigned suffixes[BR_MAX_SUPPLIES];

	for (size_t i = 0; i < crowd->n; i++)
		crowd->members[i].hash = hash_id(crowd->members[i].id);
	for (size_t i = 0; i < crowd->n; i++) {
		const struct member *member = &crowd->members[i];
		unsigned rank = 0;
		for (size_t j = 0; j < crowd->n; j++)
			rank += j != i &&
				is_same(&crowd->members[j], member->id, member->hash) &&
				goes_before(crowd, j, i);
		suffixes[i] = member->fixed ? 0 : suffix_for(crowd, i, rank);
	}
	for (size_t i = 0; i < crowd->n; i++) {
		if (suffixes[i] != 0)
			br_slug_number(crowd->members[i].id, BR_ID_SIZE, suffixes[i]);
	}
}

static void color_by_id(struct br_reading *reading, struct br_supply *supply)
{
	if (supply->colorant == 0)
		supply->colorant =
			br_reading_put(reading, br_colorant_find(br_view(supply->id)));
}

void br_reading_color_parts(struct br_reading *reading)
{
	for (size_t i = 0; i < reading->n_supplies; i++)
		if (reading->supplies[i].id[0] != '\0')
			color_by_id(reading, &reading->supplies[i]);
}

static void name_supplies(struct br_reading *reading)
{
	struct crowd crowd; /* only the first n members are ever touched */
	char base[BR_BASE_SIZE];

	crowd.n = reading->n_supplies;
	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_supply *supply = &reading->supplies[i];
		struct member *member = &crowd.members[i];
		br_supply_base(reading, i, base);
		br_text_at part = supply->part != 0 ? supply->part : supply->description;
		*member = (struct member){
			.id = supply->id,
			.first = br_text(reading, part),
			.second = br_text(reading, supply->description),
			.index = supply->index,
			.fixed = supply->id[0] != '\0',
		};
		if (!member->fixed)
			br_text_copy(supply->id, sizeof(supply->id), br_view(base));
		else
			color_by_id(reading, supply);
	}
	part_crowd(&crowd);
}

typedef void (*base_fn)(const struct br_reading *, const struct br_tray *, char[BR_BASE_SIZE]);

static void name_trays(struct br_reading *reading, struct br_tray *trays, size_t n,
		       base_fn name)
{
	struct crowd crowd; /* only the first n members are ever touched */
	char base[BR_BASE_SIZE];

	crowd.n = n;
	for (size_t i = 0; i < n; i++) {
		struct member *member = &crowd.members[i];
		*member = (struct member){
			.id = trays[i].id,
			.first = br_text(reading, trays[i].name),
			.second = br_text(reading, trays[i].description),
			.index = trays[i].index,
			.fixed = trays[i].id[0] != '\0',
		};
		if (member->fixed)
			continue;
		name(reading, &trays[i], base);
		br_text_copy(trays[i].id, sizeof(trays[i].id), br_view(base));
	}
	part_crowd(&crowd);
}

void br_reading_name_parts(struct br_reading *reading)
{
	name_supplies(reading);
	name_trays(reading, reading->trays, reading->n_trays, br_tray_base);
	name_trays(reading, reading->outputs, reading->n_outputs, br_output_base);
}
