/*
 * crop.c - octets into names that decoders know, with values they may not expect.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/crop.h"

#include "decode/standard.h"
#include "fuzz/sound.h"

#include <string.h>

static const uint8_t tags[] = {
	BR_BER_INTEGER,
	BR_BER_OCTETS,
	BR_BER_OCTETS,
	BR_BER_OID,
	BR_BER_COUNTER32,
	BR_BER_GAUGE32,
	BR_BER_TIMETICKS,
	BR_BER_COUNTER64,
	BR_BER_NULL,
	BR_BER_IPADDRESS,
	BR_BER_OPAQUE,
	BR_BER_NO_SUCH_INSTANCE,
	BR_BER_INTEGER,
	BR_BER_OCTETS,
	0x30,
	0x24,
};

static const struct br_table *standard_column(size_t column, struct br_oid *name)
{
	for (size_t t = 0; t < br_tables_count; t++) {
		const struct br_table *table = &br_tables[t];

		if (column < table->n_fields) {
			MUST(br_oid_from_ber(name, table->prefix, table->prefix_len) == BR_OK);
			MUST(br_oid_append(name, table->fields[column].column) == BR_OK);
			return table;
		}
		column -= table->n_fields;
	}
	return NULL;
}

static size_t standard_columns(void)
{
	size_t n = 0;

	for (size_t t = 0; t < br_tables_count; t++)
		n += br_tables[t].n_fields;
	return n;
}

/* The name of one value, well-formed; false where it has no room. */
static bool name_of(const struct br_mib *mib, const uint8_t *head, struct br_oid *name)
{
	size_t columns = standard_columns(), rows = mib ? mib->n_rows : 0;
	MUST(columns > 0);
	size_t column = (head[0] | (head[3] & 0xf0u) << 4) % (columns + 2 * rows);
	const struct br_table *table = standard_column(column, name);
	uint8_t index = table ? table->index : BR_INDEX_ROW;

	if (!table) {
		MUST(mib);
		const struct br_mib_row *row = &mib->rows[(column - columns) % rows];

		*name = column - columns >= rows && row->label.len ? row->label : row->oid;
		if (row->verb == BR_MIB_GET)
			return true;
	}
	if (index == BR_INDEX_SCALAR)
		return br_oid_append(name, head[1] & 0x80 ? head[1] : 0) == BR_OK;
	if (index == BR_INDEX_DEVICE || index == BR_INDEX_DEVICE_ROW)
		if (br_oid_append(name, head[2] & 3) != BR_OK)
			return false;
	if (index == BR_INDEX_KEYS && (br_oid_append(name, head[2] & 15) != BR_OK ||
				       br_oid_append(name, head[2] >> 4) != BR_OK))
		return false;
	return index == BR_INDEX_DEVICE || br_oid_append(name, head[1]) == BR_OK;
}

static void add(struct br_harvest *harvest, const struct br_varbind *varbind)
{
	MUST(br_harvest_add(harvest, varbind) == BR_OK);
}

static void add_raw(struct br_harvest *harvest, const uint8_t *data, size_t size)
{
	struct br_ber all = {data, data + size};
	struct br_varbind varbind;
	bool broken;

	while (br_varbind_take(&all, &varbind, &broken))
		add(harvest, &varbind);
}

static void add_one(struct br_harvest *harvest, struct br_oid *name, const uint8_t *head,
		    const uint8_t *value)
{
	uint8_t room[640];
	struct br_ber_out out;
	struct br_varbind varbind = {0};
	size_t odd =
		head[4] & 0x80 ? head[4] & 7u : 0; /* octets of the value that end the name */

	br_ber_out_init(&out, room, sizeof room);
	br_ber_put(&out, tags[head[3] & 15], value, head[5]);
	if (odd <= head[5] && name->len + odd <= BR_OID_BYTES) {
		memcpy(name->ber + name->len, value, odd);
		name->len = (uint8_t)(name->len + odd);
	}
	br_ber_put(&out, BR_BER_OID, name->ber, name->len);
	br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
	MUST(!out.full);
	varbind.raw = out.at;
	varbind.raw_len = (size_t)(out.end - out.at);
	add(harvest, &varbind);
}

void crop_grow(struct br_harvest *harvest, const struct br_mib *mib, const uint8_t *data,
	       size_t size)
{
	if (size && data[0] == 0xff) {
		add_raw(harvest, data + 1, size - 1);
		return;
	}
	while (size >= 6 && size - 6 >= data[5]) {
		struct br_oid name;

		if (name_of(mib, data, &name))
			add_one(harvest, &name, data, data + 6);
		size -= 6u + data[5];
		data += 6u + data[5];
	}
}
