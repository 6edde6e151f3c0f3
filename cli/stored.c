/*
 * stored.c - see stored.h. What a store says is cleaned once more: the file may be anybody's.
 *
 * SPDX-License-Identifier: MIT
 */
#include "stored.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH_LEAST = 60, WIDTH_MOST = 400 };

static void measure(struct stored *stored)
{
	struct winsize size = {0};

	stored->width = CLI_WIDTH;
	if (isatty(stored->cli->out_fd) != 1 ||
	    ioctl(stored->cli->out_fd, TIOCGWINSZ, &size) != 0)
		return;
	stored->rows = size.ws_row;
	if (size.ws_col)
		stored->width = size.ws_col < WIDTH_LEAST  ? WIDTH_LEAST
				: size.ws_col > WIDTH_MOST ? WIDTH_MOST
							   : size.ws_col;
}

int stored_open(struct stored *stored, struct cli *cli)
{
	const char *path;
	struct br_error err;
	int code;

	*stored = (struct stored){.cli = cli};
	if (!cli_look_settle(cli, &stored->look))
		return CLI_USAGE;
	code = cli_prepare_makers(cli);
	if (code)
		return code;
	stored->now = cli->has_time ? cli->time : (int64_t)time(NULL);
	measure(stored);
	path = cli->given.store ? cli->given.store : *cli->store ? cli->store : BR_STORE_PATH;
	if (br_reader_open(&stored->reader, path, &cli->makers, &err) == BR_OK)
		return 0;
	stored->reader = NULL;
	cli_complain(cli, "%s", err.text);
	return CLI_NONE;
}

void stored_close(struct stored *stored)
{
	if (stored->reader)
		br_reader_close(stored->reader);
	stored->reader = NULL;
}

void stored_damaged(struct stored *stored, const char *what, const struct br_error *err)
{
	stored->damaged = true;
	cli_complain(stored->cli, "%s: %s", what, err->text);
}

int stored_code(const struct stored *stored, size_t shown, size_t absent)
{
	if (shown == 0 && (absent || stored->damaged))
		return CLI_NONE;
	return absent || stored->damaged ? CLI_SOME : CLI_ALL;
}

bool stored_grow(void *at, size_t *cap, size_t n, size_t size, bool *full)
{
	void *grown, *old;
	size_t want = *cap ? *cap * 2 : 16;

	if (n < *cap)
		return true;
	memcpy(&old, at, sizeof old);
	grown = *full || want > SIZE_MAX / 2 / size ? NULL : realloc(old, want * size);
	if (!grown) {
		*full = true;
		return false;
	}
	memcpy(at, &grown, sizeof grown);
	*cap = want;
	return true;
}

static bool is_known(const struct stored_printers *list, int64_t id)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].id == id)
			return true;
	return false;
}

static void keep(struct stored_printers *list, const struct br_store_printer *printer)
{
	struct stored_printer *kept;

	if (!stored_grow(&list->at, &list->cap, list->n, sizeof *list->at, &list->full))
		return;
	kept = &list->at[list->n++];
	*kept = (struct stored_printer){
		.id = printer->id,
		.first_seen = printer->first_seen,
		.last_read = printer->last_read,
		.last_missed = printer->last_missed,
		.missed = printer->missed,
		.asked = printer->asked,
	};
	br_text_clean(kept->target, sizeof kept->target, printer->target);
	br_text_clean(kept->name, sizeof kept->name, printer->name);
	br_text_clean(kept->hostname, sizeof kept->hostname, printer->hostname);
	br_text_clean(kept->maker, sizeof kept->maker, printer->maker);
	br_text_clean(kept->model, sizeof kept->model, printer->model);
	br_text_clean(kept->serial, sizeof kept->serial, printer->serial);
	br_text_clean(kept->mac, sizeof kept->mac, printer->mac);
	br_text_clean(kept->why, sizeof kept->why, printer->why);
}

