/*
 * harvest.c - one growing block of varbinds.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/harvest.h"

#include <stdlib.h>
#include <string.h>

#define STEP 2048

void br_harvest_init(struct br_harvest *harvest, size_t ceiling)
{
	*harvest = (struct br_harvest){.ceiling = ceiling};
}

void br_harvest_clear(struct br_harvest *harvest)
{
	free(harvest->data);
	br_harvest_init(harvest, harvest->ceiling);
}

void br_harvest_reset(struct br_harvest *harvest)
{
	harvest->len = 0;
	harvest->truncated = false;
}

/*
 * A printer says 3 to 8 KB, and a fleet holds the answers of a thousand at once: small steps
 * first, then a quarter at a time.
 */
static bool grow(struct br_harvest *harvest, size_t need)
{
	size_t cap = harvest->cap;
	uint8_t *data;

	while (cap < need)
		cap += cap / 4 > STEP ? cap / 4 : STEP;
	data = realloc(harvest->data, cap);
	if (!data)
		return false;
	harvest->data = data;
	harvest->cap = cap;
	return true;
}

enum br_status br_harvest_add(struct br_harvest *harvest, const struct br_varbind *varbind)
{
	if (varbind->raw_len > harvest->ceiling - harvest->len) {
		harvest->truncated = true;
		return BR_OK;
	}
	if (varbind->raw_len > harvest->cap - harvest->len &&
	    !grow(harvest, harvest->len + varbind->raw_len))
		return BR_E_MEMORY;
	memcpy(harvest->data + harvest->len, varbind->raw, varbind->raw_len);
	harvest->len += varbind->raw_len;
	return BR_OK;
}

struct br_ber br_harvest_all(const struct br_harvest *harvest)
{
	if (harvest->len == 0)
		return (struct br_ber){NULL, NULL};
	return (struct br_ber){harvest->data, harvest->data + harvest->len};
}

/* The bit of a length in a set of them: nearly all names are told apart by it. */
static uint64_t length_bit(size_t name_len)
{
	return UINT64_C(1) << name_len % 64;
}

/* The next whose name may be of one of the lengths. */
static bool take_of_length(struct br_ber *all, uint64_t lengths, struct br_varbind *varbind)
{
	size_t len;
	bool broken;

	do {
		while (br_varbind_peek(all, &len) && !(lengths & length_bit(len)))
			br_varbind_skip(all);
		if (!br_varbind_take(all, varbind, &broken))
			return false;
	} while (!(lengths & length_bit(varbind->name_len)));
	return true;
}

bool br_harvest_get(const struct br_harvest *harvest, const uint8_t *name, size_t name_len,
		    struct br_varbind *varbind)
{
	struct br_ber all = br_harvest_all(harvest);

	while (take_of_length(&all, length_bit(name_len), varbind))
		if (varbind->name_len == name_len && br_oid_same(varbind->name, name, name_len))
			return !br_varbind_is_absent(varbind);
	return false;
}

void br_harvest_get_each(const struct br_harvest *harvest, const struct br_oid *names, size_t n,
			 struct br_varbind *found)
{
	struct br_ber all = br_harvest_all(harvest);
	struct br_varbind varbind;
	uint64_t lengths = 0;

	for (size_t i = 0; i < n; i++) {
		lengths |= length_bit(names[i].len);
		found[i].name = NULL;
	}
	while (take_of_length(&all, lengths, &varbind))
		for (size_t i = 0; i < n; i++)
			if (!found[i].name && varbind.name_len == names[i].len &&
			    br_oid_same(varbind.name, names[i].ber, names[i].len))
				found[i] = varbind;
	for (size_t i = 0; i < n; i++)
		if (found[i].name && br_varbind_is_absent(&found[i]))
			found[i].name = NULL;
}
