/*
 * discover_print.c - what was found as a table, as JSON lines, as a list of targets.
 *
 * SPDX-License-Identifier: MIT
 */
#include "discover.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { COLUMNS = 6, WIDEST = 34 };

bool find_is_shown(const struct finding *finding, const struct br_found *found)
{
	if (found->dropped)
		return false;
	return found->kind == BR_FOUND_PRINTER ||
	       (finding->cli->given.all && !finding->format->printers_only);
}

const char *find_snmp(const struct br_found *found)
{
	return found->version == BR_SNMP_V1 ? "1" : found->version == BR_SNMP_V3 ? "3" : "2c";
}

const char *find_profile(const struct finding *finding, const struct br_found *found)
{
	return finding->profiles[found->profile].name;
}

const char *find_name(const struct br_found *found)
{
	if (*found->model)
		return found->model;
	if (*found->description)
		return found->description;
	return found->engine ? "(SNMPv3, not opened)" : found->bare ? "(shows nothing)" : "?";
}

static const char *kind_of(const struct br_found *found)
{
	return found->kind == BR_FOUND_PRINTER                    ? "printer"
	       : found->kind == BR_FOUND_DEVICE && !found->engine ? "device"
								  : "unsure";
}

struct row {
	char address[96];
	const char *cells[COLUMNS];
};

static void fill(const struct finding *finding, const struct br_found *found, struct row *row)
{
	const char *target = found->target;
	size_t len;

	(void)finding;
	if (strncmp(target, "udp:", 4) == 0)
		target += 4;
	br_text_copy(row->address, sizeof row->address, br_view(target));
	len = strlen(row->address);
	if (len > 4 && strcmp(row->address + len - 4, ":161") == 0)
		row->address[len - 4] = '\0';
	row->cells[0] = row->address;
	row->cells[1] = *found->maker ? found->maker : "-";
	row->cells[2] = find_name(found);
	row->cells[3] = *found->serial ? found->serial : "-";
	row->cells[4] = *found->hostname ? found->hostname : "-";
	row->cells[5] = *found->location ? found->location : "";
}

static void put_row(const struct finding *finding, struct br_buf *out, const struct row *row,
		    const size_t widths[COLUMNS])
{
	for (size_t i = 0; i < COLUMNS; i++) {
		size_t width = cli_width(br_view(row->cells[i])), room = widths[i];

		cli_show(out, &finding->look, br_view(row->cells[i]), WIDEST);
		if (i + 1 == COLUMNS || !*row->cells[i + 1])
			break;
		for (width = width < WIDEST ? width : WIDEST; width < room + 2; width++)
			br_buf_char(out, ' ');
	}
	br_buf_char(out, '\n');
}

static void put_others(struct br_buf *out, const struct br_found *found)
{
	for (const struct br_found *at = found->same; at; at = at->same) {
		char host[BR_FOUND_HOST_SIZE];

		br_found_host(&at->address, host, sizeof host);
		br_buf_format(out, "  also at %s\n", host);
	}
}

/* Somebody is there who does not speak SNMP with us. */
static void each_mute(struct finding *finding,
		      void (*tell)(struct br_buf *out, const char *host), struct br_buf *out)
{
	const struct br_scan *scan = br_discover_scan(finding->discover);

	for (uint64_t i = 0; finding->cli->given.all && i < finding->range.count; i++) {
		union br_address address;
		char host[BR_FOUND_HOST_SIZE];

		if (!br_scan_alive(scan, i) || br_scan_answered(scan, i))
			continue;
		br_range_at(&finding->range, i, 0, &address);
		br_found_host(&address, host, sizeof host);
		tell(out, host);
	}
}

static void mute_row(struct br_buf *out, const char *host)
{
	br_buf_format(out, "%s  alive, no SNMP\n", host);
}

void find_table(struct finding *finding, struct br_buf *out)
{
	static const struct row heads = {
		.cells = {"ADDRESS", "MAKER", "MODEL", "SERIAL", "NAME", "LOCATION"}};
	size_t widths[COLUMNS], n, shown = 0;
	bool full;
	struct br_found *const *found = br_discover_found(finding->discover, &n, &full);
	struct row row;

	for (size_t c = 0; c < COLUMNS; c++)
		widths[c] = strlen(heads.cells[c]);
	for (size_t i = 0; i < n; i++) {
		if (!find_is_shown(finding, found[i]))
			continue;
		shown++;
		fill(finding, found[i], &row);
		for (size_t c = 0; c < COLUMNS; c++) {
			size_t width = cli_width(br_view(row.cells[c]));

			width = width < WIDEST ? width : WIDEST;
			widths[c] = width > widths[c] ? width : widths[c];
		}
	}
	if (shown)
		put_row(finding, out, &heads, widths);
	for (size_t i = 0; i < n; i++) {
		if (!find_is_shown(finding, found[i]))
			continue;
		fill(finding, found[i], &row);
		if (found[i]->kind != BR_FOUND_PRINTER)
			row.cells[1] = kind_of(found[i]);
		put_row(finding, out, &row, widths);
		put_others(out, found[i]);
	}
	each_mute(finding, mute_row, out);
}

