/*
 * table_paper.c - trays, outputs and covers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static enum br_severity severity_of_tray(enum br_tray_state state)
{
	switch (state) {
	case BR_TRAY_OK:
		return BR_SEVERITY_OK;
	case BR_TRAY_LOW:
	case BR_TRAY_EMPTY:
	case BR_TRAY_MISSING:
	case BR_TRAY_OPEN:
	case BR_TRAY_FULL:
		return BR_SEVERITY_WARNING;
	case BR_TRAY_PROBLEM:
		return BR_SEVERITY_CRITICAL;
	case BR_TRAY_UNKNOWN:
		break;
	}
	return BR_SEVERITY_UNKNOWN;
}

static void tray_row(struct cli_grid *grid, const struct br_reading *reading,
		     const struct br_tray *tray)
{
	struct cli_cell *row = cli_grid_row(grid);
	enum br_severity severity = severity_of_tray(tray->state);
	const char *media = br_text(reading, tray->media),
		   *unit = br_name_capacity_unit(tray->unit);
	const char *name = br_text(reading, tray->name ? tray->name : tray->description);
	char room[64] = "";

	if (!row)
		return;
	cli_mark(&row[0], severity);
	row[1].text = tray->id;
	cli_level(grid, &row[2], tray->kind, tray->percent, CLI_PLAIN);
	row[4].text = br_name_tray_state(tray->state);
	row[4].style = cli_style_of_severity(severity);
	if (tray->capacity.known && tray->capacity.value > 0)
		snprintf(room, sizeof room, "%" PRId64 " %s", tray->capacity.value,
			 unit ? unit : "");
	cli_cell_format(grid, &row[5], "%s%s%s%s%s", name,
			*name && (*media || *room) ? ", " : "", media,
			*media && *room ? ", " : "", room);
}

static void trays(struct br_buf *out, const struct cli_look *look,
		  const struct br_reading *reading, bool outputs)
{
	const struct br_tray *list = outputs ? reading->outputs : reading->trays;
	size_t n = outputs ? reading->n_outputs : reading->n_trays;
	struct cli_grid grid;

	cli_grid_init(&grid, 6);
	for (size_t i = 0; i < n; i++)
		tray_row(&grid, reading, &list[i]);
	if (n)
		cli_heading(out, look,
			    outputs ? "outputs (room left)" : "trays (what is left)");
	cli_grid_print(&grid, out, look);
}

static void covers(struct br_buf *out, const struct cli_look *look,
		   const struct br_reading *reading)
{
	struct cli_grid grid;

	cli_grid_init(&grid, 3);
	for (size_t i = 0; i < reading->n_covers; i++) {
		const struct br_cover *cover = &reading->covers[i];
		const char *status = br_name_cover_status(cover->status);
		bool open = cover->state == BR_COVER_OPEN;
		struct cli_cell *row = cli_grid_row(&grid);

		if (!row)
			break;
		cli_mark(&row[0], open ? BR_SEVERITY_WARNING : BR_SEVERITY_UNKNOWN);
		row[1].text = cover->state == BR_COVER_OTHER && status
				      ? status
				      : br_name_cover_state(cover->state);
		row[1].style = open ? CLI_WARN : CLI_PLAIN;
		row[2].text = br_text(reading, cover->description);
	}
	if (grid.n_rows)
		cli_heading(out, look, "covers");
	cli_grid_print(&grid, out, look);
}

void cli_table_paper(struct br_buf *out, const struct cli_look *look,
		     const struct br_reading *reading)
{
	trays(out, look, reading, false);
	trays(out, look, reading, true);
	covers(out, look, reading);
}
