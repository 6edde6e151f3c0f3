/*
 * table_supplies.c - alerts, what is used up, and what it has counted.
 *
 * SPDX-License-Identifier: MIT
 */
#include "table.h"

#include <inttypes.h>
#include <string.h>

static enum br_severity severity_of_supply(enum br_supply_state state)
{
	switch (state) {
	case BR_SUPPLY_LOW:
		return BR_SEVERITY_WARNING;
	case BR_SUPPLY_EMPTY:
	case BR_SUPPLY_MISSING:
		return BR_SEVERITY_CRITICAL;
	case BR_SUPPLY_OK:
		return BR_SEVERITY_OK;
	case BR_SUPPLY_UNKNOWN:
		break;
	}
	return BR_SEVERITY_UNKNOWN;
}

/* A waste box has no empty state that a person would call so. */
static const char *state_word(const struct br_supply *supply)
{
	if (supply->role == BR_ROLE_FILLED && supply->state == BR_SUPPLY_EMPTY)
		return "full";
	if (supply->role == BR_ROLE_FILLED && supply->state == BR_SUPPLY_LOW)
		return "nearly full";
	return br_name_supply_state(supply->state);
}

static void supply_row(struct cli_grid *grid, const struct br_reading *reading,
		       const struct br_supply *supply)
{
	struct cli_cell *row = cli_grid_row(grid);
	enum br_severity severity = severity_of_supply(supply->state);
	const char *description = br_text(reading, supply->description);
	const char *part = br_text(reading, supply->part);

	if (!row)
		return;
	cli_mark(&row[0], severity);
	row[1].text = supply->id;
	cli_level(grid, &row[2], supply->kind, supply->percent,
		  cli_style_of_colorant(br_text(reading, supply->colorant)));
	row[4].text = state_word(supply);
	row[4].style = cli_style_of_severity(severity);
	row[5].text = description;
	if (*part && !br_view_contains(br_view(description), part))
		cli_cell_format(grid, &row[5], "%s%s%s", description, *description ? ", " : "",
				part);
}

static void care_row(struct cli_grid *grid, const struct br_care *care)
{
	struct cli_cell *row = cli_grid_row(grid);

	if (!row)
		return;
	cli_mark(&row[0], BR_SEVERITY_UNKNOWN);
	row[1].text = care->part;
	if (care->percent.known && care->percent.value >= 0 && care->percent.value <= 100)
		cli_level(grid, &row[2], BR_LEVEL_MEASURED, (unsigned)care->percent.value,
			  CLI_PLAIN);
	if (care->remaining_pages.known)
		cli_cell_format(grid, &row[4], "%" PRId64 " pages left",
				care->remaining_pages.value);
}

void cli_table_supplies(struct br_buf *out, const struct cli_look *look,
			const struct br_reading *reading)
{
	struct cli_grid grid;

	cli_grid_init(&grid, 6);
	for (size_t i = 0; i < reading->n_supplies; i++)
		supply_row(&grid, reading, &reading->supplies[i]);
	if (grid.n_rows)
		cli_heading(out, look, "supplies");
	cli_grid_print(&grid, out, look);
	cli_grid_init(&grid, 6);
	for (size_t i = 0; i < reading->n_care; i++)
		care_row(&grid, &reading->care[i]);
	if (grid.n_rows)
		cli_heading(out, look, "parts that wear");
	cli_grid_print(&grid, out, look);
}

enum { ALERT_CRITICAL = 3, ALERT_WARNING = 4, ALERT_CHANGE = 5 }; /* PrtAlertSeverityLevelTC */

static enum br_severity severity_of_alert(const struct br_alert *alert)
{
	if (alert->severity == ALERT_CRITICAL)
		return BR_SEVERITY_CRITICAL;
	return alert->severity == ALERT_WARNING || alert->severity == ALERT_CHANGE
		       ? BR_SEVERITY_WARNING
		       : BR_SEVERITY_UNKNOWN;
}

static void alert_row(struct cli_grid *grid, const struct br_reading *reading,
		      const struct br_alert *alert)
{
	enum br_severity severity = severity_of_alert(alert);
	struct cli_cell *row = cli_grid_row(grid);
	const char *group = br_name_alert_group(alert->group);
	const char *code = br_name_alert_code(alert->code);

	if (!row)
		return;
	cli_mark(&row[0], severity);
	if (code)
		row[1].text = code;
	else if (alert->code)
		cli_cell_format(grid, &row[1], "code %" PRId32, alert->code);
	row[1].style = cli_style_of_severity(severity);
	if (group && alert->group_index > 0)
		cli_cell_format(grid, &row[2], "%s %" PRId32, group, alert->group_index);
	else
		row[2].text = group;
	row[3].text = br_text(reading, alert->description);
}

void cli_table_alerts(struct br_buf *out, const struct cli_look *look,
		      const struct br_reading *reading)
{
	struct cli_grid grid;

	cli_grid_init(&grid, 4);
	for (size_t i = 0; i < reading->n_alerts; i++)
		if (reading->alerts[i].severity == ALERT_CRITICAL)
			alert_row(&grid, reading, &reading->alerts[i]);
	for (size_t i = 0; i < reading->n_alerts; i++)
		if (reading->alerts[i].severity != ALERT_CRITICAL)
			alert_row(&grid, reading, &reading->alerts[i]);
	if (grid.n_rows)
		cli_heading(out, look, "alerts");
	cli_grid_print(&grid, out, look);
}

static void coverage_rows(struct cli_grid *grid, const struct br_reading *reading)
{
	for (unsigned i = 0; i < BR_COLORANT_COUNT; i++) {
		const struct br_coverage *coverage = &reading->coverage[i];
		const char *colorant = br_name_colorant((enum br_colorant)i);
		struct cli_cell *row;

		if (!coverage->thousandths.known || !(row = cli_grid_row(grid)))
			continue;
		cli_mark(&row[0], BR_SEVERITY_UNKNOWN);
		cli_cell_format(grid, &row[1], "coverage%s%s", i ? " " : "",
				i && colorant ? colorant : "");
		cli_cell_format(grid, &row[2], "%" PRId64 ".%03d %%",
				coverage->thousandths.value / 1000,
				(int)(coverage->thousandths.value % 1000));
		row[2].right = true;
		row[3].text = "of the page";
	}
}

void cli_table_counters(struct br_buf *out, const struct cli_look *look,
			const struct br_reading *reading)
{
	struct cli_grid grid;

	cli_grid_init(&grid, 4);
	for (unsigned i = 0; i < BR_COUNTER_COUNT; i++) {
		const struct br_counter_value *counter = &reading->counters[i];
		struct cli_cell *row;

		if (!counter->value.known || !(row = cli_grid_row(&grid)))
			continue;
		cli_mark(&row[0], BR_SEVERITY_UNKNOWN);
		row[1].text = br_counter_name((enum br_counter)i);
		cli_cell_format(&grid, &row[2], "%" PRId64, counter->value.value);
		row[2].right = true;
		row[3].text = br_text(reading, counter->basis);
	}
	coverage_rows(&grid, reading);
	if (grid.n_rows)
		cli_heading(out, look, "counters");
	cli_grid_print(&grid, out, look);
}