static void put_also(struct br_json *json, const struct br_found *found)
{
	if (!found->same)
		return;
	br_json_open(json, "also_at", '[');
	for (const struct br_found *at = found->same; at; at = at->same) {
		char host[BR_FOUND_HOST_SIZE];

		br_found_host(&at->address, host, sizeof host);
		br_json_text(json, NULL, host);
	}
	br_json_close(json, ']');
}

static void json_each(struct finding *finding, struct br_buf *out, const struct br_found *found)
{
	struct br_json json = {.buf = out};
	char host[BR_FOUND_HOST_SIZE];

	br_found_host(&found->address, host, sizeof host);
	br_json_open(&json, NULL, '{');
	br_json_text(&json, "schema", "brayer.found/1");
	br_json_text(&json, "kind", kind_of(found));
	br_json_text(&json, "target", found->target);
	br_json_text(&json, "address", host);
	put_also(&json, found);
	br_json_text(&json, "profile", find_profile(finding, found));
	br_json_text(&json, "snmp", find_snmp(found));
	br_json_text(&json, "maker", found->maker);
	br_json_text(&json, "model", found->model);
	br_json_text(&json, "serial", found->serial);
	br_json_text(&json, "mac", found->mac);
	br_json_text(&json, "hostname", found->hostname);
	br_json_text(&json, "location", found->location);
	br_json_text(&json, "description", found->description);
	br_json_text(&json, "object_id", found->object_id);
	br_json_text(&json, "problem", found->problem);
	br_json_close(&json, '}');
	br_buf_char(out, '\n');
}

static void mute_json(struct br_buf *out, const char *host)
{
	br_buf_format(out,
		      "{\"schema\":\"brayer.found/1\",\"kind\":\"host\",\"address\":\"%s\"}\n",
		      host);
}

static void json_behind(struct finding *finding, struct br_buf *out)
{
	each_mute(finding, mute_json, out);
}

static void targets_each(struct finding *finding, struct br_buf *out,
			 const struct br_found *found)
{
	(void)finding;
	br_buf_format(out, "%s\n", found->target);
}

/* clang-format off */
static const struct find_format formats[] = {
	{"table",   false, NULL, NULL,         find_table},
	{"jsonl",   false, NULL, json_each,    json_behind},
	{"targets", true,  NULL, targets_each, NULL},
};
/* clang-format on */

const struct find_format *find_format(struct cli *cli, const char *name)
{
	const char *names[16] = {NULL}, *nearest;
	size_t n = 0;

	for (size_t i = 0; i < COUNT(formats); i++) {
		if (strcmp(name, formats[i].name) == 0)
			return &formats[i];
		names[n++] = formats[i].name;
	}
	for (size_t i = 0; find_configs[i].name; i++) {
		if (strcmp(name, find_configs[i].name) == 0)
			return &find_configs[i];
		if (n + 1 < COUNT(names))
			names[n++] = find_configs[i].name;
	}
	nearest = br_text_nearest(br_view(name), names);
	cli_usage(cli,
		  "%.40s is no format%s%s%s: table, jsonl, targets, brayerd, nagios, icinga, "
		  "collectd or zabbix",
		  name, nearest ? "; did you mean " : "", nearest ? nearest : "",
		  nearest ? "?" : "");
	return NULL;
}

void find_print(struct finding *finding)
{
	const struct find_format *format = finding->format;
	struct br_buf *out = &finding->cli->out;
	bool full;
	size_t n;
	struct br_found *const *found = br_discover_found(finding->discover, &n, &full);

	if (format->before)
		format->before(finding, out);
	for (size_t i = 0; format->each && i < n; i++)
		if (find_is_shown(finding, found[i])) {
			format->each(finding, out, found[i]);
			finding->before = found[i];
		}
	if (format->behind)
		format->behind(finding, out);
}
