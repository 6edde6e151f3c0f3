/*
 * judge_status.c - is anything wrong with the printer itself: alerts, error bits, covers,
 * state.
 *
 * One thing is said once. What an alert, an error bit and a cover say of the same is one line
 * (a topic). What is about supplies or trays is theirs to say, unless only this judge is asked
 * and the printer stands still because of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "alerts.h"
#include "judge.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { GROUP_COVER = 6, GROUP_INPUT = 8 };
enum { CODE_COVER_OPEN = 3, CODE_INTERLOCK_OPEN = 5, CODE_JAM = 8 };
enum { COVER_INTERLOCK_OPEN = 5 /* PrtCoverStatusTC */, TRAINING_FIELD_SERVICE = 5 };
enum { NEARLY = 20 }; /* percent: a level that a printer may warn of */

/* What several witnesses may tell of. */
enum topic { COVER, JAM, OFFLINE, SERVICE, MAINTENANCE, TOPICS, NO_TOPIC };

/* clang-format off */
static const struct {
	const char *words;
	enum br_error_bit bit;
	int32_t code; /* of an alert that says the same: rules about it fit the bit too */
} topics[TOPICS] = {
	[COVER] = {"cover open", BR_ERR_DOOR_OPEN, CODE_COVER_OPEN},
	[JAM] = {"paper jam", BR_ERR_JAMMED, CODE_JAM},
	[OFFLINE] = {"offline", BR_ERR_OFFLINE, 0},
	[SERVICE] = {"service requested", BR_ERR_SERVICE_REQUESTED, 0},
	[MAINTENANCE] = {"maintenance overdue", BR_ERR_OVERDUE_PREVENTIVE_MAINTENANCE, 0},
};
/* clang-format on */

struct finding {
	bool found;
	enum plugin_state state;
	char where[140]; /* "Front Cover, Rear Door" */
};

struct status {
	struct plugin_answer *answer;
	const struct plugin_case *about;
	const struct br_reading *reading;
	const struct plugin_group *group;
	bool stopped;
	bool excused;    /* there is a reason why the printer warns, said or not ours to say */
	bool panel_said; /* what the panel shows is in a line already */
	bool said[PLUGIN_ABOUT_TRAY + 1]; /* subjects of others that were said here */
	size_t counted;                   /* alerts that are not OK */
	struct finding topics[TOPICS];
};

static const struct {
	const char *ending; /* of the code's name */
	enum topic topic;
} endings[] = {
	{"cover-open", COVER}, {"interlock-open", COVER},    {"door-open", COVER},
	{"-opened", COVER},    {"subunit-offline", OFFLINE}, {"jam", JAM},
};

static enum topic topic_of(const struct br_alert *alert)
{
	const char *known = br_name_alert_code(alert->code), *name = known ? known : "";
	size_t len = strlen(name);

	for (size_t i = 0; i < COUNT(endings); i++) {
		size_t n = strlen(endings[i].ending);
		if (len >= n && strcmp(name + len - n, endings[i].ending) == 0)
			return endings[i].topic;
	}
	return NO_TOPIC;
}

/* Adds a place to a topic, unless it is in it already. */
static void put_where(struct finding *finding, const char *where)
{
	size_t len = strlen(finding->where);

	if (!where[0] || strstr(finding->where, where))
		return;
	snprintf(finding->where + len, sizeof finding->where - len, "%s%s", len ? ", " : "",
		 where);
}

static void find(struct finding *finding, enum plugin_state state)
{
	finding->state = finding->found ? plugin_state_worst(finding->state, state) : state;
	finding->found = true;
}

static const struct br_cover *cover_of(const struct br_reading *reading,
				       const struct br_alert *alert)
{
	for (size_t i = 0; i < reading->n_covers; i++)
		if (alert->group == GROUP_COVER && alert->group_index > 0 &&
		    reading->covers[i].index == alert->group_index)
			return &reading->covers[i];
	return NULL;
}

/* "paper jam: Jam at the fuser", or the group where the printer says no more. */
static const char *where_of(const struct status *status, const struct br_alert *alert)
{
	const struct br_cover *cover = cover_of(status->reading, alert);
	const char *said = br_text(status->reading, alert->description);
	const char *group = br_name_alert_group(alert->group);
	const char *name = br_name_alert_code(alert->code);

	if (cover && cover->description)
		return br_text(status->reading, cover->description);
	if (said[0] && !(name && br_view_is_nocase(br_view(said), name)))
		return said;
	return group && alert->group != GROUP_COVER ? group : "";
}

static void take_topic(struct status *status, enum topic topic, const struct br_alert *alert,
		       enum plugin_state state, bool ruled)
{
	struct finding *finding = &status->topics[topic];

