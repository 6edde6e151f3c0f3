/*
 * fault.c - what may ail a printer, by name.
 *
 * SPDX-License-Identifier: MIT
 */
#include "farm.h"

#include <stddef.h>
#include <string.h>

enum takes { NOTHING, PERCENT, MILLISECONDS, SIZE, COUNT, TABLE, BULK };

static const char supplies_table[] = "1.3.6.1.2.1.43.11.1.1";

static const struct kind {
	const char *name;
	enum takes takes;
	size_t at; /* offset in struct farm_faults */
} kinds[] = {
	/* clang-format off */
	{"delay",         MILLISECONDS, offsetof(struct farm_faults, delay_ms)},
	{"jitter",        MILLISECONDS, offsetof(struct farm_faults, jitter_ms)},
	{"late",          MILLISECONDS, offsetof(struct farm_faults, late_ms)},
	{"loss",          PERCENT,      offsetof(struct farm_faults, loss)},
	{"duplicate",     PERCENT,      offsetof(struct farm_faults, duplicate)},
	{"reorder",       PERCENT,      offsetof(struct farm_faults, reorder)},
	{"truncate",      PERCENT,      offsetof(struct farm_faults, truncate)},
	{"small",         SIZE,         offsetof(struct farm_faults, small)},
	{"too-big",       SIZE,         offsetof(struct farm_faults, too_big)},
	{"stall",         COUNT,        offsetof(struct farm_faults, stall)},
	{"dead",          NOTHING,      offsetof(struct farm_faults, dead)},
	{"serial",        NOTHING,      offsetof(struct farm_faults, serial)},
	{"v1-only",       NOTHING,      offsetof(struct farm_faults, v1_only)},
	{"lie-types",     NOTHING,      offsetof(struct farm_faults, lie_types)},
	{"wrong-address", NOTHING,      offsetof(struct farm_faults, wrong_address)},
	{"wrong-port",    NOTHING,      offsetof(struct farm_faults, wrong_port)},
	{"loop",          TABLE,        offsetof(struct farm_faults, loop)},
	{"endless",       TABLE,        offsetof(struct farm_faults, endless)},
	{"no-bulk",       BULK,         FARM_BULK_SILENT},
	{"bad-bulk",      BULK,         FARM_BULK_ERROR},
	/* clang-format on */
};

static bool set_bulk(struct farm_faults *faults, const struct kind *kind, struct br_view value)
{
	faults->bulk = (enum farm_bulk)kind->at;
	if (kind->at == FARM_BULK_ERROR && br_view_is(value, "one"))
		faults->bulk = FARM_BULK_ONE;
	else if (value.len > 0 && !(kind->at == FARM_BULK_ERROR && br_view_is(value, "generr")))
		return false;
	return true;
}

static bool set_fault(struct farm_faults *faults, const struct kind *kind, struct br_view value)
{
	void *at = (char *)faults + kind->at;
	int64_t number = 0;

	switch (kind->takes) {
	case NOTHING:
		*(bool *)at = true;
		return value.len == 0;
	case PERCENT:
	case MILLISECONDS:
		if (!br_parse_number(value, 0, kind->takes == PERCENT ? 100 : 3600000, &number))
			return false;
		*(double *)at = (double)number;
		return true;
	case SIZE:
		if (!br_parse_number(value, 1, 65507, &number))
			return false;
		*(size_t *)at = (size_t)number;
		return true;
	case COUNT:
		if (!br_parse_number(value, 0, INT32_MAX, &number))
			return false;
		*(uint64_t *)at = (uint64_t)number;
		faults->stalls = true;
		return true;
	case TABLE:
		if (value.len == 0)
			value = br_view(supplies_table);
		return br_oid_parse((struct br_oid *)at, value.at, value.len) == BR_OK;
	case BULK:
		return set_bulk(faults, kind, value);
	}
	return false;
}

static const struct kind *kind_named(struct br_view name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (br_view_is(name, kinds[i].name))
			return &kinds[i];
	return NULL;
}

static bool apply(struct farm *farm, struct br_view who, const struct kind *kind,
		  struct br_view value)
{
	uint32_t address;

	if (br_view_is(who, "all")) {
		for (size_t i = 0; i < farm->n_printers; i++)
			if (farm->printers[i].own_faults &&
			    !set_fault(farm->printers[i].faults, kind, value))
				return false;
		return set_fault(&farm->healthy, kind, value);
	}
	struct farm_printer *printer =
		farm_parse_address(who, &address) ? farm_printer_at(farm, address) : NULL;
	struct farm_faults *faults = printer != NULL ? farm_own_faults(printer) : NULL;
	return faults != NULL && set_fault(faults, kind, value);
}

bool farm_fault(struct farm *farm, const char *text)
{
	struct br_view all = br_view(text), who = all, name = {"", 0}, value = {"", 0};
	const char *colon = memchr(all.at, ':', all.len);

	if (colon != NULL) {
		who.len = (size_t)(colon - text);
		name = br_view(colon + 1);
		const char *equals = memchr(name.at, '=', name.len);
		if (equals != NULL) {
			value = br_view(equals + 1);
			name.len = (size_t)(equals - name.at);
		}
	}
	const struct kind *kind = kind_named(name);
	if (kind != NULL && apply(farm, who, kind, value))
		return true;
	fprintf(stderr, "farm: --fault %s: expected ADDRESS|all:KIND[=VALUE]; kinds:", text);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		fprintf(stderr, " %s", kinds[i].name);
	fputc('\n', stderr);
	return false;
}
