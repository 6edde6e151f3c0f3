/*
 * scratch.h - what one printer said before it is weighed: raw rows that are no part of a
 * reading.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_SCRATCH_H
#define BR_DECODE_SCRATCH_H

#include "decode/snmp.h"
#include "model/reading.h"

#define BR_MAX_INTERFACES   16
#define BR_MAX_MARKERS      16
#define BR_MAX_COLORANTS    64
#define BR_MAX_PATHS        16
#define BR_MAX_INTERPRETERS 64
#define BR_MAX_KEYS         48

/* hrPrinterDetectedErrorState: none, one, two or more octets; high bit first. */
struct br_error_octets {
	bool known;
	uint32_t bits; /* 1u << enum br_error_bit */
};

struct br_scratch {
	/* who is asking */
	struct br_reading *reading;
	const struct br_witness *witness;
	uint32_t device;
	uint32_t host_device; /* the same printer's index in hrDeviceTable, if it is another */
	int charset;

	struct {
		br_text_at description, object_id, contact, name, location;
		struct br_number uptime;
	} system;
	struct {
		int32_t index;
		br_text_at mac;
	} interfaces[BR_MAX_INTERFACES];
	struct {
		int32_t index;
		br_text_at description, id;
		int32_t status;
	} hr_device;
	struct {
		int32_t index;
		int32_t status;
		struct br_error_octets errors;
	} hr_printer;
	struct {
		int32_t index;
		struct br_number config_changes;
		int32_t localization;
		br_text_at contact, service, name, serial;
	} general;
	struct {
		int32_t index;
		int32_t technology, unit, colorants;
		struct br_number life, power_on;
	} markers[BR_MAX_MARKERS];
	struct {
		int32_t index;
		br_text_at value;
	} colorants[BR_MAX_COLORANTS];
	struct {
		int32_t index;
		int32_t type;
	} paths[BR_MAX_PATHS];
	struct {
		int32_t index;
		int32_t family;
	} interpreters[BR_MAX_INTERPRETERS];
	struct {
		int32_t index;
		br_text_at text;
	} console[BR_MAX_CONSOLE];
	struct {
		int32_t index;
		int32_t color;
		struct br_number on, off;
		br_text_at description;
	} lights[BR_MAX_LIGHTS];
	struct { /* parallel to reading.trays */
		int32_t index;
		int32_t dim_unit;
		struct br_number feed, xfeed, chosen_feed, chosen_xfeed;
	} dims[BR_MAX_TRAYS];
	struct { /* parallel to reading.supplies */
		int32_t index;
		int32_t class;
	} supply[BR_MAX_SUPPLIES];
	struct {
		int32_t index;
		br_text_at device_id;
	} port[4];
	struct {
		int32_t index; /* icKeyIndex */
		int32_t service, subunit;
	} keys[BR_MAX_KEYS];
	struct {
		int32_t index; /* icKeyIndex */
		struct br_number total, mono, color;
	} impressions[BR_MAX_KEYS];

	/* rows used, by array; uint16_t so that a table row can name its counter */
	uint16_t n_interfaces, n_markers, n_colorants, n_paths, n_interpreters, n_console,
		n_lights, n_port, n_keys, n_impressions;
};

#define BR_MAX_PRIVATE 768

/*
 * Answers outside the standard tables, gathered while those are taken, so that each row of a
 * maker need not search them all.
 */
struct br_answers {
	size_t n;
	bool full; /* there were more */
	struct br_varbind list[BR_MAX_PRIVATE];
};

/* Fills scratch and the reading's rows from the answers of one device. */
void br_take_all(struct br_scratch *scratch, const struct br_harvest *harvest,
		 struct br_answers *answers);

/* Value as a number: any integer type, or octets that spell one. */
bool br_take_number(const struct br_tlv *value, int64_t *out);

/* Value as clean text in the reading's arena; 0 if it holds none. */
br_text_at br_take_text(struct br_scratch *scratch, const struct br_tlv *value);

/* Six octets, or text that spells them, as aa:bb:cc:dd:ee:ff; 0 if it is none, or all zero. */
br_text_at br_take_mac(struct br_scratch *scratch, const struct br_tlv *value);

/* Tells the witness, if there is one. path is formatted only then. */
void br_witness_saw(const struct br_witness *witness, const struct br_varbind *varbind,
		    const char *format, ...) BR_FORMAT(3, 4);

/* The weighing, in this order. Each works on scratch->reading. */
void br_finish_identity(struct br_scratch *scratch);
void br_identity_from_device_id(struct br_scratch *scratch, const char *id);
void br_finish_model(struct br_scratch *scratch); /* once the maker is known */
void br_finish_counters(struct br_scratch *scratch);
void br_finish_supplies(struct br_scratch *scratch);
void br_finish_trays(struct br_scratch *scratch);
void br_finish_capabilities(struct br_scratch *scratch);
void br_finish_color(struct br_scratch *scratch); /* once the supplies have their colours */
void br_finish_status(struct br_scratch *scratch);
void br_apply_maker(struct br_scratch *scratch, const struct br_harvest *harvest,
		    const struct br_answers *answers, const struct br_mib *mib);
void br_fuse(struct br_scratch *scratch);

/* level and capacity of a supply or a tray into kind and percent. */
struct br_level {
	enum br_level_kind kind;
	uint8_t percent;
};
struct br_level br_level_of(struct br_number level, struct br_number capacity, bool is_percent);

#endif
