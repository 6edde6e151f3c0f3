/*
 * farm.c - the printers of the fleet: where they live and what is their own.
 *
 * SPDX-License-Identifier: MIT
 */
#include "farm.h"

#include "decode/ber.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static const uint8_t sys_name[] = {0x2b, 6, 1, 2, 1, 1, 5, 0};
static const uint8_t sys_uptime[] = {0x2b, 6, 1, 2, 1, 1, 3, 0};
static const uint8_t serial_number[] = {0x2b, 6, 1, 2, 1, 43, 5, 1, 1, 17};

uint64_t farm_clock_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* xorshift: the same seed and the same requests give the same faults. */
uint64_t farm_random(struct farm *farm, uint64_t below)
{
	farm->random ^= farm->random << 13;
	farm->random ^= farm->random >> 7;
	farm->random ^= farm->random << 17;
	return below > 0 ? (farm->random >> 11) % below : 0;
}

bool farm_chance(struct farm *farm, double percent)
{
	return percent > 0 && (double)farm_random(farm, 1000000) < percent * 10000;
}

struct farm_printer *farm_printer_at(struct farm *farm, uint32_t address)
{
	uint32_t offset = address - farm->base;

	if (address < farm->base || offset % farm->stride != 0 ||
	    offset / farm->stride >= farm->n_printers)
		return NULL;
	return &farm->printers[offset / farm->stride];
}

bool farm_parse_address(struct br_view text, uint32_t *address)
{
	uint32_t value = 0;

	for (size_t i = 0; i < 4; i++) {
		const char *dot = i < 3 ? memchr(text.at, '.', text.len) : text.at + text.len;
		int64_t octet;
		if (dot == NULL)
			return false;
		struct br_view part = {text.at, (size_t)(dot - text.at)};
		if (!br_parse_number(part, 0, 255, &octet))
			return false;
		size_t used = part.len + (i < 3 ? 1 : 0);
		text = (struct br_view){text.at + used, text.len - used};
		value = value << 8 | (uint32_t)octet;
	}
	*address = value;
	return true;
}

static size_t row_of(const struct br_recording *recording, const uint8_t *name, size_t len)
{
	bool exact;
	size_t at = br_recording_find(recording, name, len, &exact);

	return exact ? at : recording->n_rows;
}

void farm_profile_index(struct farm_profile *profile)
{
	const struct br_recording *recording = &profile->recording;
	bool exact;
	size_t at = br_recording_find(recording, serial_number, sizeof(serial_number), &exact);

	profile->sys_name = row_of(recording, sys_name, sizeof(sys_name));
	profile->uptime = row_of(recording, sys_uptime, sizeof(sys_uptime));
	profile->serial_first = at;
	while (at < recording->n_rows &&
	       br_oid_below(recording->rows[at].name.ber, recording->rows[at].name.len,
			    serial_number, sizeof(serial_number)))
		at++;
	profile->serial_end = at;
}

static void *copy_of(const void *data, size_t len)
{
	void *copy = malloc(len > 0 ? len : 1);

	if (copy != NULL && len > 0)
		memcpy(copy, data, len);
	return copy;
}

struct farm_profile *farm_own_profile(struct farm_printer *printer)
{
	struct farm_profile *own;
	struct br_recording *recording;

	if (printer->own_profile)
		return printer->profile;
	own = copy_of(printer->profile, sizeof(*own));
	if (own == NULL)
		return NULL;
	recording = &own->recording;
	recording->rows =
		copy_of(recording->rows, recording->n_rows * sizeof(*recording->rows));
	recording->values = copy_of(recording->values, recording->values_len);
	recording->cap_rows = recording->n_rows;
	recording->values_cap = recording->values_len;
	if (recording->rows == NULL || recording->values == NULL) {
		br_recording_clear(recording);
		free(own);
		return NULL;
	}
	printer->profile = own;
	printer->own_profile = true;
	return own;
}

struct farm_faults *farm_own_faults(struct farm_printer *printer)
{
	if (!printer->own_faults) {
		struct farm_faults *own = copy_of(printer->faults, sizeof(*own));
		if (own == NULL)
			return NULL;
		printer->faults = own;
		printer->own_faults = true;
	}
	return printer->faults;
}
