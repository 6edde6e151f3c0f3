/*
 * station.h - what is asked: one address with its profile, and the printers behind it.
 *
 * Mostly one printer; behind a print server several. The table finds a station by its target,
 * the heap knows whose slot comes first.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_STATION_H
#define BR_COLLECTOR_STATION_H

#include "settings.h"

struct collector_id {
	uint32_t device; /* hrDeviceIndex */
	int64_t id;      /* of the store */
};

#define COLLECTOR_NOT_QUEUED SIZE_MAX

struct collector_station {
	char *target;     /* canonical, without device */
	const char *name; /* in the configuration, lent by it; NULL: none */
	uint32_t hash;
	struct collector_access *access;      /* profile, counted */
	struct collector_access *next_access; /* from a reload, once this asking is over */
	struct br_cadence cadence;
	struct br_schedule_slot slot;
	struct br_due due;
	union br_address address;
	struct br_fleet_printer *printer; /* NULL: it has no address yet */
	int64_t resolved_at;              /* wall seconds; 0: a number, or not yet */
	struct collector_id *ids;
	uint8_t n_ids;
	bool fixed;     /* stands in the configuration */
	bool named;     /* its host is a name, not a number */
	bool resolving; /* the resolver has it */
	bool asked;     /* the fleet has it */
	bool leaving;   /* to be removed once it is not asked or resolved any more */
	bool tentative; /* found, but perhaps no printer */
	bool twin;      /* its printer is asked at another address */
	bool wanted;    /* seen by the reload that is under way */
	bool fresh;     /* asked for the first time since the start: late by no fault of ours */
	size_t all_at, queue_at;
	struct collector_station *next; /* in its bucket */
};

struct collector_stations {
	struct collector_station **all, **queue, **buckets;
	size_t n, cap, n_queued, n_buckets;
};

void collector_stations_clear(struct collector_stations *stations);

/* NULL: none, or out of memory. */
struct collector_station *collector_station_find(const struct collector_stations *stations,
						 struct br_view target);
struct collector_station *collector_station_add(struct collector_stations *stations,
						struct br_view target);
void collector_station_remove(struct collector_stations *stations,
			      struct collector_station *station);

/* Puts it where its due belongs, or takes it out. There is always room. */
void collector_station_queue(struct collector_stations *stations,
			     struct collector_station *station);
void collector_station_unqueue(struct collector_stations *stations,
			       struct collector_station *station);
struct collector_station *collector_station_first(const struct collector_stations *stations);

/* The printers behind it. False if there is no memory. */
bool collector_station_know(struct collector_station *station, uint32_t device, int64_t id);
void collector_station_forget(struct collector_station *station, int64_t id);
bool collector_station_has(const struct collector_station *station, int64_t id);

#endif
