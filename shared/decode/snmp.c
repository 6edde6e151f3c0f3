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
enum { PRINTER_PREFIX = 9 }; /* octets of every table of the Printer-MIB, its entry included */
static const uint8_t localization_charset[] = {0x2b, 6, 1, 2, 1, 43, 7, 1, 1, 4};
static const uint8_t current_localization[] = {0x2b, 6, 1, 2, 1, 43, 5, 1, 1, 2};

static bool has_device(const uint32_t *devices, size_t n, uint32_t device)
{
	for (size_t i = 0; i < n; i++)
		if (devices[i] == device)
			return true;
	return false;
}

static void add_device(uint32_t *devices, size_t *n, uint32_t device)
{
	if (*n < BR_MAX_DEVICES && !has_device(devices, *n, device))
		devices[(*n)++] = device;
}

/* The first arc behind the column, of a table whose prefix is as long as this. */
static bool first_arc(const struct br_varbind *varbind, size_t prefix_len, uint32_t *device)
{
	const uint8_t *index = varbind->name + prefix_len + 1;

	return varbind->name_len > prefix_len + 1 &&
	       br_oid_next_arc(&index, varbind->name + varbind->name_len, device);
}

static bool is_of_table(const struct br_varbind *varbind)
{
	const struct br_table *table = NULL;
	const struct br_field *field;
	const uint8_t *index;
	size_t len;

	return br_table_of(varbind->name, varbind->name_len, &table, &field, &index, &len);
}

/* Passes over rows of the printer that was seen last (its number is one octet): nearly all are.
 */
static void skip_rows_of(struct br_ber *all, uint32_t last)
{
	const uint8_t *name;
	size_t len;

	while ((name = br_varbind_peek(all, &len)) && len > PRINTER_PREFIX + 1 &&
	       name[5] == printer_mib[5] && name[PRINTER_PREFIX + 1] == last)
		br_varbind_skip(all);
}

void br_decode_census(const struct br_harvest *harvest, struct br_census *census)
{
	struct br_ber all = br_harvest_all(harvest);
	struct br_varbind varbind;
	uint32_t device, last = UINT32_MAX;
	bool broken;

	census->harvest = harvest;
	census->n_printers = census->n_hosts = 0;
	while (br_varbind_take(&all, &varbind, &broken)) {
		bool known = varbind.name_len > PRINTER_PREFIX + 1 &&
			     !br_varbind_is_absent(&varbind);

		if (known && varbind.name[5] == printer_mib[5] && is_of_table(&varbind) &&
		    first_arc(&varbind, PRINTER_PREFIX, &device)) {
			add_device(census->printers, &census->n_printers, device);
			last = device < 0x80 ? device : UINT32_MAX;
		} else if (known &&
			   br_oid_below(varbind.name, varbind.name_len, hr_printer,
					sizeof hr_printer) &&
			   first_arc(&varbind, sizeof hr_printer, &device)) {
			add_device(census->hosts, &census->n_hosts, device);
		}
		skip_rows_of(&all, last);
	}
}

size_t br_census_devices(const struct br_census *census, uint32_t devices[BR_MAX_DEVICES])
{
	size_t n = census->n_printers ? census->n_printers : census->n_hosts;

	if (n == 0) {
		devices[0] = 0;
		return 1;
	}
	memcpy(devices, census->n_printers ? census->printers : census->hosts,
	       n * sizeof devices[0]);
	return n;
}

size_t br_decode_devices(const struct br_harvest *harvest, uint32_t devices[BR_MAX_DEVICES])
{
	struct br_census census;

	br_decode_census(harvest, &census);
	return br_census_devices(&census, devices);
}

/*
 * It should be the Printer-MIB's own; where one printer stands alone in both and the numbers
 * differ (0 here and 1 there is common), they mean the same box.
 */
uint32_t br_census_host(const struct br_census *census, uint32_t device)
{
	bool same = has_device(census->hosts, census->n_hosts, device) ||
		    census->n_hosts != 1 || census->n_printers != 1;

	return same ? device : census->hosts[0];
}

