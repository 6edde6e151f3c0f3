/*
 * station_test.c - the table and the heap, against a plain search.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/station.h"

#include <stdio.h>
#include <stdlib.h>

static struct collector_station *add(struct collector_stations *stations, unsigned i)
{
	char target[40];
	struct collector_station *station;

	snprintf(target, sizeof target, "udp:10.0.%u.%u:161", i / 250, i % 250);
	station = collector_station_add(stations, br_view(target));
	CHECK(station && collector_station_find(stations, br_view(target)) == station);
	return station;
}

static void first_is_least(const struct collector_stations *stations)
{
	const struct collector_station *first = collector_station_first(stations);

	for (size_t i = 0; i < stations->n; i++)
		if (stations->all[i]->queue_at != COLLECTOR_NOT_QUEUED)
			CHECK(first && first->due.at <= stations->all[i]->due.at);
}

TEST(a_thousand_in_and_out)
{
	struct collector_stations stations = {0};
	uint32_t seed = 7;

	for (unsigned i = 0; i < 1000; i++)
		(void)add(&stations, i);
	CHECK_INT(stations.n, 1000);
	for (unsigned round = 0; round < 5000; round++) {
		struct collector_station *station;

		seed = seed * 1664525 + 1013904223;
		station = stations.all[(seed >> 8) % stations.n];
		station->due.at = seed >> 20;
		if (seed & 0x40)
			collector_station_unqueue(&stations, station);
		else
			collector_station_queue(&stations, station);
		if (round % 50 == 0)
			first_is_least(&stations);
		if (round % 10 == 9)
			collector_station_remove(&stations, station);
	}
	CHECK_INT(stations.n, 500);
	for (size_t i = 0; i < stations.n; i++)
		CHECK(collector_station_find(&stations, br_view(stations.all[i]->target)) ==
		      stations.all[i]);
	first_is_least(&stations);
	collector_stations_clear(&stations);
}

TEST(heap_gives_them_in_order)
{
	struct collector_stations stations = {0};
	uint32_t seed = 1;
	int64_t last = 0;

	for (unsigned i = 0; i < 500; i++) {
		struct collector_station *station = add(&stations, i);

		seed = seed * 1664525 + 1013904223;
		station->due.at = seed >> 4;
		collector_station_queue(&stations, station);
	}
	while (collector_station_first(&stations)) {
		struct collector_station *first = collector_station_first(&stations);

		CHECK(first->due.at >= last);
		last = first->due.at;
		collector_station_unqueue(&stations, first);
	}
	CHECK_INT(stations.n, 500);
	collector_stations_clear(&stations);
}

TEST(printers_behind_one)
{
	struct collector_stations stations = {0};
	struct collector_station *station = add(&stations, 1);

	CHECK(collector_station_know(station, 1, 10));
	CHECK(collector_station_know(station, 2, 11));
	CHECK(collector_station_know(station, 2, 12)); /* another printer at this device */
	CHECK(collector_station_know(station, 3, 10)); /* the printer at another device */
	CHECK_INT(station->n_ids, 2);
	CHECK(collector_station_has(station, 12) && collector_station_has(station, 10));
	CHECK(!collector_station_has(station, 11));
	collector_station_forget(station, 10);
	CHECK_INT(station->n_ids, 1);
	for (uint32_t i = 0; i < 40; i++)
		CHECK(collector_station_know(station, 100 + i, 100 + i));
	CHECK_INT(station->n_ids, BR_MAX_DEVICES);
	collector_stations_clear(&stations);
}

TEST(empty)
{
	struct collector_stations stations = {0};

	CHECK(collector_station_find(&stations, br_view("udp:x:161")) == NULL);
	CHECK(collector_station_first(&stations) == NULL);
	collector_stations_clear(&stations);
	collector_stations_clear(&stations);
}
