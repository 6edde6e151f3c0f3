/*
 * glance_take.c - what the answers of a status reading say, and whether the plan is still good.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/glance_inside.h"

#include "decode/standard.h"

enum { TIME_COLUMN = 9, MOST_ROWS = 255 };

static const char differ[] = "answers-differ";

/* Eight octets at a time: a status reading is hashed each time, and nobody attacks this. */
static uint64_t mix(uint64_t sum, uint64_t octets)
{
	sum = (sum ^ octets) * 0x9e3779b97f4a7c15u;
	return sum ^ sum >> 29;
}

static uint64_t hash(const uint8_t *at, size_t len)
{
	uint64_t sum = len, octets;

	for (; len >= sizeof octets; at += sizeof octets, len -= sizeof octets) {
		memcpy(&octets, at, sizeof octets);
		sum = mix(sum, octets);
	}
	octets = 0;
	for (size_t i = 0; i < len; i++)
		octets |= (uint64_t)at[i] << 8 * i;
	sum = mix(sum, octets);
	return mix(sum, sum >> 32);
}

/* Answers may be cut anywhere, so their order is not a part of what they say: hashes add up. */
static bool keep(struct br_glance *glance, const struct br_varbind *varbind, bool counts)
{
	if (counts)
		glance->sum += hash(varbind->raw, varbind->raw_len);
	if (br_harvest_add(glance->harvest, varbind) == BR_OK)
		return true;
	br_glance_finish(glance, br_fail(&glance->error, BR_E_MEMORY, "out of memory"));
	return false;
}

/*
 * A printer that was started since then cannot have been up for longer than that. One whose
 * clock stands still while it sleeps falls behind and is past that; one whose clock went round,
 * which it does after 497 days, is where it would be.
 */
bool br_glance_restarted(const struct br_glance_options *before, uint32_t ticks, int64_t now_ms)
{
	enum { SLACK = 60 * 100, DRIFT = 20, TICK_MS = 10 };
	const int64_t round = (int64_t)1 << 32, nearly = round - (int64_t)8 * 86400 * 100;
	int64_t passed = (now_ms - before->asked_ms) / TICK_MS, slack, ahead;
	struct br_learned_plan plan;

	if (before->digest == 0) /* how long ago it was learned is not known */
		return br_learned_open(before->learned, &plan) && ticks < plan.uptime &&
		       plan.uptime < nearly;
	if (passed < 0 || passed >= round || ticks == before->uptime)
		return false; /* no clock to go by: theirs stands, or ours was set */
	slack = SLACK + passed / DRIFT;
	ahead = (uint32_t)(ticks - before->uptime);
	return (ahead < passed - slack || ahead > passed + slack) && ticks <= passed + slack;
}

static bool was_restarted(const struct br_glance *glance, uint32_t ticks, int64_t now_ms)
{
	const struct br_glance_options before = {.learned = glance->learned,
						 .digest = glance->digest_before,
						 .asked_ms = glance->asked_ms,
						 .uptime = glance->uptime_before};

	return br_glance_restarted(&before, ticks, now_ms);
}

/* False where the value says that what was learned is not so any more. */
static bool is_as_learned(struct br_glance *glance, const struct br_learned_walk *entry,
			  const struct br_varbind *varbind, int64_t now_ms)
{
	const char *stale = NULL;
	int64_t number = 0;
	bool is_number = br_ber_number(&varbind->value, &number);

	if (entry->flags & BR_ENTRY_UPTIME) {
		glance->uptime = is_number ? (uint32_t)number : 0;
		if (is_number && was_restarted(glance, (uint32_t)number, now_ms))
			stale = "restarted";
	} else if (entry->flags & BR_ENTRY_EQUAL) {
		if (!glance->counter_moves && (!is_number || (uint32_t)number != entry->value))
			stale = "config-changes";
	} else if (is_number && number > (int64_t)entry->value) {
		stale = "supply-replaced";
	}
	if (stale)
		br_glance_stale(glance, stale);
	return !stale;
}

static bool is_named(const struct br_learned_walk *entry, const struct br_varbind *varbind)
{
	return varbind->name_len == entry->name.len &&
	       memcmp(varbind->name, entry->name.ber, entry->name.len) == 0 &&
	       !br_varbind_is_absent(varbind);
}

