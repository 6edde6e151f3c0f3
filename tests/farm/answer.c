/*
 * answer.c - one datagram: what a healthy printer says, bent by what ails this one.
 *
 * The agent of the library answers; here it gets values of this printer's own, types that lie,
 * rows in an order that does not end, and requests that are not what was asked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "farm.h"

#include "decode/ber.h"

#include <string.h>

/* More rows than one GETBULK has columns: the agent holds the last row of each. */
#define MADE_UP_ROWS (2 * BR_AGENT_MAX_REPEATERS)

struct visit {
	struct farm *farm;
	const struct farm_printer *printer;
	uint8_t contents[16];        /* of a number that is made up */
	char text[BR_OID_TEXT_SIZE]; /* of a string that is made up */
	size_t n_made_up;
};

static struct br_recorded made_up[MADE_UP_ROWS];

static size_t put_number(struct visit *visit, int64_t number, const uint8_t **value)
{
	struct br_ber_out out;

	br_ber_out_init(&out, visit->contents, sizeof(visit->contents));
	br_ber_put_int(&out, BR_BER_INTEGER, number);
	*value = out.at + 2;
	return (size_t)(out.end - out.at) - 2;
}

/* sysName, serial number and uptime differ from printer to printer. */
static void vary(struct visit *visit, const struct br_recorded *row, const uint8_t **value,
		 size_t *len)
{
	const struct farm_profile *profile = visit->printer->profile;
	uint32_t address = visit->printer->address;
	const struct br_recorded *rows = profile->recording.rows;
	struct br_tlv tlv = {row->tag, *value, *len};
	int64_t ticks;
	int n = -1;

	if (row < rows || row >= rows + profile->recording.n_rows)
		return;
	size_t at = (size_t)(row - rows);
	if (at == profile->sys_name)
		n = snprintf(visit->text, sizeof(visit->text), "prn-%u-%u-%u",
			     address >> 16 & 255, address >> 8 & 255, address & 255);
	else if (at >= profile->serial_first && at < profile->serial_end)
		n = snprintf(visit->text, sizeof(visit->text), "SN%08X", address);
	else if (at == profile->uptime && br_ber_number(&tlv, &ticks))
		*len = put_number(
			visit,
			(int64_t)(((uint64_t)ticks +
				   (visit->farm->now_ns - visit->farm->started_ns) / 10000000) &
				  UINT32_MAX),
			value);
	if (n >= 0) {
		*value = (const uint8_t *)visit->text;
		*len = (size_t)n;
	}
}

/* Counters as INTEGER, numbers and names as text. */
static void lie(struct visit *visit, uint8_t *tag, const uint8_t **value, size_t *len)
{
	struct br_tlv tlv = {*tag, *value, *len};
	int64_t number = 0;
	int n;

	switch (*tag) {
	case BR_BER_OID:
		*len = br_oid_format(visit->text, sizeof(visit->text), *value, *len);
		break;
	case BR_BER_INTEGER:
		if (!br_ber_number(&tlv, &number))
			return;
		n = snprintf(visit->text, sizeof(visit->text), "%lld", (long long)number);
		*len = n > 0 ? (size_t)n : 0;
		break;
	case BR_BER_COUNTER32:
	case BR_BER_GAUGE32:
		*tag = BR_BER_INTEGER;
		return;
	default:
		return;
	}
	*tag = BR_BER_OCTETS;
	*value = (const uint8_t *)visit->text;
}

static bool value_of(void *user, const struct br_recorded *row, uint8_t *tag,
		     const uint8_t **value, size_t *len)
{
	struct visit *visit = user;

	visit->farm->counts.values++;
	if (!visit->farm->as_recorded)
		vary(visit, row, value, len);
	if (visit->printer->faults->lie_types)
		lie(visit, tag, value, len);
	return true;
}

/* Length of the column that a name below a table is in: the table and one arc; 0: not below. */
static size_t column_of(const struct br_oid *table, const uint8_t *name, size_t len)
{
	size_t at = table->len;

	if (at == 0 || len <= at || !br_oid_below(name, len, table->ber, at))
		return 0;
	while (at < len && (name[at] & 0x80) != 0)
		at++;
	return at + 1 < len ? at + 1 : 0;
}

/* A row behind this name that nobody recorded: the last arc and one more, the value of another.
 */
static const struct br_recorded *make_up(struct visit *visit, const uint8_t *name, size_t len,
					 const struct br_recorded *like)
{
	struct br_recorded *row = &made_up[visit->n_made_up++ % MADE_UP_ROWS];
	size_t stem = len - 1;
	uint32_t arc;

	while (stem > 0 && (name[stem - 1] & 0x80) != 0)
		stem--;
	const uint8_t *at = name + stem;
	if (!br_oid_next_arc(&at, name + len, &arc) || arc == UINT32_MAX || stem > BR_OID_BYTES)
		return NULL;
	uint8_t kept[BR_OID_BYTES]; /* name may stand in the row that is overwritten */
	memcpy(kept, name, stem);
	*row = *like;
	memcpy(row->name.ber, kept, stem);
	row->name.len = (uint8_t)stem;
	return br_oid_append(&row->name, arc + 1) == BR_OK ? row : NULL;
}