	if (!ruled && topic == COVER && status->stopped && state != PLUGIN_OK)
		state = PLUGIN_CRITICAL;
	find(finding, state);
	const char *where = where_of(status, alert);
	if (state != PLUGIN_OK && !br_view_is_nocase(br_view(where), topics[topic].words))
		put_where(finding, where);
}

/* Paper that is fed by hand is nobody's fault, unless somebody asked for it. */
static bool is_by_hand(const struct status *status, const struct br_alert *alert)
{
	const struct br_reading *reading = status->reading;

	for (size_t i = 0; i < reading->n_trays && !status->about->settings->manual; i++)
		if (alert->group == GROUP_INPUT &&
		    reading->trays[i].index == alert->group_index)
			return plugin_tray_by_hand(&reading->trays[i]);
	return false;
}

/* Whether another judge is to say it: what a printer that goes on lacks, or need not have. */
static bool is_for_others(const struct status *status, const struct br_alert *alert,
			  enum plugin_subject subject, enum plugin_state state)
{
	if (subject == PLUGIN_ABOUT_PRINTER)
		return false;
	if (status->about->whole || state != PLUGIN_CRITICAL || is_by_hand(status, alert))
		return true;
	return !status->stopped && br_device_works(status->reading);
}

/* The same said by an earlier row. */
static bool is_repeated(const struct br_reading *reading, size_t at)
{
	const struct br_alert *alert = &reading->alerts[at];

	for (size_t i = 0; i < at; i++) {
		const struct br_alert *other = &reading->alerts[i];
		if (other->code == alert->code && other->group == alert->group &&
		    other->severity == alert->severity && other->training == alert->training &&
		    other->description == alert->description)
			return true;
	}
	return false;
}

/* "Idle", "Sleep": no more than the state says. */
static bool is_idle(const struct br_reading *reading, const struct br_alert *alert)
{
	return alert->code < CODE_COVER_OPEN || br_alert_is_sleep(reading, alert);
}

static void take_alert(struct status *status, size_t at)
{
	const struct br_alert *alert = &status->reading->alerts[at];
	enum plugin_subject subject = plugin_alert_subject(alert);
	enum topic topic = topic_of(alert);
	bool ruled;
	enum plugin_state state =
		plugin_alert_state(status->about->settings, status->reading, alert, &ruled);
	char text[160];

	status->excused = true;
	status->counted += state != PLUGIN_OK;
	/* Who says what needs service has said that service is needed. */
	if (state != PLUGIN_OK && alert->training == TRAINING_FIELD_SERVICE)
		status->topics[SERVICE].found = true;
	/* What a rule makes of it holds, whoever would speak of it otherwise. */
	if (is_for_others(status, alert, subject, state) && !(ruled && state != PLUGIN_OK))
		return;
	if (topic != NO_TOPIC && subject == PLUGIN_ABOUT_PRINTER) {
		take_topic(status, topic, alert, state, ruled);
		return;
	}
	if (is_repeated(status->reading, at) ||
	    (state == PLUGIN_OK && !ruled && is_idle(status->reading, alert)))
		return;
	if (state != PLUGIN_OK)
		status->said[subject] = true;
	plugin_alert_text(status->reading, alert, text, sizeof text);
	plugin_line(status->answer, state, "%s", text);
}

/* by_alert: an alert told of covers already, with the severity that the printer gave it. */
static void take_cover(struct status *status, const struct br_cover *cover, bool by_alert)
{
	struct finding *finding = &status->topics[COVER];
	const struct br_alert as_alert = {
		.group = GROUP_COVER,
		.group_index = cover->index,
		.code = cover->status == COVER_INTERLOCK_OPEN ? CODE_INTERLOCK_OPEN
							      : CODE_COVER_OPEN,
		.description = cover->description,
	};
	enum plugin_state state = status->stopped ? PLUGIN_CRITICAL : PLUGIN_WARNING;
	bool ruled;

	if (cover->state != BR_COVER_OPEN)
		return;
	status->excused = true;
	ruled = plugin_alert_rule(status->about->settings, status->reading, &as_alert, NULL,
				  &state);
	if (!by_alert || ruled)
		find(finding, state);
	if (state != PLUGIN_OK)
		put_where(finding, br_text(status->reading, cover->description));
}

static bool is_set(const struct status *status, enum br_error_bit bit)
{
	return status->reading->status.errors >> bit & 1;
}

