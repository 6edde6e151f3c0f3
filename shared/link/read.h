/*
 * read.h - one target, all its readings: link, conversation and decoder put together.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_LINK_READ_H
#define BR_LINK_READ_H

#include "decode/makers.h"
#include "decode/snmp.h"
#include "link/crypto.h"
#include "link/link.h"
#include "link/profile.h"
#include "link/readings.h"
#include "talk/learned.h"

/* A wire with its envelope: what a conversation needs besides its questions. Open once, close.
 */
struct br_wire {
	struct br_target target; /* port settled */
	struct br_link link;
	struct br_session session;
	struct br_v3 v3;
	struct br_v3_user user;
	struct br_v3_crypto ops;
	struct br_crypto *crypto; /* NULL unless v3 */
	int64_t timeout_ms;       /* of one attempt */
	int64_t deadline_ms;      /* of the whole, monotonic */
	unsigned attempts;
	/* Told of every datagram as it goes out and comes in; may be NULL. */
	void (*trace)(void *user, bool out, const uint8_t *data, size_t len);
	void *trace_user;
};

/* The profile must outlive the wire. The deadline starts to run here. */
enum br_status br_wire_open(struct br_wire *wire, const struct br_target *target,
			    const struct br_profile *profile,
			    struct br_error *err) BR_MUST_CHECK;
void br_wire_close(struct br_wire *wire);

/* Anything that asks and hears as br_conversation does; a conversation and a walk are such. */
struct br_talker {
	bool (*next)(void *self, int64_t now_ms, uint8_t *buffer, size_t size,
		     const uint8_t **datagram, size_t *len);
	bool (*hear)(void *self, int64_t now_ms, uint8_t *datagram, size_t len);
	void (*silence)(void *self);
	void (*stop)(void *self);
	void *self;
	const enum br_status
		*status; /* how it ended, once next is false; and why, if not well */
	const struct br_error *error;
};

/* Drives a talker to its end; br_wire_run does so for a conversation. */
enum br_status br_wire_drive(struct br_wire *wire, const struct br_talker *talker,
			     struct br_error *err) BR_MUST_CHECK;

/* A first request id that others cannot guess, or anybody could answer for the printer. */
int32_t br_wire_seed(void);

/* Drives a conversation to its end. What the conversation found is in it; err is for the link.
 */
enum br_status br_wire_run(struct br_wire *wire, struct br_conversation *talk,
			   struct br_error *err) BR_MUST_CHECK;

struct br_read_options {
	const struct br_profile *profile;
	struct br_makers *makers;         /* may be NULL */
	const struct br_witness *witness; /* may be NULL */
	const struct br_mib **mib; /* where to say which maker's file was used; may be NULL */
	struct br_buf *learned;    /* for what it taught (talk/learned.h), empty if nothing; may
				      be NULL */
	void (*trace)(void *user, bool out, const uint8_t *data, size_t len);
	void *trace_user;
};

/*
 * Reads a target within its profile's deadline. BR_OK if at least one reading was handed over;
 * otherwise (and where memory did not do for all of them) err has the sentence. A target with a
 * device ("#2") gives that one only.
 */
enum br_status br_read(const struct br_target *target, const struct br_read_options *options,
		       br_reading_fn each, void *user, struct br_error *err) BR_MUST_CHECK;

#endif
