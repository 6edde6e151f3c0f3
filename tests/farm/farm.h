/*
 * farm.h - the simulated fleet: printers on loopback addresses that answer from recordings.
 *
 * farm.c makes the fleet, fault.c says what ails a printer, answer.c answers one datagram,
 * script.c lets time pass, wire.c has the socket, count.c keeps the books. README.md is the
 * manual.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_FARM_H
#define BR_TESTS_FARM_H

#include "decode/agent.h"
#include "decode/pdu.h"

#include <stdint.h>
#include <stdio.h>

#define FARM_MESSAGE_MAX  8192
#define FARM_MAX_PROFILES 64

enum farm_bulk { FARM_BULK_GOOD, FARM_BULK_SILENT, FARM_BULK_ERROR, FARM_BULK_ONE };

/* All zero: a healthy printer. Percents are 0 to 100. */
struct farm_faults {
	double delay_ms, jitter_ms, late_ms;
	double loss, duplicate, reorder, truncate;
	size_t small, too_big; /* octets of a message; varbinds of a reply */
	uint64_t stall;        /* requests that are answered before silence */
	enum farm_bulk bulk;
	bool stalls, dead, serial, v1_only, lie_types, wrong_address, wrong_port;
	struct br_oid loop, endless; /* tables; empty: none */
};

/* A recording and the rows in it that differ from printer to printer. */
struct farm_profile {
	struct br_recording recording;
	size_t sys_name, uptime;         /* rows; n_rows: not there */
	size_t serial_first, serial_end; /* prtGeneralSerialNumber */
};

struct farm_printer {
	uint32_t address; /* host order */
	bool off;
	bool own_faults, own_profile; /* not shared with others */
	struct farm_faults *faults;
	struct farm_profile *profile;
	uint64_t busy_until_ns, requests;
};

struct farm_counts {
	uint64_t requests, replies, get, next, bulk, set, unknown, malformed;
	uint64_t names, values, bytes_in, bytes_out;
	uint64_t forbidden, community, lost, ignored, stray, send_errors;
};

struct farm_event;

struct farm {
	uint32_t base, stride;
	size_t n_printers;
	uint16_t port;
	bool as_recorded;
	struct br_view community;
	size_t max_message;
	double for_s;
	struct farm_profile profiles[FARM_MAX_PROFILES];
	size_t n_profiles;
	struct farm_printer *printers;
	struct farm_faults healthy; /* of all that have none of their own */
	struct farm_counts counts;
	uint64_t random, started_ns, now_ns;
	FILE *log;
	struct farm_event *events; /* by time; see script.c */
};

/* farm.c */
uint64_t farm_clock_ns(void);
bool farm_chance(struct farm *farm, double percent);
uint64_t farm_random(struct farm *farm, uint64_t below);
struct farm_printer *farm_printer_at(struct farm *farm, uint32_t address);
bool farm_parse_address(struct br_view text, uint32_t *address);
void farm_profile_index(struct farm_profile *profile);
/* Gives a printer a recording or faults of its own, so that they can be changed. */
struct farm_profile *farm_own_profile(struct farm_printer *printer);
struct farm_faults *farm_own_faults(struct farm_printer *printer);

/* fault.c: "ADDRESS|all:KIND[=VALUE]"; prints what is wrong with it. */
bool farm_fault(struct farm *farm, const char *text);

/* answer.c: length of the reply, 0 for silence. */
size_t farm_answer(struct farm *farm, struct farm_printer *printer, const uint8_t *request,
		   size_t len, uint8_t *out, size_t size);

/* script.c: 0 from farm_script_run means that nothing is left to do. */
bool farm_script_load(struct farm *farm, const char *path);
uint64_t farm_script_run(struct farm *farm);
void farm_script_clear(struct farm *farm);

/* count.c */
void farm_count_request(struct farm *farm, const uint8_t *request, size_t len);
void farm_count_print(const struct farm *farm);

/* wire.c: opens the socket, says "ready", serves until told to stop. */
bool farm_serve(struct farm *farm);

#endif
