/*
 * snmp.c - from answers to a reading: which printers are there, then one after the other.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/snmp.h"

#include "decode/charset.h"
#include "decode/scratch.h"
#include "decode/standard.h"

#include <stdio.h>
#include <string.h>

/* What identifies the tables that say which devices are printers. */
static const uint8_t printer_mib[] = {0x2b, 6, 1, 2, 1, 43};
static const uint8_t hr_printer[] = {0x2b, 6, 1, 2, 1,
				     25,   3, 5, 1}; /* its columns: status, errors */
static const uint8_t localization_charset[] = {0x2b, 6, 1, 2, 1, 43, 7, 1, 1, 4};
static const uint8_t current_localization[] = {0x2b, 6, 1, 2, 1, 43, 5, 1, 1, 2};

static void add_device(uint32_t devices[BR_MAX_DEVICES], size_t *n, uint32_t device)
{
	for (size_t i = 0; i < *n; i++)
		if (devices[i] == device)
			return;
	if (*n < BR_MAX_DEVICES)
		devices[(*n)++] = device;
}

/* First arc behind the column, where the name is of the Printer-MIB (mib) or of hrPrinterTable.
 */
static bool device_of(const struct br_varbind *varbind, bool mib, uint32_t *device)
{
	const struct br_table *table;
	const struct br_field *field;
	const uint8_t *index;
	size_t len;

	/* The sixth octet rules out nearly everything, and all of it is looked at several
	 * times. */
	if (varbind->name_len < 7 ||
	    varbind->name[5] != (mib ? printer_mib[5] : hr_printer[5]) ||
	    br_varbind_is_absent(varbind))
		return false;
	if (!mib) {
		if (!br_oid_below(varbind->name, varbind->name_len, hr_printer,
				  sizeof hr_printer) ||
		    varbind->name_len < sizeof hr_printer + 2)
			return false;
		index = varbind->name + sizeof hr_printer + 1;
		len = varbind->name_len - sizeof hr_printer - 1;
	} else if (!br_oid_below(varbind->name, varbind->name_len, printer_mib,
				 sizeof printer_mib) ||
		   !br_table_of(varbind->name, varbind->name_len, &table, &field, &index,
				&len)) {
		return false;
	}
	return br_oid_next_arc(&index, index + len, device);
}

static size_t devices_of(const struct br_harvest *harvest, bool mib,
			 uint32_t devices[BR_MAX_DEVICES])
{
	struct br_ber all = br_harvest_all(harvest);
	struct br_varbind varbind;
	uint32_t device;
	size_t n = 0;
	bool broken;

	while (br_varbind_take(&all, &varbind, &broken))
		if (device_of(&varbind, mib, &device))
			add_device(devices, &n, device);
	return n;
}

size_t br_decode_devices(const struct br_harvest *harvest, uint32_t devices[BR_MAX_DEVICES])
{
	size_t n = devices_of(harvest, true, devices);

	if (n == 0)
		n = devices_of(harvest, false, devices);
	if (n == 0)
		devices[n++] = 0;
	return n;
}

/*
 * The printer's index in hrDeviceTable. It should be the Printer-MIB's own; where one printer
 * stands alone in both and the numbers differ (0 here and 1 there is common), they mean the
 * same box.
 */
uint32_t br_decode_host_device(const struct br_harvest *harvest, uint32_t device)
{
	uint32_t hosts[BR_MAX_DEVICES], printers[BR_MAX_DEVICES];
	size_t n_hosts = devices_of(harvest, false, hosts);

	for (size_t i = 0; i < n_hosts; i++)
		if (hosts[i] == device)
			return device;
	if (n_hosts == 1 && devices_of(harvest, true, printers) == 1)
		return hosts[0];
	return device;
}

/* A number of a column that has one row a device. */
static bool column_number(const struct br_harvest *harvest, const uint8_t *column, size_t len,
			  uint32_t device, int64_t *out)
{
	struct br_oid name;
	struct br_varbind varbind;

	return br_oid_from_ber(&name, column, len) == BR_OK &&
	       br_oid_append(&name, device) == BR_OK &&
	       br_harvest_get(harvest, name.ber, name.len, &varbind) &&
	       br_take_number(&varbind.value, out);
}

bool br_decode_charset_name(const struct br_harvest *harvest, uint32_t device,
			    struct br_oid *name)
{
	int64_t current;

	return column_number(harvest, current_localization, sizeof current_localization, device,
			     &current) &&
	       current >= 1 && current <= INT32_MAX &&
	       br_oid_from_ber(name, localization_charset, sizeof localization_charset) ==
		       BR_OK &&
	       br_oid_append(name, device) == BR_OK &&
	       br_oid_append(name, (uint32_t)current) == BR_OK;
}

