/*
 * config.c - the collector's sections, read as strictly as the profiles: what is not understood
 * stops it, with file and line.
 *
 * The same text has been through the library's parser before (profiles, unknown sections), so
 * sections of others are passed over here without a word.
 *
 * SPDX-License-Identifier: MIT
 */
#include "config.h"
#include "config_keys.h"

#include <stdlib.h>
#include <string.h>

#define CONFIG_MAX_BYTES (4u * 1024u * 1024u)

struct reader {
	struct collector_config *config;
	const struct br_config *profiles;
	struct collector_place place; /* section 0: somebody else's */
	unsigned given;               /* bits of keys, in this section */
	unsigned collector_line;
};

static const struct br_cadence built_in = {
	.status_s = 600,
	.full_at = 6 * 60,
	.full_window_s = 12 * 3600,
};

char *collector_text(struct br_view text)
{
	char *copy = malloc(text.len + 1);

	if (copy)
		(void)br_text_copy(copy, text.len + 1, text);
	return copy;
}

void collector_config_init(struct collector_config *config)
{
	memset(config, 0, sizeof *config);
	br_text_copy(config->store, sizeof config->store, br_view(BR_STORE_PATH));
	br_text_copy(config->health, sizeof config->health, br_view(COLLECTOR_HEALTH));
	config->pace = BR_FLEET_PACE;
}

void collector_config_clear(struct collector_config *config)
{
	for (size_t i = 0; i < config->n_sites; i++)
		br_range_clear(&config->sites[i].range);
	for (size_t i = 0; i < config->n_printers; i++) {
		free(config->printers[i].target);
		free(config->printers[i].name);
	}
	free(config->sites);
	free(config->printers);
	collector_config_init(config);
}

static enum br_status complain(const char *file, unsigned line, enum br_status status,
			       const char *sentence, struct br_error *err)
{
	return br_fail(err, status, "%s:%u: %s", file, line, sentence);
}

/* Room for one more; doubles. The memory stays where it was if there is none. */
static void *one_more(void *at, size_t n, size_t size)
{
	if (n && (n & (n - 1)))
		return at;
	return realloc(at, (n ? 2 * n : 1) * size);
}

static enum br_status begin_collector(struct reader *reader, const struct br_ini_line *line,
				      struct br_error *err)
{
	if (line->name.len)
		return complain(line->file, line->line, BR_E_SYNTAX, "[collector] has no name",
				err);
	if (reader->collector_line)
		return br_fail(err, BR_E_SYNTAX,
			       "%s:%u: [collector] is given twice; the first is line %u",
			       line->file, line->line, reader->collector_line);
	reader->collector_line = line->line;
	reader->place =
		(struct collector_place){.section = IN_COLLECTOR, .config = reader->config};
	return BR_OK;
}

static enum br_status begin_site(struct reader *reader, const struct br_ini_line *line,
				 struct br_error *err)
{
	struct collector_config *config = reader->config;
	struct collector_site *site;
	void *grown;

	if (!collector_name_is_plain(line->name))
		return complain(line->file, line->line, BR_E_SYNTAX,
				"a site has a name, as in [site berlin]: up to 63 letters, "
				"digits, '.', '_' and '-', the first a letter or digit",
				err);
	for (size_t i = 0; i < config->n_sites; i++)
		if (br_view_is(line->name, config->sites[i].name))
			return br_fail(err, BR_E_SYNTAX,
				       "%s:%u: [site %s] is given twice; the first is line %u",
				       line->file, line->line, config->sites[i].name,
				       config->sites[i].line);
	if (config->n_sites == COLLECTOR_SITES)
		return complain(line->file, line->line, BR_E_LIMIT, "more than 1024 sites",
				err);
	grown = one_more(config->sites, config->n_sites, sizeof *site);
	if (!grown)
		return complain(line->file, line->line, BR_E_MEMORY, "out of memory", err);
	config->sites = grown;
	site = &config->sites[config->n_sites++];
	*site = (struct collector_site){.line = line->line, .n_profiles = 1, .discover = true};
	br_range_init(&site->range);
	br_text_copy(site->name, sizeof site->name, line->name);
	br_text_copy(site->profiles[0], COLLECTOR_NAME, br_view("default"));
	reader->place =
		(struct collector_place){.section = IN_SITE, .config = config, .site = site};
	return BR_OK;
}

static enum br_status parse_target(const struct br_ini_line *line, struct br_target *target,
				   struct br_error *err)
{
	char text[BR_TARGET_SIZE];
	struct br_error why;
	enum br_status status;

