/*
 * stored.h - what the commands about the store share: opening it, choosing printers, times.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_STORED_H
#define BR_CLI_STORED_H

#include "plot.h"

#define STORED_LATEST INT64_C(253402300799) /* the last second of the year 9999 */

struct stored {
	struct cli *cli;
	struct cli_look look;
	struct br_reader *reader;
	int64_t now;
	size_t width; /* of the terminal, else 80 */
	size_t rows;  /* of the terminal; 0: stdout is none */
	bool damaged; /* something could not be shown, and that was told */
};

struct stored_printer {
	int64_t id;
	char target[BR_TARGET_SIZE], name[140], hostname[64];
	char maker[48], model[80], serial[64], mac[24];
	char why[96]; /* it was missed, in words */
	int64_t first_seen, last_read, last_missed;
	unsigned missed;
	bool asked; /* else it was taken out of the configuration */
};

struct stored_printers {
	struct stored_printer *at;
	size_t n, cap;
	bool full; /* out of memory: told by stored_select */
};

struct stored_series {
	int64_t id, first, last;
	enum br_series_kind kind;
	char name[BR_ID_SIZE + 8];
};

struct stored_series_list {
	struct stored_series *at;
	size_t n, cap;
	bool full;
};

struct stored_points {
	struct br_point *at;
	size_t n, cap;
	bool full;
};

/*
 * Settles the look, reads the configuration, opens the store: --store, else `store` of
 * [collector], else the usual place. A failure is told: CLI_USAGE or CLI_NONE. Close it in
 * either case.
 */
int stored_open(struct stored *stored, struct cli *cli);
void stored_close(struct stored *stored);

/*
 * The printers that the words mean, each once, or all. Words that mean none are told, and
 * counted in *absent. Returns 0 or what the command returns. Free list->at in either case.
 */
int stored_select(struct stored *stored, int argc, char **argv, struct stored_printers *list,
		  size_t *absent);

/* The same, of one printer: more than one is told with their targets. */
int stored_select_one(struct stored *stored, const char *word, struct stored_printer *printer);

/* The lists of one printer and of one series. A failure is told and the list empty; free ->at.
 */
void stored_series(struct stored *stored, int64_t printer, struct stored_series_list *list);
void stored_points(struct stored *stored, int64_t series, int64_t since, int64_t until,
		   struct stored_points *points);

/* The points as a plot takes them; free it. NULL: out of memory, and the output says so. */
struct cli_point *stored_drawn(struct stored *stored, const struct stored_points *points);

/* Tells a failure of the store and remembers it. */
void stored_damaged(struct stored *stored, const char *what, const struct br_error *err);

/* What an exit status comes to when all went well but for what was remembered. */
int stored_code(const struct stored *stored, size_t shown, size_t absent);

/* Room for one more of size octets behind n; false: none, and *full. */
bool stored_grow(void *at, size_t *cap, size_t n, size_t size, bool *full);

/* It was silent for longer than one slot, never heard, or another answers where it did. */
bool stored_is_silent(const struct stored_printer *printer);

/* A printer as a person calls it: its name, its host name, its address, or its number. */
const char *stored_name(const struct stored_printer *printer, char out[BR_TARGET_SIZE]);

/* "now", "5 min", "3 h", "12 d", "2 y". */
void stored_age(char *out, size_t size, int64_t seconds);
/* "2026-11-21 14:03" */
void stored_time(char out[BR_TIME_TEXT_SIZE], int64_t time);

/* "30d" or "30d ago" (s, min, h, d, w, y), "2026-11-01", "2026-11-01T08:00:00Z". False: none of
 * them. */
bool stored_parse_time(struct br_view text, int64_t now, int64_t *time);
/* "1h", "30d"… */
bool stored_parse_span(struct br_view text, int64_t *seconds);

void stored_json_time(struct br_json *json, const char *key, int64_t time); /* 0: absent */
void stored_json_printer(struct br_json *json, const struct stored_printer *printer);

#endif
