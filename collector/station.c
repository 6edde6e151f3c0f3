/*
 * station.c - a table by target, and a heap by time. Neither is walked in the usual run.
 *
 * SPDX-License-Identifier: MIT
 */
#include "station.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS_MIN 64

static uint32_t hash_of(struct br_view text)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.at[i]) * 16777619u;
	/* Its low bits are weak, and neighbours are to be far apart in time. */
	hash ^= hash >> 15;
	hash *= 0x85ebca6bu;
	return hash ^ hash >> 13;
}

static void free_station(struct collector_station *station)
{
	collector_access_drop(station->access);
	collector_access_drop(station->next_access);
	free(station->ids);
	free(station->target);
	free(station);
}

void collector_stations_clear(struct collector_stations *stations)
{
	for (size_t i = 0; i < stations->n; i++)
		free_station(stations->all[i]);
	free(stations->all);
	free(stations->queue);
	free(stations->buckets);
	*stations = (struct collector_stations){0};
}

static struct collector_station **bucket_of(const struct collector_stations *stations,
					    uint32_t hash)
{
	return &stations->buckets[hash & (stations->n_buckets - 1)];
}

struct collector_station *collector_station_find(const struct collector_stations *stations,
						 struct br_view target)
{
	struct collector_station *station =
		stations->n_buckets ? *bucket_of(stations, hash_of(target)) : NULL;

	while (station && !br_view_is(target, station->target))
		station = station->next;
	return station;
}

/* Room for twice as many, in all three; false leaves them as they were. */
static bool grow(struct collector_stations *stations)
{
	size_t cap = stations->cap ? 2 * stations->cap : BUCKETS_MIN;
	struct collector_station **all = realloc(stations->all, cap * sizeof(void *)), **queue,
				 **buckets;

	if (!all)
		return false;
	stations->all = all;
	queue = realloc(stations->queue, cap * sizeof(void *));
	if (!queue)
		return false;
	stations->queue = queue;
	buckets = calloc(cap, sizeof(void *));
	if (!buckets)
		return false;
	free(stations->buckets);
	stations->buckets = buckets;
	stations->n_buckets = stations->cap = cap;
	for (size_t i = 0; i < stations->n; i++) {
		struct collector_station **bucket = bucket_of(stations, all[i]->hash);

		all[i]->next = *bucket;
		*bucket = all[i];
	}
	return true;
}

struct collector_station *collector_station_add(struct collector_stations *stations,
						struct br_view target)
{
	struct collector_station *station, **bucket;

	if (stations->n == stations->cap && !grow(stations))
		return NULL;
	station = calloc(1, sizeof *station);
	if (!station)
		return NULL;
	station->target = collector_text(target);
	if (!station->target) {
		free(station);
		return NULL;
	}
	station->hash = hash_of(target);
	station->fresh = true;
	station->queue_at = COLLECTOR_NOT_QUEUED;
	bucket = bucket_of(stations, station->hash);
	station->next = *bucket;
	*bucket = station;
	station->all_at = stations->n;
	stations->all[stations->n++] = station;
	return station;
}

void collector_station_remove(struct collector_stations *stations,
			      struct collector_station *station)
{
	struct collector_station **at = bucket_of(stations, station->hash);

	collector_station_unqueue(stations, station);
	while (*at != station)
		at = &(*at)->next;
	*at = station->next;
	stations->all[station->all_at] = stations->all[--stations->n];
	stations->all[station->all_at]->all_at = station->all_at;
	free_station(station);
}

static void place(struct collector_stations *stations, struct collector_station *station,
		  size_t at)
{
	stations->queue[at] = station;
	station->queue_at = at;
}

static void sift_up(struct collector_stations *stations, struct collector_station *station,
		    size_t at)
{
	while (at && stations->queue[(at - 1) / 2]->due.at > station->due.at) {
		place(stations, stations->queue[(at - 1) / 2], at);
		at = (at - 1) / 2;
	}
	place(stations, station, at);
}

static void sift_down(struct collector_stations *stations, struct collector_station *station,
		      size_t at)
{
	for (;;) {
		size_t child = 2 * at + 1;

		if (child + 1 < stations->n_queued &&
		    stations->queue[child + 1]->due.at < stations->queue[child]->due.at)
			child++;
		if (child >= stations->n_queued ||
		    stations->queue[child]->due.at >= station->due.at)
			break;
		place(stations, stations->queue[child], at);
		at = child;
	}
	place(stations, station, at);
}

void collector_station_queue(struct collector_stations *stations,
			     struct collector_station *station)
{
	collector_station_unqueue(stations, station);
	sift_up(stations, station, stations->n_queued++);
}

void collector_station_unqueue(struct collector_stations *stations,
			       struct collector_station *station)
{
	size_t at = station->queue_at;
	struct collector_station *last;

	if (at == COLLECTOR_NOT_QUEUED)
		return;
	station->queue_at = COLLECTOR_NOT_QUEUED;
	last = stations->queue[--stations->n_queued];
	if (last == station)
		return;
	if (at && stations->queue[(at - 1) / 2]->due.at > last->due.at)
		sift_up(stations, last, at);
	else
		sift_down(stations, last, at);
}

struct collector_station *collector_station_first(const struct collector_stations *stations)
{
	return stations->n_queued ? stations->queue[0] : NULL;
}

bool collector_station_know(struct collector_station *station, uint32_t device, int64_t id)
{
	struct collector_id *grown;

	for (uint8_t i = 0; i < station->n_ids; i++)
		if (station->ids[i].device == device || station->ids[i].id == id) {
			station->ids[i] = (struct collector_id){device, id};
			return true;
		}
	if (station->n_ids == BR_MAX_DEVICES)
		return true;
	grown = realloc(station->ids, (station->n_ids + 1u) * sizeof *grown);
	if (!grown)
		return false;
	station->ids = grown;
	station->ids[station->n_ids++] = (struct collector_id){device, id};
	return true;
}

void collector_station_forget(struct collector_station *station, int64_t id)
{
	uint8_t kept = 0;

	for (uint8_t i = 0; i < station->n_ids; i++)
		if (station->ids[i].id != id)
			station->ids[kept++] = station->ids[i];
	station->n_ids = kept;
}

bool collector_station_has(const struct collector_station *station, int64_t id)
{
	for (uint8_t i = 0; i < station->n_ids; i++)
		if (station->ids[i].id == id)
			return true;
	return false;
}
