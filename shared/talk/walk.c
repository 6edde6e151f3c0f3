/*
 * walk.c - one cursor from the first root to the last, around what is forbidden.
 *
 * The first question is for one row: so a printer that fears GETBULK is heard, and the last
 * attempt of it is made in v1, for those that know nothing else. Behind a forbidden subtree the
 * cursor stands on the next name outside of it, which GETNEXT leaves out: hence a GET first.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/walk.h"

#include "talk/fence.h"

#include <string.h>

enum { ATTEMPTS = 3, REPETITIONS = 25, NEAR_REPETITIONS = 8, DETOURS = 16 };

/* Not walked: 25.4 to 25.6 (programs that run), 4, 6 and 7 (addresses of those who print). */
static const char *const usual_roots[] = {
	"1.3.6.1.2.1.1",    "1.3.6.1.2.1.2",  "1.3.6.1.2.1.25.1", "1.3.6.1.2.1.25.2",
	"1.3.6.1.2.1.25.3", "1.3.6.1.2.1.43", "1.3.6.1.4.1",
};

const struct br_oid *br_walk_usual(size_t *n, struct br_oid usual[BR_WALK_MAX_ROOTS])
{
	*n = 0;
	for (size_t i = 0; i < sizeof usual_roots / sizeof usual_roots[0]; i++)
		if (br_oid_parse(&usual[*n], usual_roots[i], strlen(usual_roots[i])) == BR_OK)
			++*n;
	return usual;
}

static int compare(const struct br_oid *a, const struct br_oid *b)
{
	return br_oid_compare(a->ber, a->len, b->ber, b->len);
}

static bool below(const struct br_oid *oid, const struct br_oid *prefix)
{
	return br_oid_below(oid->ber, oid->len, prefix->ber, prefix->len);
}

static const struct br_mib_never *forbidden(const struct br_walker *walker,
					    const struct br_oid *oid)
{
	return br_makers_never(walker->makers, oid->ber, oid->len);
}

enum br_status br_walk_may(struct br_makers *makers, const struct br_oid *root,
			   struct br_error *err)
{
	const struct br_mib_never *never = br_makers_never(makers, root->ber, root->len);
	char text[BR_OID_TEXT_SIZE];

	if (!never)
		return BR_OK;
	if (never->oid.len == 0)
		return br_fail(err, BR_E_MEMORY, "nothing is walked: %.*s", (int)never->why.len,
			       never->why.at);
	br_oid_format(text, sizeof text, root->ber, root->len);
	return br_fail(err, BR_E_UNSUPPORTED,
		       "%.80s is never walked, because of what stands there: %.*s", text,
		       (int)(never->why.len < 120 ? never->why.len : 120), never->why.at);
}

/* Keeps the roots in order and none below another. */
static void add_root(struct br_walker *walker, const struct br_oid *root)
{
	size_t at = 0, kept = 0;

	for (size_t i = 0; i < walker->n_roots; i++)
		if (below(root, &walker->roots[i]))
			return;
	for (size_t i = 0; i < walker->n_roots; i++)
		if (!below(&walker->roots[i], root))
			walker->roots[kept++] = walker->roots[i];
	walker->n_roots = kept;
	while (at < kept && compare(&walker->roots[at], root) < 0)
		at++;
	memmove(&walker->roots[at + 1], &walker->roots[at], (kept - at) * sizeof *root);
	walker->roots[at] = *root;
	walker->n_roots++;
}

static void finish(struct br_walker *walker, enum br_status status)
{
	walker->done = true;
	walker->out = false;
	walker->status = status;
}

static void begin_root(struct br_walker *walker)
{
	if (walker->root == walker->n_roots) {
		finish(walker, BR_OK);
		return;
	}
	walker->at = walker->roots[walker->root];
	walker->is_row = false;
	walker->walking = BR_WALKING_ON;
	walker->rows_before = walker->rows;
	walker->detours = 0;
}

