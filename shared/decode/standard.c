/*
 * standard.c - the rows. One line a column; nothing that does not stand here is asked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/standard.h"

#include "decode/scratch.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MIB2         0x2b, 6, 1, 2, 1
#define HOST         MIB2, 25
#define PRINTER      MIB2, 43
#define PWG          0x2b, 6, 1, 4, 1, 0x95, 0x0b, 1 /* 1.3.6.1.4.1.2699.1 */

/* A field in a row of the reading, or of the scratch. */
#define R(column, take, type, member)                                         \
	{                                                                     \
		column, BR_TAKE_##take, true, offsetof(type, member), #member \
	}
#define S(column, take, array, member)                                         \
	{                                                                      \
		column, BR_TAKE_##take, false,                                 \
			(uint16_t)(offsetof(struct br_scratch, array.member) - \
				   offsetof(struct br_scratch, array)),        \
			#member                                                \
	}
#define SA(column, take, array, member)                                           \
	{                                                                         \
		column, BR_TAKE_##take, false,                                    \
			(uint16_t)(offsetof(struct br_scratch, array[0].member) - \
				   offsetof(struct br_scratch, array)),           \
			#member                                                   \
	}

/* clang-format off */
static const struct br_field system_fields[] = {
	S(1, TEXT, system, description), S(2, OID, system, object_id), S(3, NUMBER, system, uptime),
	S(4, TEXT, system, contact), S(5, TEXT, system, name), S(6, TEXT, system, location),
};
static const struct br_field interface_fields[] = { SA(6, MAC, interfaces, mac) };
static const struct br_field hr_printer_fields[] = {
	S(1, INT, hr_printer, status), S(2, ERRORS, hr_printer, errors),
};
static const struct br_field hr_device_fields[] = {
	S(3, TEXT, hr_device, description), S(4, OID, hr_device, id), S(5, INT, hr_device, status),
};
static const struct br_field general_fields[] = {
	S(1, NUMBER, general, config_changes), S(2, INT, general, localization),
	S(4, TEXT, general, contact), S(5, TEXT, general, service),
	S(16, TEXT, general, name), S(17, TEXT, general, serial),
};
static const struct br_field cover_fields[] = {
	R(2, TEXT, struct br_cover, description), R(3, INT, struct br_cover, status),
};
static const struct br_field input_fields[] = {
	R(2, INT, struct br_tray, type),
	SA(3, INT, dims, dim_unit), SA(4, NUMBER, dims, feed), SA(5, NUMBER, dims, xfeed),
	SA(6, NUMBER, dims, chosen_feed), SA(7, NUMBER, dims, chosen_xfeed),
	R(8, INT, struct br_tray, unit), R(9, NUMBER, struct br_tray, capacity),
	R(10, NUMBER, struct br_tray, level), R(11, NUMBER, struct br_tray, status),
	R(12, TEXT, struct br_tray, media_name), R(13, TEXT, struct br_tray, name),
	R(18, TEXT, struct br_tray, description),
};
static const struct br_field output_fields[] = {
	R(2, INT, struct br_tray, type), R(3, INT, struct br_tray, unit),
	R(4, NUMBER, struct br_tray, capacity), R(5, NUMBER, struct br_tray, level),
	R(6, NUMBER, struct br_tray, status), R(7, TEXT, struct br_tray, name),
	R(12, TEXT, struct br_tray, description),
};
static const struct br_field marker_fields[] = {
	SA(2, INT, markers, technology), SA(3, INT, markers, unit), SA(4, NUMBER, markers, life),
	SA(5, NUMBER, markers, power_on), SA(6, INT, markers, colorants),
};
static const struct br_field supply_fields[] = {
	R(2, INT, struct br_supply, marker), R(3, INT, struct br_supply, colorant_index),
	SA(4, INT, supply, class), R(5, INT, struct br_supply, type),
	R(6, TEXT, struct br_supply, description), R(7, INT, struct br_supply, unit),
	R(8, NUMBER, struct br_supply, capacity), R(9, NUMBER, struct br_supply, level),
};
static const struct br_field colorant_fields[] = { SA(4, TEXT, colorants, value) };
static const struct br_field path_fields[] = { SA(9, INT, paths, type) };
static const struct br_field interpreter_fields[] = { SA(2, INT, interpreters, family) };
static const struct br_field console_fields[] = { SA(2, TEXT, console, text) };
static const struct br_field light_fields[] = {
	SA(2, NUMBER, lights, on), SA(3, NUMBER, lights, off), SA(4, INT, lights, color),
	SA(5, TEXT, lights, description),
};
static const struct br_field alert_fields[] = {
	R(2, INT, struct br_alert, severity), R(3, INT, struct br_alert, training),
	R(4, INT, struct br_alert, group), R(5, INT, struct br_alert, group_index),
	R(6, NUMBER, struct br_alert, location), R(7, INT, struct br_alert, code),
	R(8, TEXT, struct br_alert, description), R(9, NUMBER, struct br_alert, time),
};
static const struct br_field port_fields[] = { SA(3, TEXT, port, device_id) };
static const struct br_field key_fields[] = { SA(2, INT, keys, service), SA(4, INT, keys, subunit) };
static const struct br_field impression_fields[] = {
	SA(4, NUMBER, impressions, total), SA(5, NUMBER, impressions, mono),
	SA(7, NUMBER, impressions, color),
};