/* prtLocalizationCharacterSet of the current localization; 0 where nothing says so. */
static int charset_of(const struct br_harvest *harvest, uint32_t device)
{
	struct br_varbind varbind;
	struct br_oid name;
	int64_t charset;

	if (!br_decode_charset_name(harvest, device, &name) ||
	    !br_harvest_get(harvest, name.ber, name.len, &varbind) ||
	    !br_take_number(&varbind.value, &charset) || charset < 0 || charset > INT32_MAX)
		return BR_CHARSET_UNKNOWN;
	return (int)charset;
}

/* Names whose text says who made a printer, in the order in which they are believed. */
static const struct {
	uint8_t name[16];
	uint8_t len;
	bool of_device; /* the last arc is the hrDeviceIndex */
} hint_names[] = {
	{{0x2b, 6, 1, 2, 1, 25, 3, 2, 1, 3}, 10, true}, /* hrDeviceDescr */
	{{0x2b, 6, 1, 2, 1, 1, 1, 0}, 8, false},        /* sysDescr */
	{{0x2b, 6, 1, 4, 1, 0x95, 0x0b, 1, 2, 1, 2, 1, 1, 3, 1},
	 15,
	 false},                                        /* ppmPrinterIEEE1284DeviceId.1 */
	{{0x2b, 6, 1, 2, 1, 25, 3, 2, 1, 4}, 10, true}, /* hrDeviceID where it is a device id */
};

static void take_hint(struct br_hints *hints, const struct br_varbind *varbind)
{
	if (varbind->value.tag != BR_BER_OCTETS || hints->n == BR_MAX_HINTS)
		return;
	if (br_charset_decode(hints->text[hints->n], BR_HINT_SIZE, varbind->value.data,
			      varbind->value.len, BR_CHARSET_UNKNOWN) > 0)
		hints->n++;
}

void br_decode_hints(const struct br_harvest *harvest, uint32_t device, struct br_hints *hints)
{
	static const uint8_t object_id[] = {0x2b, 6, 1, 2, 1, 1, 2, 0};
	uint32_t host = br_decode_host_device(harvest, device);
	struct br_varbind varbind;

	hints->n = hints->described = 0;
	hints->object_id.len = 0;
	if (br_harvest_get(harvest, object_id, sizeof object_id, &varbind)) {
		enum br_status status;

		if (varbind.value.tag == BR_BER_OCTETS)
			status = br_oid_parse(&hints->object_id,
					      (const char *)varbind.value.data,
					      varbind.value.len);
		else if (varbind.value.tag == BR_BER_OID)
			status = br_oid_from_ber(&hints->object_id, varbind.value.data,
						 varbind.value.len);
		else
			status = BR_E_MALFORMED;
		if (status != BR_OK)
			hints->object_id.len = 0;
	}
	for (size_t i = 0; i < sizeof hint_names / sizeof hint_names[0]; i++) {
		struct br_oid name;

		if (br_oid_from_ber(&name, hint_names[i].name, hint_names[i].len) != BR_OK ||
		    (hint_names[i].of_device && br_oid_append(&name, host) != BR_OK))
			continue;
		if (br_harvest_get(harvest, name.ber, name.len, &varbind))
			take_hint(hints, &varbind);
		if (i == 0)
			hints->described = hints->n;
	}
}

static bool is_printer(const struct br_harvest *harvest)
{
	struct br_ber all = br_harvest_all(harvest);
	struct br_varbind varbind;
	uint32_t device;
	bool broken;

	while (br_varbind_take(&all, &varbind, &broken))
		if (device_of(&varbind, true, &device) || device_of(&varbind, false, &device))
			return true;
	return false;
}

void br_decode_snmp(const struct br_harvest *harvest, uint32_t device, const struct br_mib *mib,
		    const struct br_witness *witness, struct br_reading *reading)
{
	struct br_scratch scratch;

	memset(&scratch, 0, sizeof scratch);
	scratch.reading = reading;
	scratch.witness = witness;
	scratch.device = device;
	scratch.host_device = br_decode_host_device(harvest, device);
	scratch.charset = charset_of(harvest, device);
	reading->device = device;
	reading->sources |= 1u << BR_SOURCE_SNMP;

	br_take_all(&scratch, harvest);
	br_finish_identity(&scratch);
	br_finish_counters(&scratch);
	br_finish_supplies(&scratch);
	br_finish_trays(&scratch);
	br_finish_capabilities(&scratch);
	br_reading_name_parts(reading);
	br_finish_status(&scratch); /* the panel, before a maker's row repeats it */
	br_apply_maker(&scratch, harvest, mib);
	br_finish_model(&scratch);
	br_finish_color(&scratch);
	br_fuse(&scratch);
	if (!mib && !is_printer(harvest))
		br_reading_note(reading, "answers SNMP, but nothing of a printer");
	if (harvest->truncated) {
		reading->partial = true;
		br_reading_note(reading, "more answers than %zu octets: the rest was left out",
				harvest->ceiling);
	}
}