static void end_root(struct br_walker *walker)
{
	if (walker->rows == walker->rows_before && walker->walking != BR_WALKING_ROOT) {
		walker->at = walker->roots[walker->root];
		walker->walking = BR_WALKING_ROOT;
		return;
	}
	walker->root++;
	begin_root(walker);
}

enum br_status br_walker_init(struct br_walker *walker, const struct br_walker_options *options,
			      struct br_harvest *harvest, struct br_error *err)
{
	struct br_oid usual[BR_WALK_MAX_ROOTS];
	const struct br_oid *roots = options->roots;
	size_t n = options->n_roots;

	memset(walker, 0, sizeof *walker);
	if (!roots)
		roots = br_walk_usual(&n, usual);
	if (n > BR_WALK_MAX_ROOTS)
		return br_fail(err, BR_E_LIMIT, "more than %d subtrees", BR_WALK_MAX_ROOTS);
	walker->session = options->session;
	walker->makers = options->makers;
	walker->harvest = harvest;
	walker->attempts = options->attempts ? options->attempts : ATTEMPTS;
	walker->max_repetitions =
		options->max_repetitions ? options->max_repetitions : REPETITIONS;
	walker->max_rows = options->max_rows ? options->max_rows : BR_WALK_ROWS;
	walker->request_id = options->seed & 0x3fffffff;
	walker->no_bulk = options->session.version == BR_SNMP_V1;
	for (size_t i = 0; i < n; i++) {
		enum br_status status = br_walk_may(options->makers, &roots[i], err);

		if (status != BR_OK)
			return status;
		add_root(walker, &roots[i]);
	}
	begin_root(walker);
	return BR_OK;
}

void br_walker_stop(struct br_walker *walker)
{
	if (walker->done)
		return;
	walker->partial = walker->cut_short = true;
	if (!walker->answered)
		br_fail(&walker->error, BR_E_TIMEOUT, "no answer before the deadline");
	finish(walker, walker->answered ? BR_OK : BR_E_TIMEOUT);
}

/* One row at a time beside a forbidden subtree, few at a time near it. */
static unsigned choose_repetitions(const struct br_walker *walker)
{
	const struct br_oid *never = br_fence_ahead(walker->makers, &walker->at);
	size_t apart = never ? br_fence_apart(&walker->at, never) : SIZE_MAX;

	if (walker->no_bulk || !walker->answered || apart <= 1)
		return 1;
	if (apart <= 3 && walker->max_repetitions > NEAR_REPETITIONS)
		return NEAR_REPETITIONS;
	return walker->max_repetitions;
}

static void put_cursor(struct br_walker *walker, const struct br_oid *at)
{
	walker->at = *at;
	walker->is_row = false;
	walker->walking = BR_WALKING_HERE;
}

/* Puts the cursor behind a forbidden subtree, and behind those that follow at once. */
static void go_around(struct br_walker *walker, const struct br_oid *never)
{
	struct br_oid at = *never;
	const struct br_mib_never *next;

	do {
		if (!br_oid_behind(&at)) {
			walker->at = *never;
			end_root(walker);
			return;
		}
		next = forbidden(walker, &at);
		if (next)
			at = next->oid;
	} while (next);
	put_cursor(walker, &at);
	if (!below(&at, &walker->roots[walker->root]))
		end_root(walker);
}

/* Settles where the cursor stands; false when everything is walked. */
static bool choose(struct br_walker *walker)
{
	while (!walker->done && walker->walking == BR_WALKING_ON) {
		const struct br_oid *never = br_fence_ahead(walker->makers, &walker->at);

		if (!never || !walker->is_row ||
		    !br_fence_touches(&walker->at, walker->scalar, never))
			break;
		go_around(walker, never);
	}
	return !walker->done;
}