	if (line->name.len == 0)
		return complain(line->file, line->line, BR_E_SYNTAX,
				"a printer has a target: [printer 192.0.2.10]", err);
	if (!br_text_copy(text, sizeof text, line->name))
		return complain(line->file, line->line, BR_E_LIMIT, "the target is too long",
				err);
	status = br_target_parse(target, text, &why);
	if (status != BR_OK)
		return complain(line->file, line->line, status, why.text, err);
	if (target->kind != BR_TARGET_UDP)
		return complain(line->file, line->line, BR_E_UNSUPPORTED,
				"a recording is for the command line; the collector asks "
				"printers only",
				err);
	if (target->has_device)
		return complain(line->file, line->line, BR_E_UNSUPPORTED,
				"without #: every printer behind an address is read", err);
	return BR_OK;
}

static enum br_status begin_printer(struct reader *reader, const struct br_ini_line *line,
				    struct br_error *err)
{
	struct collector_config *config = reader->config;
	struct br_target target = {0};
	struct collector_printer *printer;
	enum br_status status = parse_target(line, &target, err);
	void *grown;

	if (status != BR_OK)
		return status;
	if (config->n_printers == COLLECTOR_PRINTERS)
		return complain(line->file, line->line, BR_E_LIMIT, "more than 100000 printers",
				err);
	grown = one_more(config->printers, config->n_printers, sizeof *printer);
	if (!grown)
		return complain(line->file, line->line, BR_E_MEMORY, "out of memory", err);
	config->printers = grown;
	printer = &config->printers[config->n_printers];
	*printer = (struct collector_printer){.line = line->line,
					      .target = collector_text(br_view(target.text)),
					      .has_port = target.port != 0};
	if (!printer->target)
		return complain(line->file, line->line, BR_E_MEMORY, "out of memory", err);
	config->n_printers++;
	reader->place = (struct collector_place){
		.section = IN_PRINTER, .config = config, .printer = printer};
	return BR_OK;
}

static enum br_status begin_section(struct reader *reader, const struct br_ini_line *line,
				    struct br_error *err)
{
	static const struct {
		const char *name;
		enum br_status (*begin)(struct reader *reader, const struct br_ini_line *line,
					struct br_error *err);
	} sections[] = {
		{"collector", begin_collector},
		{"site", begin_site},
		{"printer", begin_printer},
	};

	reader->place = (struct collector_place){0};
	reader->given = 0;
	for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
		if (br_view_is(line->section, sections[i].name))
			return sections[i].begin(reader, line, err);
	return BR_OK;
}

static enum br_status take_line(void *user, const struct br_ini_line *line,
				struct br_error *err)
{
	struct reader *reader = user;
	const char *names[COLLECTOR_KEYS_MAX];
	struct br_error why;
	enum br_status status;
	int key;

	if (line->key.len == 0)
		return begin_section(reader, line, err);
	if (!reader->place.section) {
		if (br_view_is(line->key, "mibs"))
			reader->config->mibs_line = line->line; /* for complaints only */
		return BR_OK;
	}
	key = collector_key_find(reader->place.section, line->key);
	if (key < 0) {
		collector_key_names(reader->place.section, names);
		return br_ini_unknown(line, names, err);
	}
	if (reader->given & 1u << key)
		return br_fail(err, BR_E_SYNTAX, "%s:%u: %s is given twice", line->file,
			       line->line, collector_key_name(key));
	reader->given |= 1u << key;
	status = collector_key_set(&reader->place, key, line, &why);
	return status == BR_OK ? BR_OK
			       : complain(line->file, line->line, status, why.text, err);
}

static enum br_status check_profile(const struct reader *reader, const char *name,
				    unsigned line, struct br_error *err)
{
	const struct br_profile *profile;
	struct br_error why;
	enum br_status status = br_config_profile(reader->profiles, name, &profile, &why);

	return status == BR_OK ? BR_OK
			       : complain(reader->config->file, line, status, why.text, err);
}

static enum br_status check_site(const struct reader *reader, struct collector_site *site,
				 struct br_error *err)
{
	enum br_status status = BR_OK;
	struct br_error why;

	for (size_t i = 0; status == BR_OK && i < site->n_profiles; i++)
		status = check_profile(reader, site->profiles[i],
				       site->profiles_line ? site->profiles_line : site->line,
				       err);
	if (status != BR_OK)
		return status;
	if (site->discover_line && site->discover && !site->has_ranges)
		return complain(reader->config->file, site->discover_line, BR_E_SYNTAX,
				"discover = yes needs ranges", err);
	site->discover = site->discover && site->has_ranges;
	if (!site->has_ranges)
		return BR_OK;
	status = br_range_settle(&site->range, BR_RANGE_USUAL_MAX, &why);
	return status == BR_OK
		       ? BR_OK
		       : complain(reader->config->file, site->line, status, why.text, err);
}

static enum br_status check_printer(const struct reader *reader,
				    const struct collector_printer *printer,
				    struct br_error *err)
{
	const struct collector_config *config = reader->config;
	const struct collector_site *site = collector_site_named(config, printer->site);
	const char *names[COLLECTOR_SITES + 1] = {NULL}, *nearest;

