/*
 * snmp.h - the answers of a printer into a reading. Allocates nothing.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_SNMP_H
#define BR_DECODE_SNMP_H

#include "decode/harvest.h"
#include "decode/mib.h"
#include "model/reading.h"

#define BR_MAX_DEVICES 16

/* Told of every value that went into the reading, as it goes: for --explain. */
struct br_witness {
	void (*saw)(void *user, const char *field, const struct br_varbind *varbind);
	void *user;
};

/* The hrDeviceIndexes by which the Printer-MIB and hrPrinterTable know printers, as they
 * appear. */
struct br_census {
	const struct br_harvest *harvest; /* lent */
	size_t n_printers, n_hosts;
	uint32_t printers[BR_MAX_DEVICES], hosts[BR_MAX_DEVICES];
};
void br_decode_census(const struct br_harvest *harvest, struct br_census *census);

/*
 * The hrDeviceIndex of every printer that answered, in order of appearance; one entry of 0
 * where nothing of the Printer-MIB came. A print server has several; each is a reading of its
 * own.
 */
size_t br_census_devices(const struct br_census *census, uint32_t devices[BR_MAX_DEVICES]);
size_t br_decode_devices(const struct br_harvest *harvest, uint32_t devices[BR_MAX_DEVICES]);

/* The printer's index in hrDeviceTable, where that is another than in the Printer-MIB. */
uint32_t br_census_host(const struct br_census *census, uint32_t device);
uint32_t br_decode_host_device(const struct br_harvest *harvest, uint32_t device);

/* prtLocalizationCharacterSet of the current localization, by name; false if that is not known.
 */
bool br_decode_charset_name(const struct br_harvest *harvest, uint32_t device,
			    struct br_oid *name);

/* Texts that say who made it (sysDescr, hrDeviceDescr, device id), for br_makers_find. */
#define BR_MAX_HINTS 4
#define BR_HINT_SIZE 256
struct br_hints {
	struct br_oid object_id; /* len 0: not said */
	size_t n;
	size_t described; /* 1 if the first is the printer's own hrDeviceDescr, else 0 */
	char text[BR_MAX_HINTS][BR_HINT_SIZE];
};
void br_decode_hints(const struct br_harvest *harvest, uint32_t device, struct br_hints *hints);
/* The same, by the printer's index in hrDeviceTable. */
void br_hints_at(const struct br_harvest *harvest, uint32_t host, struct br_hints *hints);

/*
 * Decodes one device into a reading that br_reading_init made. mib and witness may be NULL.
 * Fills everything but target, time, reachable, partial and questions.
 */
void br_decode_snmp(const struct br_harvest *harvest, uint32_t device, const struct br_mib *mib,
		    const struct br_witness *witness, struct br_reading *reading);
/* The same, where it is known which printers there are. */
void br_decode_counted(const struct br_census *census, uint32_t device,
		       const struct br_mib *mib, const struct br_witness *witness,
		       struct br_reading *reading);

#endif
