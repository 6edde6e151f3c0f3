/*
 * renew.c - two sets of answers into one.
 *
 * A status reading has its answers in another order than the full one: they are sorted, since
 * this is done for each printer that changed. A table of hashes would be no faster, and a
 * printer could choose names that meet in it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/renew.h"

#include <string.h>

enum { MOST_NEW = 640 }; /* far more than a status reading asks */

/* Its name's last octets tell most names apart; all of it decides. */
struct fresh {
	uint64_t tail;
	const uint8_t *name;
	uint32_t name_len, at; /* at: of its varbind, in now */
};

struct renewal {
	const struct br_harvest *now;
	bool part; /* the alerts that came may not be all */
	size_t n;
	struct fresh list[MOST_NEW];
};

static bool is_alert(const struct br_varbind *varbind)
{
	static const uint8_t alerts[] = {0x2b, 6, 1, 2, 1, 43, 18, 1, 1};

	return varbind->name_len > sizeof alerts &&
	       memcmp(varbind->name, alerts, sizeof alerts) == 0;
}

static uint64_t tail_of(const struct br_varbind *varbind)
{
	uint64_t tail = 0;
	size_t len = varbind->name_len < sizeof tail ? varbind->name_len : sizeof tail;

	memcpy(&tail, varbind->name + varbind->name_len - len, len);
	return tail;
}

static int compare(const struct fresh *fresh, uint64_t tail, const struct br_varbind *named)
{
	if (fresh->tail != tail)
		return fresh->tail < tail ? -1 : 1;
	if (fresh->name_len != named->name_len)
		return fresh->name_len < named->name_len ? -1 : 1;
	return memcmp(fresh->name, named->name, named->name_len);
}

/* Where a name is, or would be. */
static size_t find(const struct renewal *renewal, uint64_t tail, const struct br_varbind *named,
		   bool *found)
{
	size_t from = 0, to = renewal->n;

	*found = false;
	while (from < to && !*found) {
		size_t middle = (from + to) / 2;
		int order = compare(&renewal->list[middle], tail, named);

		if (order < 0)
			from = middle + 1;
		else
			to = middle;
		*found = order == 0;
	}
	return *found ? to : from;
}

/* What came under this name; false where nothing did. */
static bool take_fresh(const struct renewal *renewal, const struct br_varbind *named,
		       struct br_varbind *fresh)
{
	bool found, broken = false;
	size_t i = find(renewal, tail_of(named), named, &found);
	struct br_ber at = br_harvest_all(renewal->now);

	if (!found)
		return false;
	at.at += renewal->list[i].at;
	return br_varbind_take(&at, fresh, &broken);
}

/* A name that was answered twice counts as it was answered last. */
static enum br_status enter_all(struct renewal *renewal)
{
	struct br_ber all = br_harvest_all(renewal->now);
	const uint8_t *start = all.at;
	struct br_varbind varbind;
	bool broken = false, found;

	renewal->n = 0;
	while (br_varbind_take(&all, &varbind, &broken)) {
		uint64_t tail = tail_of(&varbind);
		struct fresh *at;

		if (is_alert(&varbind) || br_varbind_is_absent(&varbind))
			continue;
		at = &renewal->list[find(renewal, tail, &varbind, &found)];
		if (!found && renewal->n == MOST_NEW)
			return BR_E_LIMIT;
		if (!found)
			memmove(at + 1, at,
				(size_t)(&renewal->list[renewal->n++] - at) * sizeof *at);
		*at = (struct fresh){tail, varbind.name, (uint32_t)varbind.name_len,
				     (uint32_t)(varbind.raw - start)};
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
		if (renewal->part || !is_alert(&varbind)) {
			bool is_new = take_fresh(renewal, &varbind, &found);

			status = br_harvest_add(fresh, is_new ? &found : &varbind);
		} else if (!alerts) {
			alerts = true;
			status = add_alerts(renewal->now, fresh);
		}
	}
	if (status == BR_OK && broken)
		return BR_E_MALFORMED;
	return status == BR_OK && !alerts && !renewal->part ? add_alerts(renewal->now, fresh)
							    : status;
}

static enum br_status renew(struct br_harvest *whole, const struct br_harvest *now, bool part)
{
	struct renewal renewal;
	struct br_harvest fresh;
	enum br_status status;

	renewal.now = now; /* the list is not worth clearing */
	renewal.part = part;
	status = enter_all(&renewal);
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

enum br_status br_harvest_renew(struct br_harvest *whole, const struct br_harvest *now)
{
	return renew(whole, now, false);
}

enum br_status br_harvest_renew_part(struct br_harvest *whole, const struct br_harvest *now)
{
	return br_harvest_is_of_same(whole, now) ? renew(whole, now, true) : BR_E_ABSENT;
}

/* sysObjectID, prtGeneralSerialNumber */
static bool says_who(const struct br_varbind *varbind)
{
	static const uint8_t model[] = {0x2b, 6, 1, 2, 1, 1, 2, 0};
	static const uint8_t serial[] = {0x2b, 6, 1, 2, 1, 43, 5, 1, 1, 17};

	return br_oid_below(varbind->name, varbind->name_len, model, sizeof model) ||
	       br_oid_below(varbind->name, varbind->name_len, serial, sizeof serial);
}

bool br_harvest_is_of_same(const struct br_harvest *whole, const struct br_harvest *now)
{
	struct br_ber all = br_harvest_all(now);
	struct br_varbind varbind, before;
	bool broken = false;

	while (br_varbind_take(&all, &varbind, &broken))
		if (says_who(&varbind) && !br_varbind_is_absent(&varbind) &&
		    br_harvest_get(whole, varbind.name, varbind.name_len, &before) &&
		    !br_varbind_is_absent(&before) &&
		    (before.raw_len != varbind.raw_len ||
		     memcmp(before.raw, varbind.raw, varbind.raw_len) != 0))
			return false;
	return true;
}