static void take_bits(struct status *status)
{
	const struct plugin_settings *settings = status->about->settings;
	const struct br_reading *reading = status->reading;

	for (size_t i = 0; i < TOPICS; i++) {
		struct finding *finding = &status->topics[i];
		enum br_error_bit bit = topics[i].bit;
		bool critical = br_error_bit_severity(reading, bit) == BR_SEVERITY_CRITICAL;
		enum plugin_state state = critical ? PLUGIN_CRITICAL : PLUGIN_WARNING;

		/* A bit only sums up: who says more has said it. */
		if (!is_set(status, bit) || finding->found)
			continue;
		if (!plugin_alert_rule(settings, reading, NULL, br_name_error_bit(bit), &state))
			plugin_alert_rule(settings, reading, NULL,
					  br_name_alert_code(topics[i].code), &state);
		find(finding, state);
	}
}

static bool begins_nocase(const char *text, const char *words)
{
	size_t len = strlen(words);

	return strnlen(text, len) == len &&
	       br_view_is_nocase((struct br_view){text, len}, words);
}

static void say_topics(struct status *status)
{
	for (size_t i = 0; i < TOPICS; i++) {
		const struct finding *finding = &status->topics[i];

		if (!finding->found || finding->state == PLUGIN_OK)
			continue;
		/* "Paper jam at the fuser" needs no words of ours before it. */
		if (begins_nocase(finding->where, topics[i].words))
			plugin_line(status->answer, finding->state, "%s", finding->where);
		else if (finding->where[0])
			plugin_line(status->answer, finding->state, "%s: %s", topics[i].words,
				    finding->where);
		else if (is_set(status, topics[i].bit))
			plugin_line(status->answer, finding->state, "%s (error bit %s)",
				    topics[i].words, br_name_error_bit(topics[i].bit));
		else
			plugin_line(status->answer, finding->state, "%s", topics[i].words);
	}
}

/* Bits about supplies and trays that a printer stands still for, where nothing better tells
 * why. */
static void say_stopping_bits(struct status *status)
{
	static const struct {
		enum br_error_bit bit;
		const char *words;
	} stopping[] = {
		{BR_ERR_NO_PAPER, "no paper"},
		{BR_ERR_INPUT_TRAY_EMPTY, "input tray empty"},
		{BR_ERR_INPUT_TRAY_MISSING, "input tray missing"},
		{BR_ERR_OUTPUT_TRAY_MISSING, "output tray missing"},
		{BR_ERR_OUTPUT_FULL, "output full"},
		{BR_ERR_NO_TONER, "no toner"},
		{BR_ERR_MARKER_SUPPLY_MISSING, "supply missing"},
	};

	if (!status->stopped || status->about->whole ||
	    plugin_group_state(status->answer, status->group) == PLUGIN_CRITICAL)
		return;
	for (size_t i = 0; i < COUNT(stopping); i++) {
		enum plugin_subject subject = plugin_error_subject(stopping[i].bit);
		const char *name = br_name_error_bit(stopping[i].bit);
		enum plugin_state state = PLUGIN_CRITICAL;

		if (!is_set(status, stopping[i].bit) || status->said[subject])
			continue;
		plugin_alert_rule(status->about->settings, status->reading, NULL, name, &state);
		if (state == PLUGIN_OK)
			continue;
		plugin_line(status->answer, state, "%s (error bit %s)", stopping[i].words,
			    name);
		status->said[subject] = true;
	}
}

static bool tray_explains(const struct br_tray *tray)
{
	return tray->state > BR_TRAY_OK || (tray->level.known && tray->level.value == 0) ||
	       (tray->kind == BR_LEVEL_MEASURED && tray->percent <= NEARLY);
}

/* Something that the printer may well be warning of, and that others say or nobody needs to. */
static bool is_explained(const struct br_reading *reading)
{
	for (size_t i = 0; i < reading->n_supplies; i++) {
		const struct br_supply *supply = &reading->supplies[i];
		if (supply->state > BR_SUPPLY_OK ||
		    (supply->kind == BR_LEVEL_MEASURED && supply->percent <= NEARLY))
			return true;
	}
	for (size_t i = 0; i < reading->n_trays; i++)
		if (tray_explains(&reading->trays[i]))
			return true;
	for (size_t i = 0; i < reading->n_outputs; i++)
		if (tray_explains(&reading->outputs[i]))
			return true;
	return reading->n_hearsay > 0 || reading->status.errors != 0;
}

/* What the panel shows, on one line; false: nothing, or what may be about a job. */
static bool panel_of(const struct br_reading *reading, char *out, size_t size)
{
	const struct br_status_part *part = &reading->status;
	size_t len = 0;

	out[0] = '\0';
	if (part->state == BR_STATE_PRINTING || part->state == BR_STATE_WARMUP)
		return false;
	for (size_t i = 0; i < part->n_console && len < size - 1; i++) {
		snprintf(out + len, size - len, "%s%s", len ? " / " : "",
			 br_text(reading, part->console[i]));
		len = strlen(out);
	}
	return len > 0;
}