static const uint8_t *write_question(struct br_walker *walker, int64_t now_ms, uint8_t *buffer,
				     size_t size, size_t *len)
{
	struct br_question question = {
		.type = BR_PDU_GET, .n_names = 1, .names = {&walker->at}};

	if (size > BR_REQUEST_MAX)
		size = BR_REQUEST_MAX;
	if (walker->walking == BR_WALKING_ON)
		question.type = walker->repetitions > 1 ? BR_PDU_GETBULK : BR_PDU_GETNEXT;
	question.request_id = walker->request_id;
	question.max_repetitions = (int32_t)walker->repetitions;
	question.again = walker->attempt > 0;
	return br_session_write(&walker->session, &question, now_ms, buffer, size, len);
}

bool br_walker_next(struct br_walker *walker, int64_t now_ms, uint8_t *buffer, size_t size,
		    const uint8_t **datagram, size_t *len)
{
	if (walker->done || (!walker->out && !choose(walker)))
		return false;
	if (!walker->out) {
		walker->request_id = (walker->request_id + 1) & INT32_MAX;
		walker->repetitions = choose_repetitions(walker);
		walker->out = true;
		walker->attempt = 0;
	}
	*datagram = write_question(walker, now_ms, buffer, size, len);
	if (!*datagram) {
		br_fail(&walker->error, BR_E_UNSUPPORTED, "the question cannot be written: %s",
			walker->session.version == BR_SNMP_V3 ? "no cipher"
							      : "community too long");
		finish(walker, BR_E_UNSUPPORTED);
		return false;
	}
	walker->questions++;
	return true;
}

static void stop_bulk(struct br_walker *walker)
{
	walker->no_bulk = walker->bulk_failed = true;
}

static bool is_bulk(const struct br_walker *walker)
{
	return walker->walking == BR_WALKING_ON && walker->repetitions > 1;
}

/* The printer cannot tell what comes next: goes on behind the column in which the cursor
 * stands. */
static void take_detour(struct br_walker *walker)
{
	struct br_oid at = walker->at;

	walker->partial = true;
	br_oid_parent(&at);
	if (++walker->detours > DETOURS || at.len == 0 || !br_oid_behind(&at) ||
	    !below(&at, &walker->roots[walker->root])) {
		end_root(walker);
		return;
	}
	if (forbidden(walker, &at))
		go_around(walker, &forbidden(walker, &at)->oid);
	else
		put_cursor(walker, &at);
}

/* A single name was asked for and is not there. */
static void leave_name(struct br_walker *walker)
{
	if (walker->walking == BR_WALKING_ROOT)
		end_root(walker);
	else
		walker->walking = BR_WALKING_ON;
}

static void hear_error(struct br_walker *walker, int32_t error)
{
	if (walker->walking != BR_WALKING_ON)
		leave_name(walker);
	else if (error == BR_PDU_TOO_BIG && walker->max_repetitions > 2 && is_bulk(walker))
		walker->max_repetitions = walker->repetitions / 2;
	else if (is_bulk(walker))
		stop_bulk(walker);
	else if (error == BR_PDU_NO_SUCH_NAME)
		end_root(walker);
	else
		take_detour(walker);
}

static enum br_status keep(struct br_walker *walker, const struct br_varbind *varbind)
{
	if (br_varbind_is_absent(varbind) && varbind->value.tag != BR_BER_NULL)
		return BR_OK;
	if (br_harvest_add(walker->harvest, varbind) != BR_OK) {
		br_fail(&walker->error, BR_E_MEMORY, "out of memory");
		finish(walker, BR_E_MEMORY);
		return BR_E_MEMORY;
	}
	walker->rows++;
	if (walker->rows < walker->max_rows && !walker->harvest->truncated)
		return BR_OK;
	walker->partial = walker->too_many = true;
	finish(walker, BR_OK);
	return BR_E_LIMIT;
}

