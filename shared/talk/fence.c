/*
 * fence.c - forbidden subtrees are few, so each is looked at anew for every question.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/fence.h"

#include <string.h>

static size_t last_arc(const struct br_oid *oid)
{
	size_t start = oid->len > 0 ? oid->len - 1u : 0;

	while (start > 0 && oid->ber[start - 1] & 0x80)
		start--;
	return start;
}

void br_oid_parent(struct br_oid *oid)
{
	oid->len = (uint8_t)last_arc(oid);
}

bool br_oid_behind(struct br_oid *oid)
{
	while (oid->len > 0) {
		const uint8_t *at = oid->ber + last_arc(oid), *end = oid->ber + oid->len;
		uint32_t arc;
		bool good = br_oid_next_arc(&at, end, &arc);

		br_oid_parent(oid);
		if (good && arc < UINT32_MAX)
			return br_oid_append(oid, arc + 1) == BR_OK;
	}
	return false;
}

const struct br_oid *br_fence_ahead(const struct br_makers *makers, const struct br_oid *at)
{
	const struct br_oid *first = NULL;

	for (size_t i = 0; i < makers->n_never; i++) {
		const struct br_oid *never = &makers->never[i].oid;

		if (br_oid_compare(never->ber, never->len, at->ber, at->len) > 0 &&
		    (!first ||
		     br_oid_compare(never->ber, never->len, first->ber, first->len) < 0))
			first = never;
	}
	return first;
}

size_t br_fence_apart(const struct br_oid *at, const struct br_oid *fence)
{
	size_t same = 0, arcs = 0;

	while (same < at->len && same < fence->len && at->ber[same] == fence->ber[same])
		same++;
	while (same > 0 && same < fence->len && fence->ber[same - 1] & 0x80)
		same--;
	for (size_t i = same; i < fence->len; i++)
		arcs += !(fence->ber[i] & 0x80);
	return arcs;
}

static bool is_scalar(const struct br_oid *oid)
{
	size_t start = last_arc(oid);

	return oid->len > 1 && start + 1u == oid->len && oid->ber[start] == 0;
}

bool br_fence_scalars(const struct br_oid *a, const struct br_oid *b)
{
	struct br_oid of_a = *a, of_b = *b;

	if (!is_scalar(a) || !is_scalar(b))
		return false;
	for (int i = 0; i < 2; i++) {
		br_oid_parent(&of_a);
		br_oid_parent(&of_b);
	}
	return of_a.len == of_b.len && memcmp(of_a.ber, of_b.ber, of_a.len) == 0;
}

static bool is_before(const struct br_oid *oid, const struct br_oid *fence)
{
	struct br_oid behind = *oid;

	return oid->len <= fence->len && br_oid_behind(&behind) && behind.len == fence->len &&
	       memcmp(behind.ber, fence->ber, behind.len) == 0;
}

bool br_fence_touches(const struct br_oid *row, bool scalar, const struct br_oid *fence)
{
	struct br_oid object = *row;

	if (is_before(row, fence))
		return true;
	br_oid_parent(&object);
	return scalar && is_scalar(row) && is_before(&object, fence);
}