#define PREFIX(...) .prefix = {__VA_ARGS__}, .prefix_len = sizeof((uint8_t[]){__VA_ARGS__})
#define FIELDS(list) .fields = list, .n_fields = COUNT(list)
#define BIT(column)          (1u << (column))
#define CAN_CHANGE(...)      .changes = (__VA_ARGS__)
#define ONE(member) .scratch_at = offsetof(struct br_scratch, member), .max_rows = 1
#define ROWS(member, count) .scratch_at = offsetof(struct br_scratch, member), \
	.scratch_stride = sizeof(((struct br_scratch *)0)->member[0]), \
	.scratch_count_at = offsetof(struct br_scratch, count), \
	.max_rows = COUNT(((struct br_scratch *)0)->member)
#define PARALLEL(member) .scratch_at = offsetof(struct br_scratch, member), \
	.scratch_stride = sizeof(((struct br_scratch *)0)->member[0])
#define INTO(type, member, count) .reading_at = offsetof(struct br_reading, member), \
	.reading_stride = sizeof(struct type), .reading_count_at = offsetof(struct br_reading, count), \
	.reading_index_at = offsetof(struct type, index), .max_rows = COUNT(((struct br_reading *)0)->member)

/* In order of OID: that is the order in which a walk meets them. */
const struct br_table br_tables[] = {
	{"system", PREFIX(MIB2, 1), BR_INDEX_SCALAR, BR_WHEN_FIRST, 1, FIELDS(system_fields), CAN_CHANGE(BIT(3)), ONE(system)},
	{"interfaces", PREFIX(MIB2, 2, 2, 1), BR_INDEX_ROW, BR_WHEN_FIRST, 8, FIELDS(interface_fields), ROWS(interfaces, n_interfaces)},
	{"device", PREFIX(HOST, 3, 2, 1), BR_INDEX_DEVICE, BR_WHEN_KNOWN, 1, FIELDS(hr_device_fields), CAN_CHANGE(BIT(5)), ONE(hr_device)},
	{"printer", PREFIX(HOST, 3, 5, 1), BR_INDEX_DEVICE, BR_WHEN_FIRST, BR_MAX_DEVICES, FIELDS(hr_printer_fields), CAN_CHANGE(BIT(1) | BIT(2)), ONE(hr_printer)},
	{"general", PREFIX(PRINTER, 5, 1, 1), BR_INDEX_DEVICE, BR_WHEN_FIRST, BR_MAX_DEVICES, FIELDS(general_fields), CAN_CHANGE(BIT(1)), ONE(general)},
	{"covers", PREFIX(PRINTER, 6, 1, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 255, FIELDS(cover_fields), .casual = true, CAN_CHANGE(BIT(3)), INTO(br_cover, covers, n_covers)},
	{"trays", PREFIX(PRINTER, 8, 2, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 255, FIELDS(input_fields), CAN_CHANGE(BIT(10) | BIT(11)), PARALLEL(dims), INTO(br_tray, trays, n_trays)},
	{"outputs", PREFIX(PRINTER, 9, 2, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 255, FIELDS(output_fields), .casual = true, CAN_CHANGE(BIT(5) | BIT(6)), INTO(br_tray, outputs, n_outputs)},
	{"markers", PREFIX(PRINTER, 10, 2, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 64, FIELDS(marker_fields), CAN_CHANGE(BIT(4) | BIT(5)), ROWS(markers, n_markers)},
	{"supplies", PREFIX(PRINTER, 11, 1, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 255, FIELDS(supply_fields), CAN_CHANGE(BIT(9)), PARALLEL(supply), INTO(br_supply, supplies, n_supplies)},
	{"colorants", PREFIX(PRINTER, 12, 1, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 255, FIELDS(colorant_fields), ROWS(colorants, n_colorants)},
	{"paths", PREFIX(PRINTER, 13, 4, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 64, FIELDS(path_fields), ROWS(paths, n_paths)},
	{"interpreters", PREFIX(PRINTER, 15, 1, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 64, FIELDS(interpreter_fields), ROWS(interpreters, n_interpreters)},
	{"console", PREFIX(PRINTER, 16, 5, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 32, FIELDS(console_fields), CAN_CHANGE(BIT(2)), ROWS(console, n_console)},
	{"lights", PREFIX(PRINTER, 17, 6, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 32, FIELDS(light_fields), .casual = true, CAN_CHANGE(BIT(2) | BIT(3)), ROWS(lights, n_lights)},
	{"alerts", PREFIX(PRINTER, 18, 1, 1), BR_INDEX_DEVICE_ROW, BR_WHEN_FIRST, 255, FIELDS(alert_fields), CAN_CHANGE(0x3fc), INTO(br_alert, alerts, n_alerts)},
	{"port", PREFIX(PWG, 2, 1, 2, 1, 1), BR_INDEX_ROW, BR_WHEN_LATER, 4, FIELDS(port_fields), ROWS(port, n_port)},
	{"keys", PREFIX(PWG, 3, 1, 2, 1, 1), BR_INDEX_ROW, BR_WHEN_LATER, BR_MAX_KEYS, FIELDS(key_fields), ROWS(keys, n_keys)},
	{"impressions", PREFIX(PWG, 3, 1, 8, 1, 1), BR_INDEX_KEYS, BR_WHEN_LATER, 192, FIELDS(impression_fields), CAN_CHANGE(BIT(4) | BIT(5) | BIT(7)), ROWS(impressions, n_impressions)},
};
/* clang-format on */

const size_t br_tables_count = COUNT(br_tables);

enum { SYSTEM, GENERAL = 4, PORT = 16 }; /* where mib-2, the Printer-MIB and the PWG's begin */

/* The table of each group of the Printer-MIB, which is the seventh octet; none has number 0. */
static const uint8_t table_of_group[] = {
	[5] = GENERAL, [6] = 5,   [8] = 6,   [9] = 7,   [10] = 8,  [11] = 9,
	[12] = 10,     [13] = 11, [15] = 12, [16] = 13, [17] = 14, [18] = 15,
};

/* The tables among which a name is looked for: of the Printer-MIB it can be in one only. */
static void search_among(const uint8_t *name, size_t len, size_t *from, size_t *to)
{
	bool private = len > 3 && name[3] == 4; /* enterprises */
	bool printer = len > 6 && !private && name[5] == 43;
	size_t group = printer && name[6] < COUNT(table_of_group) ? table_of_group[name[6]] : 0;

	*from = printer ? group : private ? PORT : SYSTEM;
	*to = printer ? group + (group > 0) : private ? COUNT(br_tables) : GENERAL;
}

/* Columns stand in order and mostly without a gap, so a field is hardly ever before its place.
 */
static const struct br_field *field_of(const struct br_table *table, uint8_t column)
{
	size_t f = (size_t)column - table->fields[0].column;

	if (column < table->fields[0].column)
		return NULL;
	if (f >= table->n_fields)
		f = table->n_fields - 1u;
	while (table->fields[f].column > column)
		f--;
	return table->fields[f].column == column ? &table->fields[f] : NULL;
}

static bool is_of(const struct br_table *table, const uint8_t *name, size_t len)
{
	/* The seventh octet rules out nearly every table. */
	return len > table->prefix_len &&
	       (table->prefix_len <= 6 || name[6] == table->prefix[6]) &&
	       br_oid_same(name, table->prefix, table->prefix_len);
}

static const struct br_table *search(const uint8_t *name, size_t len)
{
	size_t t, to;

	for (search_among(name, len, &t, &to); t < to; t++)
		if (is_of(&br_tables[t], name, len))
			return &br_tables[t];
	return NULL;
}

bool br_table_of(const uint8_t *name, size_t len, const struct br_table **table,
		 const struct br_field **field, const uint8_t **index, size_t *index_len)
{
	const struct br_table *at =
		*table && is_of(*table, name, len) ? *table : search(name, len);

	if (!at)
		return false;
	*table = at;
	*field = field_of(at, name[at->prefix_len]);
	*index = name + at->prefix_len + 1;
	*index_len = len - at->prefix_len - 1;
	return *field != NULL;
}

bool br_tables_ask(const uint8_t *name, size_t len)
{
	const struct br_table *table = NULL;
	const struct br_field *field;
	const uint8_t *index;
	size_t index_len;

	return br_table_of(name, len, &table, &field, &index, &index_len);
}
