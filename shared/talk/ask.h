/*
 * ask.h - which names to ask next, so that few questions bring everything that is wanted.
 *
 * A cursor walks one column; a group is the columns of one table. The first column of a group
 * (its key) is asked ahead and tells how many rows there are. From then on it is known how many
 * values each column still owes, and a GETBULK is made up so that nothing comes that was not
 * wanted: columns that owe one value are non-repeaters, those that owe as many as the
 * repetitions (or more) are repeaters. Replies may be cut anywhere; what did not come is asked
 * again.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_ASK_H
#define BR_TALK_ASK_H

#include "decode/harvest.h"
#include "decode/pdu.h"

#define BR_ASK_CURSORS      144
#define BR_ASK_GROUPS       52
#define BR_ASK_NAME         46 /* column and index together; a longer one ends its column */
#define BR_ASK_INDEX        20
#define BR_ASK_ONE_A_DEVICE 16 /* a table of no more rows than this has one a printer */

/*
 * One column. Where it stands is the last answer that it took, and that is in the harvest: so a
 * fleet of conversations does not keep every name twice.
 */
struct br_cursor {
	uint32_t column; /* its arc, behind the prefix of its table */
	uint32_t at; /* of the name where it stands, in the harvest; nothing while rows is 0 */
	uint8_t rows;
	uint8_t group;
	uint8_t weight; /* octets that a value is expected to take in a reply */
	bool done : 1;  /* nothing more to ask */
	bool left : 1;  /* done because the column ended, not because the key said so */
	bool looks : 1; /* has all known rows, of a casual table */
};

struct br_group {
	const uint8_t *prefix; /* of the table, lent: what a name must share to be in it */
	uint8_t prefix_len;
	uint8_t first, n; /* cursors */
	uint8_t key;      /* the cursor that is asked ahead */
	uint8_t cap;      /* most rows that are read */
	bool exact : 1;   /* one row, whose index is known: each column is one instance */
	bool key_done : 1;
	bool casual : 1; /* its last column looks for more rows only where that costs no
			    question */
	uint16_t rows;   /* known */
	uint8_t index_len;
	uint8_t index[BR_ASK_INDEX]; /* of the last known row */
};

struct br_ask {
	uint8_t n_cursors, n_groups;
	struct br_cursor cursors[BR_ASK_CURSORS];
	struct br_group groups[BR_ASK_GROUPS];
	/* the question that is out: cursors in the order of its names */
	uint8_t n_asked, non_repeaters, repetitions;
	uint8_t asked[BR_PDU_MAX_NAMES];
	bool endless;  /* a column went on beyond its cap */
	bool too_long; /* an index was too long to follow */
	bool backward; /* a column was left because its names did not increase */
};

/* What the printer was found to stand. Learned in one reading, of use in the next. */
struct br_tolerance {
	bool no_bulk;            /* GETBULK is not answered, or wrongly */
	uint8_t max_names;       /* names in a question */
	uint16_t reply_octets;   /* that a reply may be expected to hold */
	uint8_t max_repetitions; /* ceiling of GETBULK */
};

void br_ask_init(struct br_ask *ask);

/*
 * A table: columns of one prefix, the key first; or one row of a table whose index is known.
 * False when there is no room. The prefix is lent until the end: it is of a static table, or of
 * a maker's row.
 */
bool br_ask_table(struct br_ask *ask, const uint8_t *prefix, size_t prefix_len, uint8_t cap);
bool br_ask_row(struct br_ask *ask, const uint8_t *prefix, size_t prefix_len,
		const uint8_t *index, size_t index_len);
bool br_ask_column(struct br_ask *ask, uint32_t column,
		   uint8_t weight); /* of the last of them */

/* True if the name is that of an instance (exact) or of a column that has its cursor. */
bool br_ask_has(const struct br_ask *ask, const uint8_t *name, size_t len, bool exact);

/* Chooses what the next question asks; false when every cursor is done. */
bool br_ask_choose(struct br_ask *ask, const struct br_tolerance *tolerance);

/* The names that were chosen, for the question; names has room for BR_PDU_MAX_NAMES. */
void br_ask_names(const struct br_ask *ask, const struct br_harvest *harvest,
		  struct br_oid *names);

enum br_ask_verdict {
	BR_ASK_GOOD,     /* took what came */
	BR_ASK_NOTHING,  /* an answer without anything: as if it were silence */
	BR_ASK_BACKWARD, /* names did not increase */
	BR_ASK_BROKEN,   /* the list does not parse */
	BR_ASK_MEMORY,
};

/*
 * Takes an answer's list into the harvest, which is the same each time and is not emptied
 * between. A column ends where the harvest takes no more. With strict, a name that does not
 * increase ends its cursor; without it the rest of the answer is left and BR_ASK_BACKWARD says
 * to ask again in another way.
 */
enum br_ask_verdict br_ask_take(struct br_ask *ask, struct br_ber varbinds, bool strict,
				struct br_harvest *harvest);

/* An answer comes: of thousands of conversations, this one's is in no cache any more. */
void br_ask_expect(const struct br_ask *ask);

/* Gives up the k-th name of the question that is out (1: the first), or all of them (0). */
void br_ask_drop(struct br_ask *ask, size_t k);

/* How many single instances are still to be asked. */
size_t br_ask_owes_exact(const struct br_ask *ask);

/* True if the group of this prefix has told all its rows. */
bool br_ask_group_done(const struct br_ask *ask, const uint8_t *prefix, size_t prefix_len);

/* The greatest name that comes before: its GETNEXT is the name itself. */
void br_oid_before(struct br_oid *oid);

#endif
