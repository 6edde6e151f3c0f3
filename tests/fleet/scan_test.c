/*
 * scan_test.c - who is found by a scan of the simulated fleet, and what is not believed.
 *
 * On 127/8 every address echoes, and refuses at once what no printer listens for.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "check.h"
#include "decode/pdu.h"
#include "fleet/discover.h"
#include "fleet/ping.h"
#include "fleet/scan_inside.h"
#include "fleet/simulated.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char printer[] = "1.3.6.1.2.1.1.1.0|4|Acme Printer 9\n"
			      "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1\n"
			      "1.3.6.1.2.1.1.5.0|4|acme\n"
			      "1.3.6.1.2.1.25.3.2.1.3.1|4|Acme 9\n"
			      "1.3.6.1.2.1.25.3.5.1.1.1|2|3\n"
			      "1.3.6.1.2.1.43.5.1.1.1.1|2|1\n"
			      "1.3.6.1.2.1.43.5.1.1.17.1|4|ABC123456\n"
			      "1.3.6.1.2.1.43.10.2.1.4.1.1|65|77\n";
static const char toaster[] = "1.3.6.1.2.1.1.1.0|4|Laser Printer Toaster\n"
			      "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.2\n"
			      "1.3.6.1.2.1.1.5.0|4|toaster\n"
			      "1.3.6.1.4.1.99999.9.1.0|2|1\n";

struct scene {
	struct br_range range;
	struct br_profile profile;
	struct br_discover_options options;
	struct br_discover *discover;
	size_t n;
	struct br_found *const *found;
	struct br_scan_progress progress;
};

static void range_of(struct br_range *range, const char *list)
{
	struct br_error err = {""};

	br_range_init(range);
	CHECK_INT(br_range_add_list(range, br_view(list), "list", &err), BR_OK);
	CHECK_INT(br_range_settle(range, BR_RANGE_USUAL_MAX, &err), BR_OK);
}

static void profile_of(struct br_profile *profile, const char *version, const char *community)
{
	static struct br_config config;
	char port[8];
	struct br_error err;

	br_config_init(&config);
	*profile = config.profiles[0];
	snprintf(port, sizeof port, "%u", fleet.port);
	CHECK_INT(br_profile_set(profile, "version", br_view(version), &err), BR_OK);
	CHECK_INT(br_profile_set(profile, "community", br_view(community), &err), BR_OK);
	CHECK_INT(br_profile_set(profile, "port", br_view(port), &err), BR_OK);
	CHECK_INT(br_profile_set(profile, "timeout", br_view("200ms"), &err), BR_OK);
}

static void set(struct scene *scene, const char *list)
{
	memset(scene, 0, sizeof *scene);
	range_of(&scene->range, list);
	profile_of(&scene->profile, "2c", "public");
	scene->options.scan = (struct br_scan_options){.range = &scene->range,
						       .profiles = &scene->profile,
						       .n_profiles = 1,
						       .wait_ms = 150,
						       .ping = BR_PING_AUTO};
}

static void play(struct scene *scene)
{
	struct br_error err = {""};
	bool full;

	CHECK_INT(br_discover_open(&scene->discover, &scene->options, &err), BR_OK);
	CHECK_STR(err.text, "");
	while (scene->discover && !br_discover_over(scene->discover))
		br_discover_wait(scene->discover, INT64_MAX);
	br_discover_settle(scene->discover);
	scene->found = br_discover_found(scene->discover, &scene->n, &full);
	br_scan_progress(br_discover_scan(scene->discover), &scene->progress);
}

static void clear(struct scene *scene)
{
	br_discover_close(scene->discover);
	br_range_clear(&scene->range);
}

TEST(every_printer_once_among_the_refusing)
{
	struct scene scene;

	fleet_start("-n 20 -k 7", NULL, printer);
	set(&scene, "127.16.0.0/22");
	play(&scene);
	CHECK_INT(scene.n, 20);
	CHECK_INT(br_discover_printers(scene.discover), 20);
	for (size_t i = 0; i < scene.n; i++) {
		CHECK_INT(scene.found[i]->index, 1 + 7 * i);
		CHECK_INT(scene.found[i]->kind, BR_FOUND_PRINTER);
		CHECK(scene.found[i]->read);
		CHECK(!scene.found[i]->dropped);
	}
	CHECK_STR(scene.found[1]->serial, "SN7F100008");
	CHECK_STR(scene.found[1]->model, "Acme 9");
	CHECK_INT(scene.progress.answered, 20);
	CHECK_INT(scene.progress.strays, 0);
	clear(&scene);
	fleet_stop();
}

/* Where nothing listens, each address says so at once, and is not asked again. */
TEST(who_refuses_is_alive_and_left_alone)
{
	struct scene scene;

	fleet_start("-n 1", NULL, printer);
	fleet_stop();
	set(&scene, "127.16.4.0/22"); /* the port of a fleet that is gone */
	scene.options.scan.ping = BR_PING_NONE;
	play(&scene);
	CHECK_INT(scene.n, 0);
	CHECK_INT(scene.progress.refused, 1024);
	CHECK_INT(scene.progress.alive, 1024);
	CHECK_INT(scene.progress.unsendable, 0);
	CHECK_INT(scene.progress.sent, 1024);
	clear(&scene);
}

