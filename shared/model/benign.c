/*
 * benign.c - alerts that tell of no fault.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/benign.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { CODE_UNKNOWN = 2, CODE_POWER_SAVER = 23, SEVERITY_CRITICAL = 3 };
enum { FINISHERS = 30200, FINISHERS_END = 31900, ENDINGS = 100 };

/* clang-format off */
static const int32_t codes[] = {
	4, 6,             /* cover, interlock closed */
	7,                /* configuration change */
	19, 20,           /* closed, turned on */
	23, 24,           /* saves power, warms up */
	25, 27,           /* added */
	502, 503, 504, 505, 506, 507, /* door closed, power, reset, ready */
	1001, 1005,       /* the fuser warms up, the print quality is adjusted */
};

/*
 * What panels write when they sleep; without "mode" and without a number in braces behind it.
 * The last resort: makers raise such a row as a warning with the code "other".
 */
static const char *const sleep_words[] = {
	"sleep", "sleeping", "asleep", "deep sleep", "power save", "power saver", "power saving",
	"energy save", "energy saver", "energy saving", "standby", "stand-by",
	"energiesparmodus", "energiesparen", "ruhemodus", "ruhezustand", "schlafmodus", "bereitschaft",
	"veille", "mode veille", "en veille", "mise en veille", "veille prolongée", "économie d'énergie",
	"reposo", "modo de reposo", "en reposo", "ahorro de energía",
	"riposo", "modalità riposo", "risparmio energia", "risparmio energetico",
	"slaapstand", "slaapmodus", "sluimerstand", "energiebesparing",
	"viloläge", "energisparläge", "sparläge", "dvale", "dvaletilstand", "hvilemodus",
	"strømsparing", "strømsparemodus", "lepotila", "virransäästö",
	"suspensão", "modo de suspensão", "modo de espera", "economia de energia",
	"tryb uśpienia", "uśpienie", "režim spánku", "spánek", "спящий режим", "スリープ", "スリープ中",
	"節電", "節電中", "睡眠", "休眠", "节能",
};

/* And where there is nothing to tell. */
static const char *const ready_words[] = {
	"ready", "idle", "online", "bereit", "betriebsbereit", "prêt", "listo", "preparado", "pronto",
	"pronta", "gereed", "redo", "klar", "valmis",
};
/* clang-format on */

/* "Energy saver {40:00}" and "Sleep mode ..." say no more than their first words. */
static struct br_view bare(struct br_view text)
{
	static const char mode[] = " mode";
	size_t len = strlen(mode);
	const char *brace = text.len ? memchr(text.at, '{', text.len) : NULL;

	if (brace)
		text.len = (size_t)(brace - text.at);
	text = br_view_trim(text);
	while (text.len > 0 && text.at[text.len - 1] == '.')
		text.len--;
	if (text.len > len &&
	    br_view_is_nocase((struct br_view){text.at + text.len - len, len}, mode))
		text.len -= len;
	return br_view_trim(text);
}

static bool is_listed(struct br_view text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (br_view_is_nocase(text, words[i]))
			return true;
	return false;
}

int32_t br_alert_plain_code(int32_t code)
{
	return code >= FINISHERS && code < FINISHERS_END ? code % ENDINGS : code;
}

static bool by_code(const struct br_alert *alert)
{
	int32_t code = br_alert_plain_code(alert->code);

	for (size_t i = 0; i < COUNT(codes); i++)
		if (code == codes[i])
			return true;
	return false;
}

/* Only where nothing else tells what it is. */
static bool is_wordy(const struct br_alert *alert)
{
	return alert->code >= 0 && alert->code <= CODE_UNKNOWN &&
	       alert->severity != SEVERITY_CRITICAL && alert->description;
}

bool br_alert_is_benign(const struct br_reading *reading, const struct br_alert *alert)
{
	if (by_code(alert))
		return true;
	if (!is_wordy(alert))
		return false;
	struct br_view text = bare(br_view(br_text(reading, alert->description)));
	return is_listed(text, sleep_words, COUNT(sleep_words)) ||
	       is_listed(text, ready_words, COUNT(ready_words));
}

bool br_alert_is_sleep(const struct br_reading *reading, const struct br_alert *alert)
{
	if (alert->code == CODE_POWER_SAVER)
		return true;
	return (by_code(alert) || is_wordy(alert)) &&
	       is_listed(bare(br_view(br_text(reading, alert->description))), sleep_words,
			 COUNT(sleep_words));
}
