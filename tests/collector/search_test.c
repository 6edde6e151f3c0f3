/*
 * search_test.c - the daily search of a site, in real seconds: it has a clock of its own.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/bed.h"
#include "fleet/simulated.h"

#include <string.h>
#include <unistd.h>

TEST(the_search_of_a_site)
{
	struct bed bed;

	bed_open(&bed, "-n 12 --fault 127.16.0.5:dead --fault 127.16.0.7:v1-only", NULL,
		 "[site all]\nranges = 127.16.0.1-40\nexclude = 127.16.0.12\n");
	for (int i = 0; i < 200 && bed.drive.collector->stations.n < 10; i++)
		drive_real(&bed.drive, 50);
	drive_real(&bed.drive, 3000);
	CHECK_INT(bed.drive.collector->stations.n, 10);
	CHECK_INT(bed_counts(&bed)->full, 10);
	CHECK(bed_station(&bed, "127.16.0.5") == NULL);
	CHECK(bed_station(&bed, "127.16.0.7") != NULL);
	CHECK(bed_station(&bed, "127.16.0.12") == NULL);
	CHECK_INT(bed_counts(&bed)->missed, 0);
	bed_close(&bed);
}

/* By what it answers, as `brayer discover` does: a label printer knows nothing of the
 * Printer-MIB; something else may have a printer maker's number, or none, and leaves no trace.
 */
TEST(label_printers_are_found_too)
{
	static const char ours[] = "1.3.6.1.2.1.1.1.0|4|ZTC\n"
				   "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.10642.1.1\n"
				   "1.3.6.1.2.1.1.3.0|67|100\n",
			  nobodys[] = "1.3.6.1.2.1.1.1.0|4|A router\n"
				      "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.8072.3.2.10\n";
	char zebra[] = "tests/recordings/zebra_label.snmprec",
	     tsc[] = "tests/recordings/tsc_label.snmprec", agent[64], router[64];
	char *recordings[] = {zebra, agent, tsc, router, NULL};
	struct bed bed;
	struct br_store_health health;

	fleet_write_temporary(agent, sizeof agent, ours);
	fleet_write_temporary(router, sizeof router, nobodys);
	bed_open_files(&bed, "-n 4", NULL, "[site all]\nranges = 127.16.0.1-4\n", recordings);
	for (int i = 0; i < 200 && bed_counts(&bed)->full < 2; i++)
		drive_real(&bed.drive, 50);
	drive_real(&bed.drive, 2500);
	CHECK(bed_station(&bed, "127.16.0.1") && bed_station(&bed, "127.16.0.1")->n_ids == 1);
	CHECK(bed_station(&bed, "127.16.0.3") && bed_station(&bed, "127.16.0.3")->n_ids == 1);
	CHECK_INT(bed.drive.collector->stations.n, 2);
	br_store_health(bed.drive.collector->store, &health);
	CHECK_INT(health.puts, 2);
	CHECK_INT(health.misses, 0);
	bed_close(&bed);
	(void)unlink(agent);
	(void)unlink(router);
}

#define FORTY "[site all]\nranges = 127.16.0.1-40\n"

static bool is_searching(const struct bed *bed)
{
	return collector_discovery_busy(bed->drive.collector->discovery);
}

/* Until the search is over and everybody was read; ten seconds at most. */
static void search(struct bed *bed)
{
	for (int i = 0; i < 200; i++) {
		drive_real(&bed->drive, 50);
		if (!is_searching(bed) && collector_idle(bed->drive.collector))
			return;
	}
	CHECK(!"searched to its end");
}

TEST(a_search_that_a_restart_breaks_off_is_begun_anew)
{
	struct bed bed;

	bed_open(&bed, "-n 12", NULL, FORTY "pace = 10\n");
	for (int i = 0; i < 100 && bed_counts(&bed)->full < 1; i++)
		drive_real(&bed.drive, 50);
	CHECK(is_searching(&bed));
	CHECK(bed.drive.collector->stations.n < 12);
	drive_close(&bed.drive);
	bed_config(&bed, FORTY);
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	search(&bed);
	CHECK_INT(bed.drive.collector->stations.n, 12);
	bed_close(&bed);
}

/* Once a day; one that was off at the hour makes up for it, as long as the window says. */
TEST(a_search_is_remembered)
{
	static const struct {
		const char *name;
		int hours; /* after Monday, eight o'clock */
		bool searched;
	} cases[] = {
		{"at once", 0, false},
		{"before the hour of Tuesday", 21, false},
		{"in the window", 30, true},
		{"after it", 35, false},
	};
	struct bed bed;

	bed_open(&bed, "-n 2", NULL, FORTY);
	search(&bed);
	drive_close(&bed.drive);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].name);
		drive_set_clock(&bed.drive, MONDAY + (8 + cases[i].hours) * HOUR + 60 -
						    drive_wall(&bed.drive));
		CHECK_INT(drive_open(&bed.drive), BR_OK);
		drive_real(&bed.drive, 20);
		CHECK_INT(is_searching(&bed), cases[i].searched);
		drive_close(&bed.drive);
	}
	check_case("other addresses");
	bed_config(&bed, "[site all]\nranges = 127.16.0.1-30\n");
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	drive_real(&bed.drive, 20);
	CHECK(is_searching(&bed));
	bed_close(&bed);
}

/* An address that is good on one link only has the name of that link with it, also after a
 * reload. */
TEST(a_printer_of_one_link)
{
	static const char site[] = "[site s]\nranges = fe80::7%lo\ndiscover = no\n";
	union br_address address;
	struct bed bed;

	bed_open(&bed, "-n 1", NULL, site);
	CHECK(br_address_numeric(&address, "fe80::7%lo", 161));
	CHECK(collector_found(bed.drive.collector, &address, "default", false) != NULL);
	CHECK_INT(bed.drive.collector->stations.n, 1);
	CHECK_STR(bed.drive.collector->stations.all[0]->target, "udp:[fe80::7%lo]:161");
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	CHECK_INT(bed.drive.collector->stations.n, 1);
	CHECK(br_address_same(&bed.drive.collector->stations.all[0]->address, &address));
	bed_close(&bed);
}
