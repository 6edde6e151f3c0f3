/*
 * snmp_fuzz.c - any harvest becomes a sound reading, with and without a maker's file.
 *
 * The first octet chooses one of the compiled-in files (the last: none), the rest grows as
 * crop.h says. One of the devices that are found is decoded. That nothing is allocated is for
 * tests/fault.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/embedded.h"
#include "decode/makers.h"
#include "decode/snmp.h"
#include "fuzz/crop.h"
#include "fuzz/sound.h"

#include <stdlib.h>
#include <string.h>

static struct br_makers makers;
static const struct br_mib *mibs[64];
static size_t n_mibs;

static enum br_status keep(void *user, const struct br_mib *mib, bool site,
			   struct br_error *err)
{
	(void)user, (void)site, (void)err;
	if (n_mibs < sizeof mibs / sizeof mibs[0])
		mibs[n_mibs++] = mib;
	return BR_OK;
}

static void told(void *user, const char *field, const struct br_varbind *varbind)
{
	size_t *n = user;

	MUST(field && *field && varbind->raw_len);
	*n += 1;
}

static void decode(const struct br_harvest *harvest, uint32_t device, const struct br_mib *mib)
{
	static struct br_reading reading;
	size_t n = 0;
	const struct br_witness witness = {told, &n};
	struct br_hints hints;
	struct br_oid name;

	memset(&reading, 0xa5, sizeof reading); /* what is not set must not be read */
	br_reading_init(&reading);
	br_decode_hints(harvest, device, &hints);
	MUST(hints.n <= BR_MAX_HINTS);
	for (size_t i = 0; i < hints.n; i++)
		sound_text(hints.text[i], strlen(hints.text[i]));
	(void)br_decode_charset_name(harvest, device, &name);
	br_decode_snmp(harvest, device, mib, &witness, &reading);
	MUST(reading.device == device);
	sound_reading(&reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint32_t devices[BR_MAX_DEVICES];
	struct br_harvest harvest;
	const struct br_mib *mib;
	size_t n;

	if (size == 0)
		return 0;
	if (n_mibs == 0)
		MUST(br_makers_each(&makers, keep, NULL, NULL) == BR_OK);
	mib = data[0] % (n_mibs + 1) < n_mibs ? mibs[data[0] % (n_mibs + 1)] : NULL;
	br_harvest_init(&harvest, BR_HARVEST_CEILING);
	crop_grow(&harvest, mib, data + 1, size - 1);
	n = br_decode_devices(&harvest, devices);
	MUST(n >= 1 && n <= BR_MAX_DEVICES);
	decode(&harvest, devices[size % n], mib);
	br_harvest_clear(&harvest);
	return 0;
}