	if (site || !printer->site[0])
		return check_profile(
			reader,
			printer->profile[0] ? printer->profile
			: site              ? site->profiles[0]
					    : "default",
			printer->profile_line ? printer->profile_line : printer->line, err);
	for (size_t i = 0; i < config->n_sites; i++)
		names[i] = config->sites[i].name;
	nearest = br_text_nearest(br_view(printer->site), names);
	return br_fail(err, BR_E_ABSENT, "%s:%u: there is no site %s%s%s%s", config->file,
		       printer->site_line, printer->site, nearest ? "; did you mean " : "",
		       nearest ? nearest : "", nearest ? "?" : "");
}

static int by_target(const void *a, const void *b)
{
	const struct collector_printer *x = *(const struct collector_printer *const *)a;
	const struct collector_printer *y = *(const struct collector_printer *const *)b;
	int order = strcmp(x->target, y->target);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static enum br_status check_twice(const struct collector_config *config, struct br_error *err)
{
	const struct collector_printer **sorted =
		malloc((config->n_printers + 1) * sizeof(void *));
	enum br_status status = BR_OK;

	if (!sorted)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	for (size_t i = 0; i < config->n_printers; i++)
		sorted[i] = &config->printers[i];
	qsort(sorted, config->n_printers, sizeof sorted[0], by_target);
	for (size_t i = 1; status == BR_OK && i < config->n_printers; i++)
		if (strcmp(sorted[i]->target, sorted[i - 1]->target) == 0)
			status = br_fail(
				err, BR_E_SYNTAX,
				"%s:%u: this printer is given twice; the first is line %u",
				config->file, sorted[i]->line, sorted[i - 1]->line);
	free(sorted);
	return status;
}

static enum br_status check_all(struct reader *reader, struct br_error *err)
{
	struct collector_config *config = reader->config;
	enum br_status status = BR_OK;

	for (size_t i = 0; status == BR_OK && i < config->n_sites; i++)
		status = check_site(reader, &config->sites[i], err);
	for (size_t i = 0; status == BR_OK && i < config->n_printers; i++)
		status = check_printer(reader, &config->printers[i], err);
	return status == BR_OK ? check_twice(config, err) : status;
}

enum br_status collector_config_parse(struct collector_config *config, struct br_view text,
				      const char *file, const struct br_config *profiles,
				      struct br_error *err)
{
	struct reader reader = {.config = config, .profiles = profiles};
	enum br_status status;

	collector_config_init(config);
	if (!br_text_copy(config->file, sizeof config->file, br_view(file)))
		return br_fail(err, BR_E_LIMIT, "the path of the configuration is too long");
	status = br_ini_parse(text, config->file, take_line, &reader, err);
	if (status == BR_OK)
		status = check_all(&reader, err);
	if (status != BR_OK)
		collector_config_clear(config);
	return status;
}

enum br_status collector_config_load(struct collector_config *config, const char *path,
				     const struct br_config *profiles, struct br_error *err)
{
	struct br_file file;
	enum br_status status = br_file_read(&file, path, CONFIG_MAX_BYTES, err);

	collector_config_init(config);
	if (status == BR_OK)
		status = collector_config_parse(config, (struct br_view){file.data, file.len},
						path, profiles, err);
	br_file_clear(&file);
	return status;
}

const struct collector_site *collector_site_of(const struct collector_config *config,
					       const union br_address *address)
{
	uint64_t index;

	for (size_t i = 0; i < config->n_sites; i++)
		if (config->sites[i].range.count &&
		    br_range_find(&config->sites[i].range, address, &index))
			return &config->sites[i];
	return NULL;
}

const struct collector_site *collector_site_named(const struct collector_config *config,
						  const char *name)
{
	for (size_t i = 0; i < config->n_sites; i++)
		if (strcmp(config->sites[i].name, name) == 0)
			return &config->sites[i];
	return NULL;
}

static void lay_over(struct br_cadence *cadence, const struct collector_schedule *schedule)
{
	const struct br_cadence *own = &schedule->cadence;

	if (schedule->given & COLLECTOR_STATUS)
		cadence->status_s = own->status_s;
	if (schedule->given & COLLECTOR_FULL)
		cadence->full_at = own->full_at;
	if (schedule->given & COLLECTOR_WINDOW)
		cadence->full_window_s = own->full_window_s;
	if (schedule->given & COLLECTOR_BLACKOUT) {
		cadence->n_blackouts = own->n_blackouts;
		memcpy(cadence->blackouts, own->blackouts, sizeof own->blackouts);
	}
}

struct br_cadence collector_cadence(const struct collector_config *config,
				    const struct collector_site *site,
				    const struct collector_printer *printer)
{
	struct br_cadence cadence = built_in;

	lay_over(&cadence, &config->schedule);
	if (site)
		lay_over(&cadence, &site->schedule);
	if (printer)
		lay_over(&cadence, &printer->schedule);
	if (cadence.full_at == UINT16_MAX) { /* full = none */
		cadence.full_at = 0;
		cadence.full_window_s = 0;
	}
	return cadence;
}