/* One value of what came; false: leave the rest of the answer. */
static bool take(struct br_walker *walker, const struct br_varbind *varbind)
{
	const struct br_mib_never *never;
	struct br_oid name;

	if (varbind->value.tag == BR_BER_END_OF_MIB) {
		end_root(walker);
		return false;
	}
	if (br_oid_from_ber(&name, varbind->name, varbind->name_len) != BR_OK) {
		take_detour(walker);
		return false;
	}
	if (compare(&name, &walker->at) <= 0) {
		walker->backward = true;
		if (is_bulk(walker)) {
			stop_bulk(walker);
		} else {
			walker->partial = true;
			end_root(walker);
		}
		return false;
	}
	never = forbidden(walker, &name);
	if (never) {
		go_around(walker, &never->oid);
		return false;
	}
	if (!below(&name, &walker->roots[walker->root])) {
		end_root(walker);
		return false;
	}
	walker->scalar = walker->is_row && br_fence_scalars(&walker->at, &name);
	walker->at = name;
	walker->is_row = true;
	return keep(walker, varbind) == BR_OK;
}

static void count_dropped(struct br_walker *walker, struct br_ber varbinds)
{
	struct br_varbind varbind;
	bool broken;

	while (br_varbind_take(&varbinds, &varbind, &broken))
		walker->dropped +=
			!br_varbind_is_absent(&varbind) &&
			br_makers_never(walker->makers, varbind.name, varbind.name_len) != NULL;
}

static void hear_rows(struct br_walker *walker, struct br_ber varbinds)
{
	struct br_varbind varbind;
	bool broken, any = false, good = true;

	count_dropped(walker, varbinds);
	while (good && br_varbind_take(&varbinds, &varbind, &broken)) {
		any = true;
		good = take(walker, &varbind);
	}
	if (any || walker->done)
		return;
	if (is_bulk(walker))
		stop_bulk(walker);
	else
		take_detour(walker);
}

static void hear_name(struct br_walker *walker, struct br_ber varbinds)
{
	struct br_varbind varbind;
	bool broken;

	if (br_varbind_take(&varbinds, &varbind, &broken) &&
	    varbind.name_len == walker->at.len &&
	    memcmp(varbind.name, walker->at.ber, varbind.name_len) == 0 &&
	    !br_varbind_is_absent(&varbind)) {
		walker->is_row = true;
		if (keep(walker, &varbind) != BR_OK)
			return;
	}
	leave_name(walker);
}

bool br_walker_hear(struct br_walker *walker, int64_t now_ms, uint8_t *datagram, size_t len)
{
	struct br_answer answer;

	if (walker->done || !walker->out)
		return false;
	switch (br_session_read(&walker->session, walker->request_id, now_ms, datagram, len,
				&answer, &walker->error)) {
	case BR_HEARD_IGNORE:
		return false;
	case BR_HEARD_AGAIN:
		return true;
	case BR_HEARD_FAILED:
		finish(walker, BR_E_AUTH);
		return true;
	case BR_HEARD_ANSWER:
		break;
	}
	walker->answered = true;
	walker->out = false;
	if (answer.error != BR_PDU_NO_ERROR)
		hear_error(walker, answer.error);
	else if (walker->walking == BR_WALKING_ON)
		hear_rows(walker, answer.varbinds);
	else
		hear_name(walker, answer.varbinds);
	return true;
}

void br_walker_silence(struct br_walker *walker)
{
	if (walker->done || !walker->out)
		return;
	walker->attempt++;
	/* A column is lost with a question that is given up, so one that answers is asked
	 * longer. */
	if (walker->attempt < walker->attempts * (walker->answered ? 2 : 1)) {
		bool last = walker->attempt + 1 == walker->attempts;

		if (last && !walker->answered && walker->session.version == BR_SNMP_V2C) {
			walker->session.version = BR_SNMP_V1;
			walker->no_bulk = walker->v1_only = true;
		}
		return;
	}
	if (!walker->answered) {
		br_fail(&walker->error, BR_E_TIMEOUT, "no answer");
		finish(walker, BR_E_TIMEOUT);
		return;
	}
	walker->out = false;
	if (walker->walking != BR_WALKING_ON)
		leave_name(walker);
	else if (is_bulk(walker))
		stop_bulk(walker);
	else
		take_detour(walker);
}
