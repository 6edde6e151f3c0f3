/*
 * inside.h - what the files of the engine tell each other; for nobody else.
 *
 * fleet.c has the printers and who stands in line, slot.c is one conversation and what it is
 * made of, flight.c lets it fly: sends, hears, waits, ends.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_INSIDE_H
#define BR_FLEET_INSIDE_H

#include "fleet/fleet.h"
#include "fleet/heap.h"
#include "fleet/keys.h"
#include "fleet/pace.h"
#include "fleet/patience.h"
#include "fleet/port.h"
#include "fleet/ring.h"
#include "fleet/table.h"

enum br_printer_state {
	BR_PRINTER_IDLE,
	BR_PRINTER_IN_LINE, /* in its lane's line */
	BR_PRINTER_BEHIND,  /* another one is asked at the same address */
	BR_PRINTER_FLYING,
};

struct br_fleet_printer {
	struct br_ring all;  /* of the engine */
	struct br_ring line; /* its lane's, or behind a slot */
	struct br_slot *slot;
	struct br_lane *lane;
	const struct br_profile *profile;
	void *user;
	struct br_fleet_v3 *v3; /* NULL but in v3 */
	uint8_t *learned;
	const struct br_mib *mib;   /* of the last full reading */
	struct br_harvest *answers; /* kept, of the last full reading; or NULL */
	uint64_t digest;            /* of the last glance */
	int64_t glanced_ms;
	uint32_t uptime;
	union br_address address;
	struct br_pulse pulse;
	uint16_t learned_len;
	uint8_t state, want; /* enum br_printer_state, enum br_want */
	uint8_t alerts;      /* rows of its alert table at the last glance */
	uint8_t moves; /* readings running for which its counter of changes alone was a reason
			*/
	bool telling, doomed; /* its result is being told; it was removed meanwhile */
};

/* A counter that moved so often, and nothing with it, is not believed until the printer is
 * wanted in full, which is about once a day. */
enum { BR_MOVES_BELIEVED = 3 };

/* A place for one conversation, and the conversation. */
struct br_slot {
	struct br_fleet_printer *printer;
	struct br_wing *wing;
	struct br_seat seat;       /* in its wing's table */
	struct br_ring wait;       /* in its lane, to send; or among those that are free */
	struct br_ring behind;     /* printers at the same address */
	struct br_heap_node timer; /* never later than what is next due */
	bool flying;               /* a question is out */
	bool batched;              /* its datagram lies in the port's batch */
	bool glancing, relearned;  /* relearned: asked anew because of its engine id */
	bool resent;               /* at once, since the first one was too large for the way */
	int noted;                 /* errno of an ICMP that may not be the last word; 0: none */
	bool warned;               /* it was said of an earlier attempt */
	const char *stale_because;
	unsigned attempt, questions, silences;
	size_t counted;                  /* of its memory, in the engine's sum */
	int64_t started_ms, deadline_ms; /* of the whole */
	int64_t first_ms, until_ms; /* when the question first went out; this attempt's end */
	enum br_status network;     /* what the socket or ICMP said, before all else */
	struct br_error error;
	struct br_session session;
	struct br_harvest harvest;
	union {
		struct br_conversation talk;
		struct br_glance glance;
	};
};

/* All of one address family. */
struct br_wing {
	struct br_fleet *fleet;
	struct br_port port;
	struct br_table table;
	struct br_pacer pacer;
	unsigned window, in_flight;
};

enum { BR_WINGS = 2 };

struct br_fleet {
	struct br_fleet_options options;
	br_fleet_fn told;
	void *user;
	int epoll;
	int64_t now_ms, asleep_ms; /* asleep_ms: br_clock_asleep_ms() at the last step */
	struct br_wing wings[BR_WINGS];
	struct br_ring printers, slots; /* all; those that are free */
	struct br_heap timers;
	struct br_keys keys;
	struct br_pulse pulse; /* of all printers */
	struct br_siphash_key secret;
	uint64_t drawn;         /* of the secret */
	size_t n_slots, octets; /* octets: of printers, slots and what is kept of them */
	bool starved;           /* no memory for another slot: one must become free first */
	bool telling, closing;  /* closing: it was closed by somebody who is being told */
	unsigned undrained;     /* steps in a row that left datagrams in the socket */
	struct br_buf learned;  /* of the reading that ends */
	struct br_fleet_health health;
};

/* slot.c */
struct br_slot *br_slot_open(struct br_fleet *fleet); /* NULL: no memory */
void br_slot_close(struct br_slot *slot);
/* What a glance at it goes by; without session and seed. */
struct br_glance_options br_printer_before(const struct br_fleet_printer *printer);
void br_slot_start(struct br_fleet *fleet, struct br_slot *slot, enum br_want want);
bool br_slot_next(struct br_slot *slot, int64_t now_ms, uint8_t *room, const uint8_t **at,
		  size_t *len);
bool br_slot_hear(struct br_slot *slot, int64_t now_ms, uint8_t *data, size_t len);
void br_slot_silence(struct br_slot *slot);
void br_slot_stop(struct br_slot *slot);
enum br_status br_slot_status(const struct br_slot *slot);
const struct br_error *br_slot_error(const struct br_slot *slot);
bool br_slot_answered(const struct br_slot *slot);
void br_slot_blame(struct br_slot *slot, int code); /* errno: what the end is told with */
size_t br_slot_memory(const struct br_slot *slot);

/* end.c: the conversation is over: asked once more, or told. */
void br_flight_end(struct br_fleet *fleet, struct br_slot *slot);

/* flight.c */
extern const struct br_port_ears br_flight_ears; /* but for user, which is the wing */
void br_flight_begin(struct br_fleet *fleet, struct br_slot *slot, enum br_want want);
void br_flight_ground(struct br_slot *slot); /* what it was about to send is not sent */
void br_flight_drop(struct br_fleet *fleet, struct br_slot *slot); /* nobody is told */
void br_flight_expire(struct br_fleet *fleet);
void br_flight_put_off(struct br_fleet *fleet, int64_t by);
void br_flight_pump(struct br_wing *wing);
bool br_flight_may_launch(const struct br_wing *wing);

/* fleet.c */
void br_printer_line(struct br_fleet *fleet, struct br_fleet_printer *printer, bool front);
void br_printer_free(struct br_fleet *fleet, struct br_fleet_printer *printer);
void br_printer_tell(struct br_fleet *fleet, struct br_fleet_printer *printer,
		     const struct br_fleet_result *result);
enum br_status br_printer_learn(struct br_fleet *fleet, struct br_fleet_printer *printer,
				struct br_view learned) BR_MUST_CHECK;
void br_printer_forget(struct br_fleet *fleet, struct br_fleet_printer *printer);
struct br_wing *br_wing_of(struct br_fleet *fleet, const union br_address *address);

#endif