/* Of all there is, and of one word, each is one already. */
static void keep_any(void *user, const struct br_store_printer *printer)
{
	keep(user, printer);
}

static void keep_new(void *user, const struct br_store_printer *printer)
{
	struct stored_printers *list = user;

	if (!is_known(list, printer->id))
		keep(list, printer);
}

static int out_of_memory(struct cli *cli)
{
	cli_complain(cli, "out of memory");
	return CLI_NONE;
}

int stored_select(struct stored *stored, int argc, char **argv, struct stored_printers *list,
		  size_t *absent)
{
	struct br_error err;
	enum br_status status;

	*list = (struct stored_printers){0};
	*absent = 0;
	if (argc == 0) {
		status = br_reader_printers(stored->reader, keep_any, list, &err);
		if (status != BR_OK)
			stored_damaged(stored, "the store", &err);
	}
	for (int i = 0; i < argc; i++) {
		status = br_reader_find(stored->reader, argv[i], argc > 1 ? keep_new : keep_any,
					list, &err);
		if (status == BR_E_ABSENT) {
			cli_complain(stored->cli, "%s", err.text);
			(*absent)++;
		} else if (status != BR_OK) {
			stored_damaged(stored, argv[i], &err);
		}
	}
	return list->full ? out_of_memory(stored->cli) : 0;
}

int stored_select_one(struct stored *stored, const char *word, struct stored_printer *printer)
{
	struct stored_printers list;
	size_t absent;
	char *words[] = {NULL};
	int code;

	memcpy(&words[0], &word, sizeof word); /* only read */
	code = stored_select(stored, 1, words, &list, &absent);
	if (!code && list.n == 0)
		code = CLI_NONE;
	if (!code && list.n > 1) {
		cli_complain(stored->cli, "\"%.100s\" means %zu printers; one of them is %s",
			     word, list.n, list.at[0].target);
		code = CLI_USAGE;
	}
	if (!code)
		*printer = list.at[0];
	free(list.at);
	return code;
}

static void keep_series(void *user, const struct br_series *series)
{
	struct stored_series_list *list = user;
	struct stored_series *kept;

	if (!stored_grow(&list->at, &list->cap, list->n, sizeof *list->at, &list->full))
		return;
	kept = &list->at[list->n++];
	*kept = (struct stored_series){series->id, series->first, series->last, series->kind,
				       ""};
	br_text_clean(kept->name, sizeof kept->name, series->name);
}

void stored_series(struct stored *stored, int64_t printer, struct stored_series_list *list)
{
	struct br_error err = {"out of memory"};

	*list = (struct stored_series_list){0};
	if (br_reader_series(stored->reader, printer, keep_series, list, &err) != BR_OK ||
	    list->full)
		stored_damaged(stored, "its series", &err);
}

static void keep_point(void *user, const struct br_point *point)
{
	struct stored_points *list = user;
	int64_t after = list->n ? list->at[list->n - 1].end : 0;

	if (point->begin < after || point->end < point->begin || point->end > STORED_LATEST)
		return;
	if (stored_grow(&list->at, &list->cap, list->n, sizeof *list->at, &list->full))
		list->at[list->n++] = *point;
}

void stored_points(struct stored *stored, int64_t series, int64_t since, int64_t until,
		   struct stored_points *points)
{
	struct br_error err = {"out of memory"};

	*points = (struct stored_points){0};
	if (br_reader_points(stored->reader, series, since, until, keep_point, points, &err) !=
		    BR_OK ||
	    points->full)
		stored_damaged(stored, "a series", &err);
}

struct cli_point *stored_drawn(struct stored *stored, const struct stored_points *points)
{
	struct cli_point *drawn = calloc(points->n + 1, sizeof *drawn);

	for (size_t i = 0; drawn && i < points->n; i++)
		drawn[i] = (struct cli_point){points->at[i].begin, points->at[i].end,
					      (double)points->at[i].last, points->at[i].gap};
	if (!drawn)
		stored->cli->out.status = BR_E_MEMORY;
	return drawn;
}