/*
 * True if the name may be there although GETNEXT brought another: what came stands between it
 * and the name that was asked; or it is a maker's, since some hide their own rows from GETNEXT
 * and answer them to GET. Where it came to a GET, that is the answer.
 */
static bool may_be_there(const struct br_glance *glance, const struct br_learned_walk *entry,
			 const struct br_varbind *varbind)
{
	if (glance->asking != BR_GLANCING_NAMES)
		return false;
	if (entry->flags & BR_ENTRY_MAKER && glance->session.version != BR_SNMP_V1)
		return true;
	return !br_varbind_is_absent(varbind) &&
	       br_oid_compare(varbind->name, varbind->name_len, entry->name.ber,
			      entry->name.len) < 0;
}

/* False where the glance is over. i: which name of the question it is. */
static bool take_name(struct br_glance *glance, const struct br_learned_walk *entry, unsigned i,
		      const struct br_varbind *varbind, int64_t now_ms)
{
	enum { TOLD = BR_ENTRY_UPTIME | BR_ENTRY_EQUAL | BR_ENTRY_MOST };

	if (!is_named(entry, varbind)) {
		if (i < BR_PDU_MAX_NAMES && may_be_there(glance, entry, varbind)) {
			glance->missed |= (uint64_t)1 << i;
			return true;
		}
		br_glance_stale(glance, "instance-gone");
		return false;
	}
	if (entry->flags & TOLD && !is_as_learned(glance, entry, varbind, now_ms))
		return false;
	return keep(glance, varbind, !(entry->flags & BR_ENTRY_UPTIME));
}

static void next_question(struct br_glance *glance)
{
	glance->at = glance->next_at;
	glance->have = 0;
	glance->missed = 0;
	glance->question++;
}

/* True if all the names that were asked came, and the glance goes on. */
static bool take_names(struct br_glance *glance, const struct br_learned_plan *plan,
		       struct br_ber *varbinds, int64_t now_ms)
{
	struct br_learned_walk entry = {.at = plan->entries + glance->at, .end = plan->end};
	unsigned came = 0, size = plan->sizes[glance->question];
	struct br_varbind varbind;
	bool broken = false;

	entry.name.len = 0;
	for (unsigned i = 0; came < glance->n_names; i++) {
		if (!br_learned_step(&entry)) {
			br_glance_stale(glance, "not-learned");
			return false;
		}
		if (i < glance->have)
			continue;
		if (!br_varbind_take(varbinds, &varbind, &broken))
			break;
		if (!take_name(glance, &entry, i, &varbind, now_ms))
			return false;
		came++;
	}
	glance->have = (uint8_t)(glance->have + came);
	if (came == 0)
		br_glance_stale(glance, differ);
	if (came < glance->n_names)
		return false;
	glance->next_at = (uint16_t)(entry.at - plan->entries);
	if (glance->have >= size && !glance->missed)
		next_question(glance);
	return true;
}

/* A GET is answered name by name, or it is no answer. */
static void take_missed(struct br_glance *glance, const struct br_learned_plan *plan,
			struct br_ber *varbinds, int64_t now_ms)
{
	struct br_learned_walk entry = {.at = plan->entries + glance->at, .end = plan->end};
	struct br_varbind varbind;
	bool broken;

	entry.name.len = 0;
	for (unsigned i = 0;
	     i < glance->have && i < BR_PDU_MAX_NAMES && br_learned_step(&entry); i++) {
		if (!(glance->missed >> i & 1))
			continue;
		if (!br_varbind_take(varbinds, &varbind, &broken)) {
			br_glance_stale(glance, differ);
			return;
		}
		if (!take_name(glance, &entry, i, &varbind, now_ms))
			return;
	}
	next_question(glance);
}

/* The column in which an answer came out that left one; behind all if it left the table. */
static size_t came_out(uint8_t c, const struct br_varbind *varbind)
{
	const size_t at = sizeof br_alert_prefix;
	int column, order;

	if (varbind->value.tag == BR_BER_END_OF_MIB)
		return BR_GLANCE_COLUMNS;
	if (br_varbind_is_absent(varbind) || varbind->name_len <= at)
		return c + 1u;
	order = memcmp(varbind->name, br_alert_prefix, at);
	column = varbind->name[at] - BR_ALERT_FIRST;
	if (order < 0 || (order == 0 && column <= c)) /* backwards */
		return c + 1u;
	return order == 0 && column < BR_GLANCE_COLUMNS ? (size_t)column : BR_GLANCE_COLUMNS;
}

