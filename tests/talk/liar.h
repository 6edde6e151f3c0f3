/*
 * liar.h - a printer in memory that answers from a recording and can be bent to lie.
 *
 * The honest answer of decode/agent.h is taken apart, handed to bend(), put together again,
 * handed to spoil() as octets, and heard by a conversation. Every datagram that the
 * conversation sends passes one place, which checks that it only asks, and for nothing that is
 * forbidden.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_LIAR_H
#define BR_TESTS_LIAR_H

#include "decode/agent.h"
#include "talk/conversation.h"

#define LIAR_ROWS   4096
#define LIAR_OCTETS 65507
#define LIAR_HELD   4

struct liar_row {
	const uint8_t *name;
	size_t name_len;
	uint8_t tag;
	const uint8_t *value;
	size_t len;
};

struct liar_asked {
	enum br_version version;
	uint8_t type;
	int32_t id, non_repeaters, repetitions; /* the last two of a GETBULK */
	size_t n;
	struct br_oid names[BR_PDU_MAX_NAMES];
};

struct liar_reply {
	bool silent;
	bool later;      /* comes after the next question was sent */
	unsigned copies; /* 1 */
	int version;
	uint8_t type;
	int32_t id, error, error_index;
	size_t n;
	struct liar_row rows[LIAR_ROWS];
};

struct liar {
	struct br_recording recording;
	struct br_agent agent;
	/* Bends an answer: rows may point anywhere that lasts, or into liar_keep(). May be
	 * NULL. */
	void (*bend)(struct liar *liar, const struct liar_asked *asked,
		     struct liar_reply *reply);
	void (*spoil)(struct liar *liar, uint8_t *datagram, size_t *len); /* may be NULL */
	long how;         /* for the bending test */
	uint64_t dice;    /* state of liar_roll */
	unsigned stop_at; /* the deadline passes instead of this answer; 0: never */
	struct br_conversation_options options;
	/* what came of it */
	unsigned sent, gets, nexts, bulks, biggest; /* datagrams; names in the largest */
	struct br_conversation talk;
	struct br_harvest harvest;
	struct liar_reply reply;
	uint8_t honest[LIAR_OCTETS], keep[LIAR_OCTETS];
	size_t kept, n_held, held_len[LIAR_HELD];
	uint8_t *held[LIAR_HELD];
};

/* From tests/recordings/NAME.snmprec, a path with a slash, or the lines themselves. Close it.
 */
struct liar *liar_open(const char *name);
struct liar *liar_open_text(const char *snmprec);
void liar_close(struct liar *liar);

/* Every .mib file there is; lent. */
struct br_makers *liar_makers(void);

/* One conversation from its start to its end; what was held from before is forgotten. */
void liar_talk(struct liar *liar);

/* What a printer behind it said: as br_read does it. device 0 and one printer: that one. */
void liar_read(const struct liar *liar, uint32_t device, struct br_reading *reading);
void liar_talk_and_read(struct liar *liar, struct br_reading *reading);

/* What the recording honestly says to the same options. */
void liar_honest(const struct liar *liar, struct br_reading *reading);

/* Checks that nothing is told that the honest reading does not tell; whole: and nothing is
 * missed. */
void liar_check_true(const struct br_reading *honest, const struct br_reading *got);
void liar_check_whole(const struct br_reading *honest, const struct br_reading *got);

/* Checks that what was gathered stands in the recording, value by value. */
void liar_check_harvest(const struct liar *liar);

bool liar_noted(const struct br_reading *reading, const char *words);

/* Octets that last until the answer was heard. */
uint8_t *liar_keep(struct liar *liar, const void *data, size_t len);
void liar_put(struct liar *liar, size_t row, uint8_t tag, const void *value, size_t len);
bool liar_row_below(const struct liar_row *row, const char *dotted);

uint32_t liar_roll(struct liar *liar, uint32_t below);

/* Fails the test if a datagram is anything but a question, or asks for what is forbidden. */
void liar_inspect(const uint8_t *datagram, size_t len, struct liar_asked *asked);

#endif