TEST(a_name_makes_no_printer)
{
	struct scene scene;

	fleet_start("-n 2", NULL, toaster);
	set(&scene, "127.16.0.0/29");
	play(&scene);
	CHECK_INT(scene.n, 2);
	for (size_t i = 0; i < scene.n; i++)
		CHECK_INT(scene.found[i]->kind, BR_FOUND_DEVICE);
	CHECK_STR(scene.found[0]->description, "Laser Printer Toaster");
	CHECK_INT(br_discover_printers(scene.discover), 0);
	clear(&scene);
	fleet_stop();
}

TEST(v1_agents_are_found_in_the_second_pass)
{
	static const struct {
		unsigned passes;
		size_t found;
	} cases[] = {{1, 1}, {2, 3}};

	fleet_start("-n 3 --fault 127.16.0.1:v1-only --fault 127.16.0.3:v1-only", NULL,
		    printer);
	for (size_t i = 0; i < 2; i++) {
		struct scene scene;

		set(&scene, "127.16.0.0/29");
		scene.options.scan.passes = cases[i].passes;
		play(&scene);
		CHECK_INT(scene.n, cases[i].found);
		CHECK_INT(br_discover_printers(scene.discover), cases[i].found);
		if (scene.n == 3) {
			CHECK_INT(scene.found[0]->version, BR_SNMP_V1);
			CHECK_INT(scene.found[1]->version, BR_SNMP_V2C);
			CHECK(scene.found[2]->read);
		}
		clear(&scene);
	}
	fleet_stop();
}

TEST(an_error_of_v1_is_looked_into)
{
	/* Nothing behind the Printer-MIB's first column: the question fails as a whole. */
	static const char old[] = "1.3.6.1.2.1.1.1.0|4|Old\n1.3.6.1.2.1.25.3.2.1.3.1|4|Old 1\n"
				  "1.3.6.1.2.1.25.3.5.1.1.1|2|3\n";
	struct scene scene;

	fleet_start("-n 1 --fault all:v1-only", NULL, old);
	set(&scene, "127.16.0.1");
	play(&scene);
	CHECK_INT(scene.n, 1);
	CHECK_INT(scene.found[0]->kind, BR_FOUND_PRINTER);
	CHECK(scene.found[0]->read);
	clear(&scene);
	fleet_stop();
}

/* Read in full since its answer was an error, and still no printer. */
TEST(a_device_that_was_read_is_none_either)
{
	static const char old[] = "1.3.6.1.2.1.1.1.0|4|Old Printer Toaster\n";
	struct scene scene;

	fleet_start("-n 1 --fault all:v1-only", NULL, old);
	set(&scene, "127.16.0.1");
	play(&scene);
	CHECK_INT(scene.n, 1);
	CHECK(scene.found[0]->read);
	CHECK_INT(scene.found[0]->kind, BR_FOUND_DEVICE);
	clear(&scene);
	fleet_stop();
}

