/*
 * harvest.c - one growing block of varbinds.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/harvest.h"

#include <stdlib.h>
#include <string.h>

#define HARVEST_FIRST 8192

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

enum br_status br_harvest_add(struct br_harvest *harvest, const struct br_varbind *varbind)
{
	size_t cap = harvest->cap ? harvest->cap : HARVEST_FIRST;
	uint8_t *data;

	if (varbind->raw_len > harvest->ceiling - harvest->len) {
		harvest->truncated = true;
		return BR_OK;
	}
	while (cap < harvest->len + varbind->raw_len)
		cap *= 2;
	if (cap > harvest->cap) {
		data = realloc(harvest->data, cap);
		if (!data)
			return BR_E_MEMORY;
		harvest->data = data;
		harvest->cap = cap;
	}
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

/* Steps over a varbind of short lengths with another name; false: look closer. */
static bool is_other(struct br_ber *all, const uint8_t *name, size_t name_len)
{
	const uint8_t *at = all->at;
	size_t left = (size_t)(all->end - at);

	if (left < 4 || at[0] != BR_BER_SEQUENCE || at[1] & 0x80 || at[1] > left - 2 ||
	    at[2] != BR_BER_OID || at[3] & 0x80)
		return false;
	if (at[3] == name_len && name_len + 2 <= at[1] && memcmp(at + 4, name, name_len) == 0)
		return false;
	all->at += 2 + at[1];
	return true;
}

bool br_harvest_get(const struct br_harvest *harvest, const uint8_t *name, size_t name_len,
		    struct br_varbind *varbind)
{
	struct br_ber all = br_harvest_all(harvest);
	bool broken;

	for (;;) {
		while (is_other(&all, name, name_len))
			;
		if (!br_varbind_take(&all, varbind, &broken))
			return false;
		if (varbind->name_len == name_len && memcmp(varbind->name, name, name_len) == 0)
			return !br_varbind_is_absent(varbind);
	}
}
