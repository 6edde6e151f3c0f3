/*
 * renew.c - two sets of answers into one.
 *
 * A status reading has its answers in another order than the full one: they are found by a
 * small table of hashes, since this is done for each printer that changed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/renew.h"

#include <string.h>

enum { SLOTS = 1024, MOST_NEW = 640 }; /* far more than a status reading asks */

struct renewal {
	const struct br_harvest *now;
	uint32_t n, slots[SLOTS]; /* offset + 1 of a varbind in now; 0: free */
};

static bool is_alert(const struct br_varbind *varbind)
{
	static const uint8_t alerts[] = {0x2b, 6, 1, 2, 1, 43, 18, 1, 1};

	return varbind->name_len > sizeof alerts &&
	       memcmp(varbind->name, alerts, sizeof alerts) == 0;
}

static size_t slot_of(const struct br_varbind *varbind)
{
	uint32_t sum = 2166136261u;

	for (size_t i = 0; i < varbind->name_len; i++)
		sum = (sum ^ varbind->name[i]) * 16777619u;
	return (sum ^ sum >> 16) % SLOTS;
}

static bool at_slot(const struct renewal *renewal, size_t slot, struct br_varbind *varbind)
{
	struct br_ber at = br_harvest_all(renewal->now);
	bool broken;

	at.at += renewal->slots[slot] - 1;
	return br_varbind_take(&at, varbind, &broken);
}

/* The slot that has this name, or the free one where it would be. */
static size_t find(const struct renewal *renewal, const struct br_varbind *named,
		   struct br_varbind *found)
{
	size_t slot = slot_of(named);

	for (; renewal->slots[slot]; slot = (slot + 1) % SLOTS)
		if (at_slot(renewal, slot, found) && found->name_len == named->name_len &&
		    memcmp(found->name, named->name, named->name_len) == 0)
			break;
	return slot;
}

static enum br_status enter_all(struct renewal *renewal)
{
	struct br_ber all = br_harvest_all(renewal->now);
	const uint8_t *start = all.at;
	struct br_varbind varbind, found;
	bool broken = false;

	while (br_varbind_take(&all, &varbind, &broken)) {
		if (is_alert(&varbind) || br_varbind_is_absent(&varbind))
			continue;
		if (renewal->n++ == MOST_NEW)
			return BR_E_LIMIT;
		renewal->slots[find(renewal, &varbind, &found)] =
			(uint32_t)(varbind.raw - start) + 1;
	}
	return broken ? BR_E_MALFORMED : BR_OK;
}

static enum br_status add_alerts(const struct br_harvest *now, struct br_harvest *fresh)
{
	struct br_ber all = br_harvest_all(now);
	struct br_varbind varbind;
	enum br_status status = BR_OK;
	bool broken = false;

	while (status == BR_OK && br_varbind_take(&all, &varbind, &broken))
		if (is_alert(&varbind))
			status = br_harvest_add(fresh, &varbind);
	return status;
}

/* The alert table goes where the old one began, or to the end: its rows are read in order. */
static enum br_status merge(const struct renewal *renewal, const struct br_harvest *whole,
			    struct br_harvest *fresh)
{
	struct br_ber all = br_harvest_all(whole);
	struct br_varbind varbind, found;
	enum br_status status = BR_OK;
	bool broken = false, alerts = false;

	while (status == BR_OK && br_varbind_take(&all, &varbind, &broken)) {
		if (!is_alert(&varbind)) {
			size_t slot = find(renewal, &varbind, &found);

			status =
				br_harvest_add(fresh, renewal->slots[slot] ? &found : &varbind);
		} else if (!alerts) {
			alerts = true;
			status = add_alerts(renewal->now, fresh);
		}
	}
	if (status == BR_OK && broken)
		return BR_E_MALFORMED;
	return status == BR_OK && !alerts ? add_alerts(renewal->now, fresh) : status;
}

enum br_status br_harvest_renew(struct br_harvest *whole, const struct br_harvest *now)
{
	struct renewal renewal = {.now = now};
	struct br_harvest fresh;
	enum br_status status = enter_all(&renewal);

	br_harvest_init(&fresh, whole->ceiling);
	fresh.truncated = whole->truncated;
	if (status == BR_OK)
		status = merge(&renewal, whole, &fresh);
	if (status != BR_OK) {
		br_harvest_clear(&fresh);
		return status;
	}
	br_harvest_clear(whole);
	*whole = fresh;
	return BR_OK;
}