static void say_unexplained(struct status *status, enum plugin_state state, const char *words)
{
	char panel[100];

	if (panel_of(status->reading, panel, sizeof panel))
		plugin_line(status->answer, state, "%s; panel: %s", words, panel);
	else
		plugin_line(status->answer, state, "%s", words);
	status->panel_said = panel[0] != '\0';
}

static bool is_asleep(const struct br_reading *reading)
{
	for (size_t i = 0; i < reading->n_alerts; i++)
		if (br_alert_is_sleep(reading, &reading->alerts[i]))
			return true;
	return false;
}

static const char *doing(const struct br_reading *reading)
{
	switch (reading->status.state) {
	case BR_STATE_PRINTING:
		return "printing";
	case BR_STATE_WARMUP:
		return "warming up";
	case BR_STATE_IDLE:
		return is_asleep(reading) ? "asleep" : "idle";
	case BR_STATE_OTHER:
		return is_asleep(reading) ? "asleep" : "idle or asleep";
	case BR_STATE_STOPPED:
		return "stopped";
	case BR_STATE_UNKNOWN:
		break;
	}
	if (reading->status.device == BR_DEVICE_TESTING)
		return "testing itself";
	if (reading->status.device == BR_DEVICE_RUNNING)
		return "running";
	return reading->n_alerts ? "state not told" : "no alerts";
}

/* No row of any table, no state: it may be no printer at all. */
static bool tells_nothing(const struct br_reading *reading)
{
	const struct br_status_part *part = &reading->status;

	/* An empty alert table is good news: that there is one, the rest of its MIB tells. */
	return part->state == BR_STATE_UNKNOWN && part->device <= BR_DEVICE_UNKNOWN &&
	       !part->errors_known && reading->n_alerts == 0 && reading->n_covers == 0 &&
	       reading->n_supplies == 0 && reading->n_trays == 0 && reading->n_outputs == 0 &&
	       part->n_console == 0 && part->n_lights == 0 && !part->config_changes.known;
}

/* In a whole answer: there is something that the other judges speak of. */
static bool others_tell(const struct br_reading *reading)
{
	for (size_t i = 0; i < BR_COUNTER_COUNT; i++)
		if (reading->counters[i].value.known)
			return true;
	return reading->n_care + reading->n_hearsay > 0;
}

static void say_state(struct status *status)
{
	const struct br_reading *reading = status->reading;
	enum plugin_state so_far = plugin_group_state(status->answer, status->group);

	if (status->stopped) {
		/* Whatever is critical is why it stands still. */
		if (so_far == PLUGIN_CRITICAL)
			return;
		say_unexplained(status, PLUGIN_CRITICAL, "stopped");
	} else if (reading->status.device == BR_DEVICE_WARNING && so_far == PLUGIN_OK &&
		   !status->excused && !is_explained(reading)) {
		say_unexplained(status, PLUGIN_WARNING,
				"the printer warns and does not say of what");
	} else {
		plugin_line(status->answer, PLUGIN_OK, "%s", doing(reading));
	}
}

void plugin_judge_status(struct plugin_answer *answer, const struct plugin_case *about)
{
	const struct br_reading *reading = about->reading;
	struct plugin_group *group = plugin_group(answer, "status");
	struct status status = {
		.answer = answer, .about = about, .reading = reading, .group = group};
	char panel[120];

	if (tells_nothing(reading) && about->whole && others_tell(reading)) {
		snprintf(group->well, sizeof group->well, "state not told");
		plugin_line(answer, PLUGIN_OK, "%s", group->well);
		return;
	}
	if (tells_nothing(reading)) {
		plugin_silence(answer, about, "the printer tells nothing of its state");
		return;
	}
	status.stopped = br_stands_still(reading);
	for (size_t i = 0; i < reading->n_alerts; i++)
		take_alert(&status, i);
	bool by_alert = status.topics[COVER].found;
	for (size_t i = 0; i < reading->n_covers; i++)
		take_cover(&status, &reading->covers[i], by_alert);
	take_bits(&status);
	say_topics(&status);
	say_stopping_bits(&status);
	say_state(&status);
	plugin_perf(answer, "alerts",
		    (struct br_number){.known = true, .value = (int64_t)status.counted}, 0, "",
		    NULL);
	snprintf(group->well, sizeof group->well, "%s", doing(reading));
	if (plugin_group_state(answer, group) != PLUGIN_OK && !status.panel_said &&
	    panel_of(reading, panel, sizeof panel))
		plugin_line(answer, PLUGIN_OK, "panel: %s", panel);
}