TEST(loss_is_made_good_by_more_passes)
{
	struct scene scene;

	fleet_start("-n 50 --seed 3 --fault all:loss=20", NULL, printer);
	set(&scene, "127.16.0.1-50");
	scene.options.scan.passes = 8;
	scene.options.quick = true;
	play(&scene);
	CHECK_INT(scene.n, 50);
	CHECK_INT(br_discover_printers(scene.discover), 50);
	clear(&scene);
	fleet_stop();
}

TEST(answers_that_are_not_ours_do_not_count)
{
	struct scene scene;

	fleet_start("-n 5 --fault 127.16.0.2:wrong-address --fault 127.16.0.3:wrong-port "
		    "--fault 127.16.0.4:duplicate=100 --fault 127.16.0.5:truncate=100",
		    NULL, printer);
	set(&scene, "127.16.0.1-5");
	scene.options.quick = true;
	play(&scene);
	CHECK_INT(scene.n, 2);
	CHECK_INT(scene.found[0]->index, 0);
	CHECK_INT(scene.found[1]->index, 3);
	CHECK(scene.progress.strays >= 3);
	CHECK(scene.progress.duplicates >= 1);
	clear(&scene);
	fleet_stop();
}

TEST(profiles_are_tried_in_their_order)
{
	struct br_profile profiles[3];
	struct scene scene;

	fleet_start("-n 4 -c secret", NULL, printer);
	set(&scene, "127.16.0.1-4");
	profile_of(&profiles[0], "2c", "public");
	profile_of(&profiles[1], "2c", "secret");
	profile_of(&profiles[2], "1", "secret");
	scene.options.scan.profiles = profiles;
	scene.options.scan.n_profiles = 3;
	play(&scene);
	CHECK_INT(scene.n, 4);
	for (size_t i = 0; i < scene.n; i++) {
		CHECK_INT(scene.found[i]->profile, 1);
		CHECK_INT(scene.found[i]->version, BR_SNMP_V2C);
		CHECK(scene.found[i]->read);
	}
	clear(&scene);
	fleet_stop();
	/* public in v2c, both versions; secret once: nobody was asked again after an answer */
	CHECK_INT(fleet_count("community"), 3 * 4);
}

TEST(one_printer_at_two_addresses_is_one)
{
	struct scene scene;

	fleet_start("-n 3 --as-recorded", NULL, printer);
	set(&scene, "127.16.0.1-3");
	play(&scene);
	CHECK_INT(scene.n, 3);
	CHECK(!scene.found[0]->dropped && scene.found[0]->same == scene.found[1]);
	CHECK(scene.found[1]->dropped && scene.found[1]->same == scene.found[2]);
	CHECK(scene.found[2]->dropped && !scene.found[2]->same);
	clear(&scene);
	fleet_stop();
}

TEST(print_servers_have_several)
{
	static char *const recordings[] = {(char *)"tests/recordings/printserver_two.snmprec"};
	struct scene scene;
	char target[64];

	fleet_start_files("-n 1", NULL, recordings, 1);
	set(&scene, "127.16.0.1");
	play(&scene);
	CHECK_INT(scene.n, 2);
	snprintf(target, sizeof target, "udp:127.16.0.1:%u#2", fleet.port);
	CHECK_STR(scene.found[1]->target, target);
	CHECK(!scene.found[1]->dropped && scene.found[1]->kind == BR_FOUND_PRINTER);
	clear(&scene);
	fleet_stop();
}

TEST(silent_ones_and_pings_alone)
{
	struct scene scene;
	bool raw;
	int fd = br_ping_open(AF_INET, &raw);

	if (fd < 0)
		check_skip("pings are not permitted here (net.ipv4.ping_group_range)");
	close(fd);
	fleet_start("-n 3 --fault 127.16.0.2:dead", NULL, printer);
	set(&scene, "127.16.0.1-3");
	scene.options.scan.ping = BR_PING_ONLY;
	play(&scene);
	CHECK_INT(scene.n, 2);
	CHECK_INT(scene.progress.alive, 3);
	CHECK(br_scan_alive(br_discover_scan(scene.discover), 1));
	CHECK(!br_scan_answered(br_discover_scan(scene.discover), 1));
	clear(&scene);
	fleet_stop();
}