/* Nothing stands between a name and what GETNEXT brings: the columns passed over end too. */
static void leave(struct br_glance *glance, uint8_t c, size_t to)
{
	for (size_t i = c; i < to; i++)
		glance->column[i].ended = true;
}

/* False where the glance is over. */
static bool take_cell(struct br_glance *glance, uint8_t c, const struct br_varbind *varbind)
{
	struct br_glance_column *column = &glance->column[c];
	const uint8_t *index = varbind->name + BR_ALERT_PREFIX;
	size_t len;

	if (varbind->name_len <= BR_ALERT_PREFIX ||
	    memcmp(varbind->name, br_alert_prefix, sizeof br_alert_prefix) != 0 ||
	    varbind->name[BR_ALERT_PREFIX - 1] != c + BR_ALERT_FIRST ||
	    br_varbind_is_absent(varbind)) {
		leave(glance, c, came_out(c, varbind));
		return true;
	}
	len = varbind->name_len - BR_ALERT_PREFIX;
	/* An index too long to go on from, or a table that goes on for ever or in a circle. */
	if (len > sizeof column->last || column->rows == MOST_ROWS ||
	    (column->len && br_oid_compare(index, len, column->last, column->len) <= 0)) {
		br_glance_stale(glance, differ);
		return false;
	}
	memcpy(column->last, index, len);
	column->len = (uint8_t)len;
	column->rows++;
	if (column->rows > glance->rows)
		glance->rows = column->rows;
	return keep(glance, varbind, c + BR_ALERT_FIRST != TIME_COLUMN);
}

/*
 * A column that ended with as many rows as any has shows how long the table is: the others that
 * have as many end there too. What comes behind a table may be long, and cuts the answer. But
 * one without rows shows nothing: not every printer has every column.
 */
static void end_columns(struct br_glance *glance)
{
	bool over = false;

	if (glance->rows == 0)
		return;
	for (size_t c = 0; c < BR_GLANCE_COLUMNS; c++)
		over = over ||
		       (glance->column[c].ended && glance->column[c].rows == glance->rows);
	for (size_t c = 0; over && c < BR_GLANCE_COLUMNS; c++)
		if (glance->column[c].rows == glance->rows)
			glance->column[c].ended = true;
}

void br_glance_end(struct br_glance *glance, uint8_t column)
{
	leave(glance, column, BR_GLANCE_COLUMNS);
	end_columns(glance);
}

static void take_columns(struct br_glance *glance, struct br_ber *varbinds)
{
	unsigned most = glance->n_columns * (glance->bulk ? glance->repetitions : 1u), k = 0;
	struct br_varbind varbind;
	bool broken = false;

	for (; k < most && br_varbind_take(varbinds, &varbind, &broken); k++) {
		uint8_t c = glance->columns[k % glance->n_columns];

		if (!glance->column[c].ended && !take_cell(glance, c, &varbind))
			return;
	}
	if (k == 0 && glance->asking == BR_GLANCING_ALERTS)
		br_glance_stale(glance, differ);
	end_columns(glance);
}

void br_glance_take(struct br_glance *glance, const struct br_learned_plan *plan,
		    const struct br_answer *answer, int64_t now_ms)
{
	struct br_ber varbinds = answer->varbinds;

	switch ((enum br_glancing)glance->asking) {
	case BR_GLANCING_NAMES:
		if (take_names(glance, plan, &varbinds, now_ms) && glance->n_columns)
			take_columns(glance, &varbinds);
		break;
	case BR_GLANCING_MISSED:
		take_missed(glance, plan, &varbinds, now_ms);
		break;
	case BR_GLANCING_ALERTS:
		take_columns(glance, &varbinds);
		break;
	case BR_GLANCING_PROBE:
		break;
	}
}

void br_glance_conclude(struct br_glance *glance, const struct br_learned_plan *plan)
{
	if (glance->harvest->truncated) {
		br_glance_stale(glance, differ);
		return;
	}
	if (glance->rows && br_alerts_tell_change(plan, glance->harvest)) {
		br_glance_stale(glance, "alert");
		return;
	}
	glance->digest = glance->sum ? glance->sum : 1;
	glance->verdict =
		glance->digest == glance->digest_before ? BR_GLANCE_SAME : BR_GLANCE_CHANGED;
	br_glance_finish(glance, BR_OK);
}