static const struct br_recorded *next_row(void *user, const uint8_t *name, size_t len)
{
	struct visit *visit = user;
	const struct farm_faults *faults = visit->printer->faults;
	const struct br_recording *recording = &visit->printer->profile->recording;
	bool exact, ignored;
	size_t at = br_recording_find(recording, name, len, &exact) + (exact ? 1 : 0);
	const struct br_recorded *row = at < recording->n_rows ? &recording->rows[at] : NULL;
	size_t looping = column_of(&faults->loop, name, len);
	size_t ending = column_of(&faults->endless, name, len);
	size_t column = looping > 0 ? looping : ending;

	if (column == 0 || (at < recording->n_rows &&
			    br_oid_below(row->name.ber, row->name.len, name, column)))
		return row;
	/* The column ends here; it goes on only if it has recorded rows at all. */
	if (at == 0 || !br_oid_below(recording->rows[at - 1].name.ber,
				     recording->rows[at - 1].name.len, name, column))
		return row;
	if (looping > 0)
		return &recording->rows[br_recording_find(recording, name, column, &ignored)];
	return make_up(visit, name, len, &recording->rows[at - 1]);
}

/* A response that only repeats what was asked, with an error. */
static size_t error_reply(const struct br_answer *asked, int error, uint8_t *out, size_t size)
{
	bool empty = error == BR_PDU_TOO_BIG && asked->version != BR_SNMP_V1;
	size_t len = empty ? 0 : (size_t)(asked->varbinds.end - asked->varbinds.at);
	struct br_ber_out back;

	br_ber_out_init(&back, out, size);
	br_ber_put(&back, BR_BER_SEQUENCE, asked->varbinds.at, len);
	br_ber_put_int(&back, BR_BER_INTEGER, error == BR_PDU_TOO_BIG ? 0 : 1);
	br_ber_put_int(&back, BR_BER_INTEGER, error);
	br_ber_put_int(&back, BR_BER_INTEGER, asked->request_id);
	br_ber_wrap(&back, BR_PDU_RESPONSE, back.end);
	br_ber_put(&back, BR_BER_OCTETS, asked->community.data, asked->community.len);
	br_ber_put_int(&back, BR_BER_INTEGER, asked->version);
	br_ber_wrap(&back, BR_BER_SEQUENCE, back.end);
	if (back.full)
		return 0;
	len = (size_t)(back.end - back.at);
	memmove(out, back.at, len);
	return len;
}

/* How many varbinds the answer would have. */
static uint64_t size_of_answer(const struct br_answer *asked)
{
	struct br_ber rest = asked->varbinds;
	struct br_varbind varbind;
	uint64_t names = 0, single = 0, repeat = 0;
	bool broken;

	while (br_varbind_take(&rest, &varbind, &broken))
		names++;
	if (asked->type != BR_PDU_GETBULK)
		return names;
	single = asked->error > 0 ? (uint64_t)asked->error : 0;
	single = single < names ? single : names;
	repeat = asked->error_index > 0 ? (uint64_t)asked->error_index : 0;
	return single + (names - single) * repeat;
}

static bool community_is_right(const struct farm *farm, const struct br_answer *asked)
{
	return farm->community.at == NULL ||
	       (asked->community.len == farm->community.len &&
		memcmp(asked->community.data, farm->community.at, farm->community.len) == 0);
}

size_t farm_answer(struct farm *farm, struct farm_printer *printer, const uint8_t *request,
		   size_t len, uint8_t *out, size_t size)
{
	static uint8_t bent[FARM_MESSAGE_MAX];
	const struct farm_faults *faults = printer->faults;
	struct visit visit = {.farm = farm, .printer = printer};
	struct br_agent agent = {
		.recording = &printer->profile->recording,
		.community = farm->community,
		.max_message = faults->small > 0 ? faults->small : farm->max_message,
		.override = value_of,
		.next = faults->loop.len > 0 || faults->endless.len > 0 ? next_row : NULL,
		.user = &visit,
	};
	struct br_answer asked;

	if (!br_message_read(request, len, &asked))
		return 0;
	if (!community_is_right(farm, &asked)) {
		farm->counts.community++;
		return 0;
	}
	if (faults->v1_only && asked.version != BR_SNMP_V1)
		return 0;
	if (faults->too_big > 0 && size_of_answer(&asked) > faults->too_big)
		return error_reply(&asked, BR_PDU_TOO_BIG, out, size);
	if (asked.type == BR_PDU_GETBULK && faults->bulk == FARM_BULK_SILENT)
		return 0;
	if (asked.type == BR_PDU_GETBULK && faults->bulk == FARM_BULK_ERROR)
		return error_reply(&asked, BR_PDU_GEN_ERR, out, size);
	if (asked.type == BR_PDU_GETBULK && faults->bulk == FARM_BULK_ONE &&
	    len <= sizeof(bent)) {
		memcpy(bent, request, len);
		/* The PDU's tag stands behind the community. */
		bent[asked.community.data + asked.community.len - request] = BR_PDU_GETNEXT;
		request = bent;
	}
	return br_agent_answer(&agent, request, len, out, size);
}
