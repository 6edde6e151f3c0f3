/*
 * fleet.c - the printers, who of them stands in line, and the step that moves everything.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/fleet.h"

#include "base/clock.h"
#include "base/random.h"
#include "fleet/inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
	RECEIVE_BUFFER = 8 << 20,
	BATCHES_AT_ONCE = 32, /* received before anything else gets its turn */
	UNDRAINED_MAX = 16,   /* then all that a full buffer held has been heard */
};

static void init_wing(struct br_fleet *fleet, struct br_wing *wing, int family)
{
	struct br_port_ears ears = br_flight_ears;

	ears.user = wing;
	wing->fleet = fleet;
	br_port_init(&wing->port, family, fleet->epoll, &ears);
	br_pacer_init(&wing->pacer, fleet->options.pace, &fleet->secret);
}

enum br_status br_fleet_open(struct br_fleet **out, const struct br_fleet_options *options,
			     br_fleet_fn told, void *user, struct br_error *err)
{
	struct br_fleet *fleet = calloc(1, sizeof *fleet);

	*out = NULL;
	if (!fleet)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	fleet->options = *options;
	fleet->told = told;
	fleet->user = user;
	fleet->now_ms = br_clock_ms();
	fleet->asleep_ms = br_clock_asleep_ms();
	br_ring_init(&fleet->printers);
	br_ring_init(&fleet->slots);
	br_buf_init(&fleet->learned, BR_LEARNED_MAX);
	if (!br_random((uint8_t *)&fleet->secret, sizeof fleet->secret)) {
		free(fleet);
		return br_fail(err, BR_E_NETWORK, "no random numbers to be had");
	}
	fleet->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (fleet->epoll < 0) {
		enum br_status status =
			br_fail(err, BR_E_NETWORK, "no epoll: %s", strerror(errno));

		free(fleet);
		return status;
	}
	init_wing(fleet, &fleet->wings[0], AF_INET);
	init_wing(fleet, &fleet->wings[1], AF_INET6);
	*out = fleet;
	return BR_OK;
}

static void close_wing(struct br_wing *wing)
{
	br_port_close(&wing->port);
	br_table_close(&wing->table);
	br_pacer_clear(&wing->pacer);
}

void br_fleet_close(struct br_fleet *fleet)
{
	struct br_ring *node;

	if (!fleet)
		return;
	fleet->closing = true;
	if (fleet->telling) /* br_fleet_step does it when it is done */
		return;
	while (!br_ring_empty(&fleet->printers))
		br_fleet_remove(fleet, BR_RING_OWNER(fleet->printers.next,
						     struct br_fleet_printer, all));
	while ((node = br_ring_take(&fleet->slots)))
		br_slot_close(BR_RING_OWNER(node, struct br_slot, wait));
	for (int i = 0; i < BR_WINGS; i++)
		close_wing(&fleet->wings[i]);
	br_keys_close(&fleet->keys);
	br_heap_clear(&fleet->timers);
	br_buf_clear(&fleet->learned);
	close(fleet->epoll);
	explicit_bzero(fleet, sizeof *fleet);
	free(fleet);
}

struct br_wing *br_wing_of(struct br_fleet *fleet, const union br_address *address)
{
	return &fleet->wings[address->any.sa_family == AF_INET6];
}

/* At the first printer of its family. What is in flight must find room in the buffer, of which
 * the kernel may hold back a quarter that was read already. */
static enum br_status open_wing(struct br_wing *wing, struct br_error *err)
{
	const struct br_fleet_options *options = &wing->fleet->options;
	unsigned octets = options->receive_buffer ? options->receive_buffer : RECEIVE_BUFFER;
	unsigned most = options->in_flight ? options->in_flight : BR_FLEET_IN_FLIGHT;
	enum br_status status;

	if (wing->port.fd >= 0)
		return BR_OK;
	status = br_port_open(&wing->port, octets, err);
	if (status != BR_OK)
		return status;
	wing->window = wing->port.receive_buffer / 4 * 3 / BR_PORT_REPLY;
	if (wing->window > most)
		wing->window = most;
	if (wing->window == 0)
		wing->window = 1;
	if (br_table_open(&wing->table, wing->window, &wing->fleet->secret))
		return BR_OK;
	br_port_close(&wing->port);
	return br_fail(err, BR_E_MEMORY, "out of memory");
}

enum br_status br_fleet_add(struct br_fleet *fleet, const union br_address *address,
			    const struct br_profile *profile, void *user,
			    struct br_fleet_printer **out, struct br_error *err)
{
	struct br_wing *wing = br_wing_of(fleet, address);
	struct br_fleet_printer *printer;
	enum br_status status;