static void nobody(void *user, const struct br_scanned *scanned)
{
	(void)scanned;
	++*(size_t *)user;
}

static void drive(struct br_scan *scan, uint64_t until)
{
	struct br_scan_progress at = {0};

	while (!br_scan_over(scan) && at.visited < until) {
		br_scan_step(scan);
		br_scan_progress(scan, &at);
	}
}

/* One that is broken off goes on where it was, in the same order, and asks nobody in vain. */
TEST(what_is_broken_off_goes_on)
{
	struct br_scan_options options;
	struct br_scan_place place;
	struct br_scan_progress first, second;
	struct br_scan *scan;
	struct scene scene;
	size_t told = 0;
	struct br_error err;

	fleet_start("-n 64", NULL, printer);
	set(&scene, "127.16.0.1-64");
	options = scene.options.scan;
	options.ping = BR_PING_NONE;
	options.passes = 1;
	options.rate = 200;
	options.wait_ms = 100;
	CHECK_INT(br_scan_open(&scan, &options, nobody, &told, &err), BR_OK);
	drive(scan, 30);
	br_scan_stop(scan);
	drive(scan, UINT64_MAX);
	br_scan_progress(scan, &first);
	place = br_scan_place(scan);
	CHECK(first.visited >= 30 && first.visited < 64);
	CHECK_INT(place.position, first.visited);
	br_scan_close(scan);
	options.resumes = true;
	options.from = place;
	options.rate = 0;
	CHECK_INT(br_scan_open(&scan, &options, nobody, &told, &err), BR_OK);
	drive(scan, UINT64_MAX);
	br_scan_progress(scan, &second);
	br_scan_close(scan);
	/* What the first run visited is not the second's speed. */
	CHECK_INT(second.skipped, first.visited);
	CHECK_INT(second.visited, second.to_visit);
	CHECK_INT(first.sent + second.sent, 64);
	CHECK_INT(told, 64);
	br_range_clear(&scene.range);
	fleet_stop();
}

/* What went out a moment ago may still be answered: killed now, it is asked again. */
TEST(the_place_leaves_time_for_answers)
{
	struct br_scan_options options;
	struct br_scan *scan;
	struct scene scene;
	size_t told = 0;
	struct br_error err;

	fleet_start("-n 1", NULL, printer);
	set(&scene, "127.16.0.1-64");
	options = scene.options.scan;
	options.ping = BR_PING_NONE;
	options.wait_ms = 60000;
	CHECK_INT(br_scan_open(&scan, &options, nobody, &told, &err), BR_OK);
	drive(scan, 64);
	CHECK_INT(br_scan_place(scan).round, 0);
	CHECK_INT(br_scan_place(scan).position, 0);
	br_scan_close(scan);
	br_range_clear(&scene.range);
	fleet_stop();
}

TEST(the_order_is_a_permutation_that_spreads)
{
	static const uint32_t sizes[] = {1, 2, 3, 4, 5, 7, 12, 255, 256, 1000, 1023, 65536};

	for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
		struct br_range range = {.count = sizes[s]};
		struct br_scan *scan = calloc(1, sizeof *scan);
		uint8_t *seen = calloc(sizes[s], 1);
		size_t blocks[16] = {0};

		check_case("size");
		scan->options.range = &range;
		scan->start = 123456789;
		br_scan_order(scan);
		for (uint32_t i = 0; i < sizes[s]; i++) {
			CHECK(scan->index < sizes[s] && seen[scan->index]++ == 0);
			if (i < 160 && sizes[s] == 65536)
				blocks[scan->index / 4096]++;
			br_scan_forward(scan);
		}
		for (size_t b = 0; b < 16 && sizes[s] == 65536; b++)
			CHECK(blocks[b] >= 8 && blocks[b] <= 12);
		br_scan_skip_to(scan, sizes[s] / 2);
		uint64_t half = scan->index;
		br_scan_skip_to(scan, 0);
		for (uint32_t i = 0; i < sizes[s] / 2; i++)
			br_scan_forward(scan);
		CHECK_INT(scan->index, half);
		free(seen);
		free(scan);
	}
}
