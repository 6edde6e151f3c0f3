/*
 * source_inside.h - between the files that find a reading: source.c, source_profile.c, live.c,
 * stored.c, stored_history.c and passive.c. Nobody else includes it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_SOURCE_INSIDE_H
#define BR_NAGIOS_CHECKS_SOURCE_INSIDE_H

#include "source.h"

/* A clock that is a little ahead makes no reading one of the future. */
#define PLUGIN_AHEAD_S 120

/* One run, from its settings to its answer. */
struct plugin_source {
	struct plugin_answer *answer;
	const struct plugin_check *check;
	const struct plugin_settings *settings;
	int64_t deadline_ms; /* monotonic */
	int64_t now;         /* wall seconds */

	/* source_profile.c */
	struct br_target target;
	struct br_profile profile;
	bool cannot_ask; /* this user may not read the secrets, says why; the store may do */
	struct br_error why;
	struct br_makers makers;
	char store[512];

	/* stored.c */
	struct br_reader *reader; /* NULL: there is no store, or it is of no use */
	struct br_error unused;   /* why the store has no answer; "" : it was not looked at */

	/* stored_history.c */
	int64_t printer; /* whose history it is, in the store; 0: nobody's */
	struct br_outlook *outlook;
};

/*
 * Reads brayer.conf and the site's own makers' files, and with target settles how the printer
 * is asked. False: the answer has the sentence. Clear it in either case.
 */
bool plugin_source_prepare(struct plugin_source *source,
			   const struct plugin_environment *environment, bool target);
void plugin_source_clear(struct plugin_source *source);

/* All judges of the check over this reading. cut: its time was up. */
void plugin_source_judge(struct plugin_source *source, const struct br_reading *reading,
			 bool cut);

/* Asks the printer. False: nobody is there; the answer says so already. */
bool plugin_live(struct plugin_source *source);

/* A sentence without the kind of the target in front: "192.0.2.10:161: refused …". */
const char *plugin_plain(const char *sentence);

/* Opens the store, if there is one. False: it was asked for by name and cannot be read. */
bool plugin_stored_open(struct plugin_source *source);

/* Judges what the store has of the target, if that is fresh. False: it is not. */
bool plugin_stored(struct plugin_source *source);

/* Nobody answers: judges what the store knew last. False: nothing. */
bool plugin_stored_last(struct plugin_source *source);

/* Whose history a live reading goes with. */
void plugin_stored_whose(struct plugin_source *source);

/* Of source->printer in the store, read when a judge asks. */
struct plugin_history plugin_stored_history(struct plugin_source *source);
void plugin_stored_history_end(struct plugin_source *source);

/* "40 s", "7 min", "14 h", "3 d" */
#define PLUGIN_AGE_SIZE 24
const char *plugin_age(char out[PLUGIN_AGE_SIZE], int64_t seconds);

#endif