	*out = NULL;
	if (address->any.sa_family != AF_INET && address->any.sa_family != AF_INET6)
		return br_fail(err, BR_E_NAME, "not an IP address");
	status = open_wing(wing, err);
	if (status != BR_OK)
		return status;
	printer = calloc(1, sizeof *printer);
	if (!printer)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	br_ring_init(&printer->all);
	br_ring_init(&printer->line);
	printer->address = *address;
	printer->profile = profile;
	printer->user = user;
	printer->lane = br_pacer_enter(&wing->pacer, address);
	if (!printer->lane)
		status = br_fail(err, BR_E_MEMORY, "out of memory");
	else if (profile->version == BR_SNMP_V3)
		status = br_keys_enter(&fleet->keys, profile, &printer->v3, err);
	br_ring_append(&fleet->printers, &printer->all);
	fleet->health.printers++;
	fleet->octets += sizeof *printer;
	if (status != BR_OK)
		br_printer_free(fleet, printer);
	else
		*out = printer;
	return status;
}

void br_printer_forget(struct br_fleet *fleet, struct br_fleet_printer *printer)
{
	fleet->octets -= printer->learned_len;
	free(printer->learned);
	printer->learned = NULL;
	printer->learned_len = 0;
	printer->digest = 0;
	printer->uptime = 0;
	printer->mib = NULL;
	if (!printer->answers)
		return;
	fleet->octets -= sizeof *printer->answers + printer->answers->cap;
	br_harvest_clear(printer->answers);
	free(printer->answers);
	printer->answers = NULL;
}

enum br_status br_printer_learn(struct br_fleet *fleet, struct br_fleet_printer *printer,
				struct br_view learned)
{
	uint8_t *octets = printer->learned_len == learned.len ? printer->learned : NULL;

	if (octets) { /* mostly it is as long as it was: the same memory does */
		fleet->octets -= printer->learned_len;
		printer->learned = NULL;
		printer->learned_len = 0;
	}
	br_printer_forget(fleet, printer);
	if (learned.len == 0 || learned.len > BR_LEARNED_MAX)
		return BR_OK;
	if (!octets)
		octets = malloc(learned.len);
	if (!octets)
		return BR_E_MEMORY;
	memcpy(octets, learned.at, learned.len);
	printer->learned = octets;
	printer->learned_len = (uint16_t)learned.len;
	fleet->octets += learned.len;
	return BR_OK;
}

void br_printer_free(struct br_fleet *fleet, struct br_fleet_printer *printer)
{
	br_printer_forget(fleet, printer);
	br_keys_leave(&fleet->keys, printer->v3);
	if (printer->lane)
		br_pacer_leave(&br_wing_of(fleet, &printer->address)->pacer, printer->lane);
	br_ring_remove(&printer->all);
	fleet->health.printers--;
	fleet->octets -= sizeof *printer;
	free(printer);
}

void br_fleet_remove(struct br_fleet *fleet, struct br_fleet_printer *printer)
{
	if (!printer)
		return;
	br_fleet_cancel(fleet, printer);
	if (printer->telling)
		printer->doomed = true;
	else
		br_printer_free(fleet, printer);
}

void br_printer_tell(struct br_fleet *fleet, struct br_fleet_printer *printer,
		     const struct br_fleet_result *result)
{
	if (fleet->closing)
		return;
	printer->telling = fleet->telling = true;
	fleet->told(fleet->user, result);
	printer->telling = fleet->telling = false;
	if (!printer->doomed)
		return;
	br_fleet_cancel(fleet, printer); /* asked after it was removed */
	br_printer_free(fleet, printer);
}

enum br_status br_fleet_know(struct br_fleet *fleet, struct br_fleet_printer *printer,
			     const struct br_fleet_known *known)
{
	if (printer->state == BR_PRINTER_FLYING) /* what it has is in use, and newer */
		return BR_OK;
	if (printer->v3 && known->engine.len)
		br_fleet_v3_keep(printer->v3, known->engine, known->boots, known->engine_time,
				 br_clock_ms());
	if (!br_learned_sound(known->learned))
		return BR_OK;
	return br_printer_learn(fleet, printer, known->learned);
}

void br_printer_line(struct br_fleet *fleet, struct br_fleet_printer *printer, bool front)
{
	struct br_pacer *pacer = &br_wing_of(fleet, &printer->address)->pacer;

	printer->state = BR_PRINTER_IN_LINE;
	if (front)
		br_ring_prepend(&printer->lane->line, &printer->line);
	else
		br_ring_append(&printer->lane->line, &printer->line);
	br_pacer_settle(pacer, printer->lane);
	fleet->health.in_line++;
}

void br_fleet_ask(struct br_fleet *fleet, struct br_fleet_printer *printer, enum br_want want)
{
	if (printer->state != BR_PRINTER_IDLE) {
		if (printer->want < want)
			printer->want = (uint8_t)want;
		return;
	}
	printer->want = (uint8_t)want;
	br_printer_line(fleet, printer, false);
}

