/*
 * drive.c - see drive.h. Looks into the collector to see each slot as it is taken.
 *
 * SPDX-License-Identifier: MIT
 */
#include "collector/drive.h"

#include "collector/inside.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

void drive_init(struct drive *drive, const char *config, int64_t wall)
{
	*drive = (struct drive){.say_fd = -1};
	br_text_copy(drive->config, sizeof drive->config, br_view(config));
	drive->wall_ms = wall * 1000 - br_clock_ms();
}

void drive_clear(struct drive *drive)
{
	drive_close(drive);
	for (size_t i = 0; i < drive->n_slots; i++)
		free(drive->slots[i].target);
	free(drive->slots);
	drive->slots = NULL;
	drive->n_slots = 0;
}

static struct collector_time time_of(const struct drive *drive)
{
	struct collector_time time = {.mono_ms = br_clock_ms() + drive->ahead_ms,
				      .offset_s = drive->offset_s};

	time.wall_ms = time.mono_ms + drive->wall_ms;
	return time;
}

int64_t drive_wall(const struct drive *drive)
{
	return time_of(drive).wall_ms / 1000;
}

static struct collector_settings *load(struct drive *drive)
{
	struct collector_settings *settings = calloc(1, sizeof *settings);

	if (settings && collector_settings_load(settings, drive->config, NULL, NULL,
						&drive->error) != BR_OK) {
		free(settings);
		return NULL;
	}
	return settings;
}

enum br_status drive_open(struct drive *drive)
{
	struct collector_options options = {.settings = load(drive), .once = drive->once};
	struct collector_time time = time_of(drive);

	if (!options.settings)
		return BR_E_SYNTAX;
	options.voice = (struct collector_voice){.fd = drive->say_fd, .verbose = true};
	return collector_open(&drive->collector, &options, &time, &drive->error);
}

void drive_close(struct drive *drive)
{
	collector_close(drive->collector);
	drive->collector = NULL;
}

enum br_status drive_reload(struct drive *drive)
{
	struct collector_settings *settings = load(drive);

	return settings ? collector_reload(drive->collector, settings, &drive->error)
			: BR_E_SYNTAX;
}

static struct drive_slots *slots_of(struct drive *drive, size_t hint, const char *target)
{
	struct drive_slots *grown;

	if (hint < drive->n_slots && strcmp(drive->slots[hint].target, target) == 0)
		return &drive->slots[hint];
	for (size_t i = 0; i < drive->n_slots; i++)
		if (strcmp(drive->slots[i].target, target) == 0)
			return &drive->slots[i];
	grown = realloc(drive->slots, (drive->n_slots + 1) * sizeof *grown);
	if (!grown)
		abort();
	drive->slots = grown;
	grown[drive->n_slots] = (struct drive_slots){.target = strdup(target)};
	return &grown[drive->n_slots++];
}

/* The second slot of a station may come soon after the first: it is its own. */
static void look(struct drive *drive)
{
	const struct collector *c = drive->collector;

	for (size_t i = 0; i < c->stations.n; i++) {
		const struct collector_station *station = c->stations.all[i];
		struct drive_slots *slots;
		int64_t tried = station->slot.last_try, since;

		if (!tried || station->twin || (drive->fixed_only && !station->fixed))
			continue;
		slots = slots_of(drive, i, station->target);
		since = tried - slots->last_try;
		if (since == 0)
			continue;
		if (slots->asked > 1 && !drive->forget && station->slot.missed == 0 &&
		    station->slot.last_ok >= slots->last_try) {
			drive->doubles += since < (int64_t)station->cadence.status_s - 2;
			drive->missed += since > (int64_t)station->cadence.status_s + 2;
		}
		slots->last_try = tried;
		slots->asked++;
		drive->asked++;
	}
}

static void jump(struct drive *drive, int64_t until_ms)
{
	struct collector_time time = time_of(drive);
	int64_t next = collector_next_ms(drive->collector) - time.mono_ms;
	int64_t rest = until_ms - time.wall_ms;

	next = next < rest ? next : rest;
	drive->ahead_ms += next > 0 ? next : 1;
}

void drive_until(struct drive *drive, int64_t wall)
{
	for (;;) {
		const struct collector *c = drive->collector;
		struct collector_time time = time_of(drive);
		struct pollfd fd = {.fd = collector_fd(c), .events = POLLIN};

		collector_tick(drive->collector, &time);
		if (!drive->blind)
			look(drive);
		if (c->n_asked || c->n_resolving) {
			int64_t wait = br_fleet_next_ms(c->fleet) - br_clock_ms();

			/* The clock of the fleet is the machine's; ours stands still. */
			int64_t before = br_clock_ms();
			(void)poll(&fd, 1, wait < 0 ? 0 : wait > 50 ? 50 : (int)wait);
			br_fleet_step(c->fleet);
			drive->ahead_ms -= br_clock_ms() - before;
			continue;
		}
		if (time.wall_ms >= wall * 1000)
			return;
		jump(drive, wall * 1000);
	}
}

void drive_set_clock(struct drive *drive, int64_t by_s)
{
	drive->wall_ms += by_s * 1000;
}

void drive_real(struct drive *drive, int ms)
{
	int64_t end = br_clock_ms() + ms;

	while (br_clock_ms() < end) {
		struct collector_time time = time_of(drive);
		struct pollfd fd = {.fd = collector_fd(drive->collector), .events = POLLIN};

		collector_tick(drive->collector, &time);
		(void)poll(&fd, 1, 2);
	}
}
