/*
 * table.h - a reading as a table for people, 80 cells wide, the worst first.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_TABLE_H
#define BR_CLI_TABLE_H

#include "screen.h"

void cli_table(struct br_buf *out, const struct cli_look *look,
	       const struct br_reading *reading);

/* Its sections, in their files; a section with nothing in it prints nothing. */
void cli_table_who(struct br_buf *out, const struct cli_look *look,
		   const struct br_reading *reading);
void cli_table_alerts(struct br_buf *out, const struct cli_look *look,
		      const struct br_reading *reading);
void cli_table_supplies(struct br_buf *out, const struct cli_look *look,
			const struct br_reading *reading);
void cli_table_paper(struct br_buf *out, const struct cli_look *look,
		     const struct br_reading *reading);
void cli_table_counters(struct br_buf *out, const struct cli_look *look,
			const struct br_reading *reading);
void cli_table_notes(struct br_buf *out, const struct cli_look *look,
		     const struct br_reading *reading);

/* "Brother HL-L2340D": the maker once, also where the model repeats it. */
void cli_printer_name(char *out, size_t size, const struct br_reading *reading);

/* What stands at the front of a row, by how bad it is. */
void cli_mark(struct cli_cell *cell, enum br_severity severity);

/* In two cells side by side the bar and the percent, or the word for what is known: "some". */
void cli_level(struct cli_grid *grid, struct cli_cell cells[2], enum br_level_kind kind,
	       unsigned value, enum cli_style style);

#endif