uint32_t br_decode_host_device(const struct br_harvest *harvest, uint32_t device)
{
	struct br_census census;

	br_decode_census(harvest, &census);
	return br_census_host(&census, device);
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

/* The names that say who made a printer: its object, then texts in the order in which they are
 * believed. */
static const struct {
	uint8_t name[16];
	uint8_t len;
	bool of_device; /* the last arc is the hrDeviceIndex */
} hint_names[] = {
	{{0x2b, 6, 1, 2, 1, 1, 2, 0}, 8, false},        /* sysObjectID */
	{{0x2b, 6, 1, 2, 1, 25, 3, 2, 1, 3}, 10, true}, /* hrDeviceDescr */
	{{0x2b, 6, 1, 2, 1, 1, 1, 0}, 8, false},        /* sysDescr */
	{{0x2b, 6, 1, 4, 1, 0x95, 0x0b, 1, 2, 1, 2, 1, 1, 3, 1},
	 15,
	 false},                                        /* ppmPrinterIEEE1284DeviceId.1 */
	{{0x2b, 6, 1, 2, 1, 25, 3, 2, 1, 4}, 10, true}, /* hrDeviceID where it is a device id */
};
enum { OBJECT, DESCRIBED, HINTS = sizeof hint_names / sizeof hint_names[0] };

static void take_object(struct br_oid *object, const struct br_tlv *value)
{
	enum br_status status = BR_E_MALFORMED;

	if (value->tag == BR_BER_OCTETS)
		status = br_oid_parse(object, (const char *)value->data, value->len);
	else if (value->tag == BR_BER_OID)
		status = br_oid_from_ber(object, value->data, value->len);
	if (status != BR_OK)
		object->len = 0;
}

static void take_hint(struct br_hints *hints, const struct br_varbind *varbind)
{
	if (varbind->value.tag != BR_BER_OCTETS || hints->n == BR_MAX_HINTS)
		return;
	if (br_charset_decode(hints->text[hints->n], BR_HINT_SIZE, varbind->value.data,
			      varbind->value.len, BR_CHARSET_UNKNOWN) > 0)
		hints->n++;
}

void br_hints_at(const struct br_harvest *harvest, uint32_t host, struct br_hints *hints)
{
	struct br_varbind found[HINTS];
	struct br_oid names[HINTS];

	hints->n = hints->described = 0;
	hints->object_id.len = 0;
	for (size_t i = 0; i < HINTS; i++)
		if (br_oid_from_ber(&names[i], hint_names[i].name, hint_names[i].len) !=
			    BR_OK ||
		    (hint_names[i].of_device && br_oid_append(&names[i], host) != BR_OK))
			return; /* they are short, and ours */
	br_harvest_get_each(harvest, names, HINTS, found);
	if (found[OBJECT].name)
		take_object(&hints->object_id, &found[OBJECT].value);
	for (size_t i = DESCRIBED; i < HINTS; i++) {
		if (found[i].name)
			take_hint(hints, &found[i]);
		if (i == DESCRIBED)
			hints->described = hints->n;
	}
}

void br_decode_hints(const struct br_harvest *harvest, uint32_t device, struct br_hints *hints)
{
	br_hints_at(harvest, br_decode_host_device(harvest, device), hints);
}

void br_decode_snmp(const struct br_harvest *harvest, uint32_t device, const struct br_mib *mib,
		    const struct br_witness *witness, struct br_reading *reading)
{
	struct br_census census;

	br_decode_census(harvest, &census);
	br_decode_counted(&census, device, mib, witness, reading);
}

void br_decode_counted(const struct br_census *census, uint32_t device,
		       const struct br_mib *mib, const struct br_witness *witness,
		       struct br_reading *reading)
{
	const struct br_harvest *harvest = census->harvest;
	struct br_scratch scratch;
	struct br_answers answers;

	memset(&scratch, 0, sizeof scratch);
	scratch.reading = reading;
	scratch.witness = witness;
	scratch.device = device;
	scratch.host_device = br_census_host(census, device);
	scratch.charset = charset_of(harvest, device);
	reading->device = device;
	reading->sources |= 1u << BR_SOURCE_SNMP;

	br_take_all(&scratch, harvest, &answers);
	br_finish_identity(&scratch);
	br_finish_counters(&scratch);
	br_finish_supplies(&scratch);
	br_finish_trays(&scratch);
	br_finish_capabilities(&scratch);
	br_reading_name_parts(reading);
	br_finish_status(&scratch); /* the panel, before a maker's row repeats it */
	br_apply_maker(&scratch, harvest, &answers, mib);
	br_finish_model(&scratch);
	br_finish_color(&scratch);
	br_fuse(&scratch);
	if (!mib && census->n_printers + census->n_hosts == 0)
		br_reading_note(reading, "answers SNMP, but nothing of a printer");
	if (harvest->truncated) {
		reading->partial = true;
		br_reading_note(reading, "more answers than %zu octets: the rest was left out",
				harvest->ceiling);
	}
}