void br_fleet_cancel(struct br_fleet *fleet, struct br_fleet_printer *printer)
{
	switch ((enum br_printer_state)printer->state) {
	case BR_PRINTER_IDLE:
		break;
	case BR_PRINTER_IN_LINE:
		fleet->health.in_line--;
		br_ring_remove(&printer->line);
		br_pacer_settle(&br_wing_of(fleet, &printer->address)->pacer, printer->lane);
		break;
	case BR_PRINTER_BEHIND:
		br_ring_remove(&printer->line);
		break;
	case BR_PRINTER_FLYING:
		br_flight_drop(fleet, printer->slot);
		break;
	}
	printer->state = BR_PRINTER_IDLE;
}

int br_fleet_fd(const struct br_fleet *fleet)
{
	return fleet->epoll;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t br_fleet_next_ms(const struct br_fleet *fleet)
{
	const struct br_heap_node *first = br_heap_first(&fleet->timers);
	int64_t next = first ? first->at : INT64_MAX;

	for (int i = 0; i < BR_WINGS; i++) {
		const struct br_wing *wing = &fleet->wings[i];
		const struct br_port *port = &wing->port;

		if (port->deaf_until_ms)
			next = earlier(next, port->deaf_until_ms);
		if (port->rest_until_ms)
			next = earlier(next, port->rest_until_ms);
		else if (!port->full && (br_flight_may_launch(wing) || port->n ||
					 !br_ring_empty(&wing->pacer.senders)))
			return fleet->now_ms;
		next = earlier(next, br_pacer_next_ms(&wing->pacer));
	}
	return next;
}

bool br_fleet_busy(const struct br_fleet *fleet)
{
	return fleet->health.in_line || fleet->wings[0].in_flight || fleet->wings[1].in_flight;
}

/* Answers are heard before timers ring: one that lies in the buffer has come in time. False:
 * more may lie there. */
static bool receive(struct br_wing *wing)
{
	struct br_fleet *fleet = wing->fleet;

	for (int n = 0; n < BATCHES_AT_ONCE; n++) {
		bool more = br_port_receive(&wing->port, fleet->now_ms);

		br_flight_pump(wing);
		if (!more)
			return true;
		fleet->now_ms = br_clock_ms();
	}
	return false;
}

static void tell_time(struct br_fleet *fleet)
{
	enum { SUSPEND_MS = 1000 }; /* less is two clocks read one after the other */
	int64_t slept = br_clock_asleep_ms() - fleet->asleep_ms;

	fleet->now_ms = br_clock_ms();
	if (slept > -SUSPEND_MS && slept < SUSPEND_MS)
		return;
	fleet->asleep_ms += slept;
	br_flight_put_off(fleet, slept);
}

void br_fleet_step(struct br_fleet *fleet)
{
	bool drained = true;

	tell_time(fleet);
	for (int i = 0; i < BR_WINGS; i++) {
		br_pacer_clock(&fleet->wings[i].pacer, fleet->now_ms);
		if (fleet->wings[i].port.fd >= 0)
			drained = receive(&fleet->wings[i]) && drained;
	}
	/* A flood that never ends must not stop the clock. */
	if (drained || ++fleet->undrained > UNDRAINED_MAX) {
		fleet->undrained = 0;
		br_flight_expire(fleet);
	}
	for (int i = 0; i < BR_WINGS; i++)
		br_flight_pump(&fleet->wings[i]);
	if (fleet->closing)
		br_fleet_close(fleet);
}

void br_fleet_wait(struct br_fleet *fleet, int64_t deadline_ms)
{
	struct epoll_event events[BR_WINGS];
	int64_t left = earlier(br_fleet_next_ms(fleet), deadline_ms) - br_clock_ms();

	if (left > 0)
		(void)epoll_wait(fleet->epoll, events, BR_WINGS,
				 left > 60000 ? 60000 : (int)left);
	br_fleet_step(fleet);
}

void br_fleet_health(const struct br_fleet *fleet, struct br_fleet_health *health)
{
	*health = fleet->health;
	health->octets = sizeof *fleet + fleet->octets;
	for (int i = 0; i < BR_WINGS; i++) {
		const struct br_wing *wing = &fleet->wings[i];

		health->in_flight += wing->in_flight;
		health->window += wing->window;
		health->receive_buffer += wing->port.receive_buffer;
		health->send_buffer += wing->port.send_buffer;
		health->dropped += wing->port.dropped;
		health->octets += br_port_memory(&wing->port) +
				  wing->table.mask * sizeof(struct br_seat *) +
				  wing->pacer.n_lanes * sizeof(struct br_lane);
	}
}
