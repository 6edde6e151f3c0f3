/*
 * scan_order.c - in which order addresses are visited, and how far a scan is.
 *
 * The indexes are taken in steps of about n times the golden ratio, a number that shares no
 * factor with n: every index comes once, neighbours come far apart, and any stretch of the
 * order is spread evenly over the whole range. Nothing needs to be remembered but a position.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/scan_inside.h"

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
	while (b) {
		uint64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* (a * b) % n without 128 bits: n is below 2^34. */
static uint64_t times(uint64_t a, uint64_t b, uint64_t n)
{
	uint64_t product = 0;

	for (a %= n; b; b >>= 1) {
		if (b & 1)
			product = (product + a) % n;
		a = a * 2 % n;
	}
	return product;
}

void br_scan_order(struct br_scan *scan)
{
	uint64_t n = scan->options.range->count;

	scan->start %= n;
	scan->step = n < 3 ? 1 : (uint64_t)((double)n * 0.6180339887498949);
	while (common_divisor(scan->step, n) != 1)
		scan->step++;
	scan->step %= n;
	scan->slice_len = n / BR_SCAN_SLICES + 1;
	br_scan_skip_to(scan, scan->position < n ? scan->position : n);
}

void br_scan_skip_to(struct br_scan *scan, uint64_t position)
{
	uint64_t n = scan->options.range->count;

	scan->position = position;
	scan->index = (scan->start + times(scan->step, position, n)) % n;
}

void br_scan_forward(struct br_scan *scan)
{
	uint64_t n = scan->options.range->count;
	uint64_t slice = scan->position / scan->slice_len;

	scan->slices[scan->round % 2][slice] = scan->now_ms;
	scan->position++;
	scan->counts.visited++;
	scan->index += scan->step;
	if (scan->index >= n)
		scan->index -= n;
}

int64_t br_scan_slice_ms(const struct br_scan *scan)
{
	int64_t sent = scan->slices[(scan->round + 1) % 2][scan->position / scan->slice_len];

	return sent ? sent + scan->options.wait_ms : 0;
}

bool br_scan_slice_open(const struct br_scan *scan)
{
	return scan->round == 0 || scan->now_ms >= br_scan_slice_ms(scan);
}

/* The end of what was sent long enough ago in this round; 0: nothing. */
static uint64_t aged(const struct br_scan *scan, unsigned round, uint64_t end)
{
	uint64_t slice = 0;

	while (slice * scan->slice_len < end) {
		int64_t sent = scan->slices[round % 2][slice];

		if (sent && sent + (int64_t)scan->options.wait_ms > scan->now_ms)
			break;
		if ((slice + 1) * scan->slice_len > end) /* not all of it was sent */
			break;
		slice++;
	}
	return slice * scan->slice_len < end ? slice * scan->slice_len : end;
}

struct br_scan_place br_scan_place(const struct br_scan *scan)
{
	uint64_t n = scan->options.range->count;
	struct br_scan_place place = {.start = scan->start, .round = scan->round};

	if (scan->round > 0) {
		unsigned before = scan->round - 1;
		int64_t last = scan->slices[before % 2][(n - 1) / scan->slice_len];

		if (last + (int64_t)scan->options.wait_ms > scan->now_ms) {
			place.round = before;
			place.position = aged(scan, before, n);
			return place;
		}
	}
	place.position = aged(scan, scan->round, scan->position);
	return place;
}
