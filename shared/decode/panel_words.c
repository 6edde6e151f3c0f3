/*
 * panel_words.c - the words of panels: things, and what is said of them, in the languages that
 * printers speak most. From what printers show and their manuals list.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/panel_words.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Which things a condition can be said of. */
enum {
	USED = 1,   /* what is used up */
	FILLED = 2, /* a waste box */
	ALL = 4,    /* "supplies" */
	EACH = USED | FILLED | ALL,
};

/* The tables are of what is left of a text: no accents, no colours, none of the idle words. The
 * longest that fits counts. */
/* clang-format off */
static const struct {
	const char *words;
	enum br_part part;
} things[] = {
	{"toner", BR_PART_PRINTING}, {"toners", BR_PART_PRINTING},
	{"toner cartridge", BR_PART_PRINTING}, {"toner cartridges", BR_PART_PRINTING},
	{"toner supply", BR_PART_PRINTING}, {"toner bottle", BR_PART_PRINTING},
	{"toner kit", BR_PART_PRINTING}, {"tonerstand", BR_PART_PRINTING},
	{"tonervorrat", BR_PART_PRINTING}, {"tonerkassette", BR_PART_PRINTING},
	{"tonerkartusche", BR_PART_PRINTING}, {"tonerpatrone", BR_PART_PRINTING},
	{"cartouche toner", BR_PART_PRINTING}, {"cartucho toner", BR_PART_PRINTING},
	{"cartuccia toner", BR_PART_PRINTING}, {"tonercartridge", BR_PART_PRINTING},
	{"tonerkassett", BR_PART_PRINTING}, {"tonerpatron", BR_PART_PRINTING},
	{"cartridge", BR_PART_PRINTING}, {"cartridges", BR_PART_PRINTING},
	{"print cartridge", BR_PART_PRINTING}, {"ink", BR_PART_PRINTING},
	{"ink cartridge", BR_PART_PRINTING}, {"ink cartridges", BR_PART_PRINTING},
	{"ink supply", BR_PART_PRINTING}, {"ink tank", BR_PART_PRINTING},
	{"ink pack", BR_PART_PRINTING}, {"tinte", BR_PART_PRINTING},
	{"tintenstand", BR_PART_PRINTING}, {"tintenpatrone", BR_PART_PRINTING},
	{"patrone", BR_PART_PRINTING}, {"kartusche", BR_PART_PRINTING},
	{"druckpatrone", BR_PART_PRINTING}, {"encre", BR_PART_PRINTING},
	{"cartouche", BR_PART_PRINTING}, {"cartouche encre", BR_PART_PRINTING},
	{"tinta", BR_PART_PRINTING}, {"cartucho", BR_PART_PRINTING},
	{"cartucho tinta", BR_PART_PRINTING}, {"inchiostro", BR_PART_PRINTING},
	{"cartuccia", BR_PART_PRINTING}, {"cartuccia inchiostro", BR_PART_PRINTING},
	{"inkt", BR_PART_PRINTING}, {"inktcartridge", BR_PART_PRINTING},
	{"patron", BR_PART_PRINTING}, {"ribbon", BR_PART_PRINTING},
	{"farbband", BR_PART_PRINTING}, {"supplies", BR_PART_ANY},

	{"waste toner", BR_PART_WASTE}, {"waste toner box", BR_PART_WASTE},
	{"waste toner bottle", BR_PART_WASTE}, {"waste toner container", BR_PART_WASTE},
	{"waste toner tank", BR_PART_WASTE}, {"waste toner cartridge", BR_PART_WASTE},
	{"waste toner unit", BR_PART_WASTE}, {"wt box", BR_PART_WASTE},
	{"toner waste", BR_PART_WASTE}, {"toner waste box", BR_PART_WASTE},
	{"waste box", BR_PART_WASTE}, {"waste cartridge", BR_PART_WASTE},
	{"waste container", BR_PART_WASTE}, {"waste bottle", BR_PART_WASTE},
	{"used toner", BR_PART_WASTE}, {"used toner container", BR_PART_WASTE},
	{"used toner box", BR_PART_WASTE}, {"used toner bottle", BR_PART_WASTE},
	{"toner collection unit", BR_PART_WASTE}, {"toner collection kit", BR_PART_WASTE},
	{"toner collector", BR_PART_WASTE}, {"waste ink", BR_PART_WASTE},
	{"waste ink box", BR_PART_WASTE}, {"waste ink tank", BR_PART_WASTE},
	{"waste ink pad", BR_PART_WASTE}, {"ink absorber", BR_PART_WASTE},
	{"ink box", BR_PART_WASTE}, {"ink pad", BR_PART_WASTE},
	{"maintenance box", BR_PART_WASTE}, {"maintenance tank", BR_PART_WASTE},
	{"maintenance cartridge", BR_PART_WASTE}, {"resttoner", BR_PART_WASTE},
	{"resttonerbehalter", BR_PART_WASTE}, {"resttonerbehaelter", BR_PART_WASTE},
	{"resttonerbox", BR_PART_WASTE}, {"resttonerb", BR_PART_WASTE},
	{"resttoner behalter", BR_PART_WASTE}, {"alttonerbehalter", BR_PART_WASTE},
	{"altton behalt", BR_PART_WASTE}, {"wartungsbox", BR_PART_WASTE},
	{"bac toner usage", BR_PART_WASTE}, {"toner usage", BR_PART_WASTE},
	{"flacon toner usage", BR_PART_WASTE}, {"recuperateur toner", BR_PART_WASTE},
	{"bac recuperation toner", BR_PART_WASTE}, {"toner residual", BR_PART_WASTE},
	{"deposito toner residual", BR_PART_WASTE}, {"toner usado", BR_PART_WASTE},
	{"caja toner residual", BR_PART_WASTE}, {"toner scarto", BR_PART_WASTE},
	{"vaschetta recupero toner", BR_PART_WASTE}, {"recupero toner", BR_PART_WASTE},
	{"toner esausto", BR_PART_WASTE}, {"tonerafvalbak", BR_PART_WASTE},
	{"toneropvangbak", BR_PART_WASTE}, {"afvaltoner", BR_PART_WASTE},

	{"drum", BR_PART_DRUM}, {"drum unit", BR_PART_DRUM}, {"drum cartridge", BR_PART_DRUM},
	{"drum kit", BR_PART_DRUM}, {"image drum", BR_PART_DRUM}, {"imaging drum", BR_PART_DRUM},
	{"imaging unit", BR_PART_DRUM}, {"imaging kit", BR_PART_DRUM},
	{"photoconductor", BR_PART_DRUM}, {"photoconductor unit", BR_PART_DRUM},
	{"trommel", BR_PART_DRUM}, {"trommeleinheit", BR_PART_DRUM},
	{"bildtrommel", BR_PART_DRUM}, {"tambour", BR_PART_DRUM},
	{"ensemble tambour", BR_PART_DRUM}, {"tambor", BR_PART_DRUM},
	{"tamburo", BR_PART_DRUM}, {"gruppo tamburo", BR_PART_DRUM},
	{"developer", BR_PART_DEVELOPER}, {"developer unit", BR_PART_DEVELOPER},
	{"developer cartridge", BR_PART_DEVELOPER}, {"developing unit", BR_PART_DEVELOPER},
	{"fuser", BR_PART_FUSER}, {"fuser unit", BR_PART_FUSER}, {"fuser kit", BR_PART_FUSER},
	{"fixing unit", BR_PART_FUSER}, {"fixiereinheit", BR_PART_FUSER},
	{"belt", BR_PART_BELT}, {"belt unit", BR_PART_BELT}, {"transfer belt", BR_PART_BELT},
	{"transfer unit", BR_PART_BELT}, {"transfer kit", BR_PART_BELT},

	{"staple cartridge", BR_PART_NONE}, {"stapler cartridge", BR_PART_NONE},
	{"font cartridge", BR_PART_NONE}, {"memory cartridge", BR_PART_NONE},
	{"cleaning cartridge", BR_PART_NONE}, {"punch waste box", BR_PART_NONE},
	{"hole punch waste box", BR_PART_NONE}, {"staple waste box", BR_PART_NONE},
	{"power supplies", BR_PART_NONE}, {"toner save", BR_PART_NONE},
	{"toner saver", BR_PART_NONE}, {"toner saving", BR_PART_NONE},
	{"toner mode", BR_PART_NONE}, {"toner density", BR_PART_NONE},
	{"ink save", BR_PART_NONE}, {"ink saver", BR_PART_NONE},
};

/* Said behind the thing. */
static const struct condition {
	const char *words;
	enum br_supply_state state;
	unsigned of;
} behind[] = {
	{"low", BR_SUPPLY_LOW, USED | ALL}, {"nearly low", BR_SUPPLY_LOW, USED},
	{"running low", BR_SUPPLY_LOW, USED | ALL}, {"getting low", BR_SUPPLY_LOW, USED},
	{"almost empty", BR_SUPPLY_LOW, USED}, {"nearly empty", BR_SUPPLY_LOW, USED},
	{"near empty", BR_SUPPLY_LOW, USED}, {"almost out", BR_SUPPLY_LOW, USED},
	{"nearly out", BR_SUPPLY_LOW, USED}, {"running out", BR_SUPPLY_LOW, USED},
	{"end soon", BR_SUPPLY_LOW, EACH}, {"ends soon", BR_SUPPLY_LOW, EACH},
	{"near end", BR_SUPPLY_LOW, EACH}, {"nearing end", BR_SUPPLY_LOW, EACH},
	{"almost end", BR_SUPPLY_LOW, EACH}, {"nearly end", BR_SUPPLY_LOW, EACH},
	{"near life", BR_SUPPLY_LOW, EACH}, {"near end life", BR_SUPPLY_LOW, EACH},
	{"life low", BR_SUPPLY_LOW, USED}, {"life near end", BR_SUPPLY_LOW, EACH},
	{"almost full", BR_SUPPLY_LOW, FILLED}, {"nearly full", BR_SUPPLY_LOW, FILLED},
	{"near full", BR_SUPPLY_LOW, FILLED}, {"nearfull", BR_SUPPLY_LOW, FILLED},
	{"nr full", BR_SUPPLY_LOW, FILLED}, {"nearing full", BR_SUPPLY_LOW, FILLED},
	{"niedrig", BR_SUPPLY_LOW, USED}, {"gering", BR_SUPPLY_LOW, USED},
	{"fast leer", BR_SUPPLY_LOW, USED}, {"bald leer", BR_SUPPLY_LOW, USED},
	{"fast aufgebraucht", BR_SUPPLY_LOW, USED}, {"fast verbraucht", BR_SUPPLY_LOW, USED},
	{"bald verbraucht", BR_SUPPLY_LOW, USED}, {"bestellen", BR_SUPPLY_LOW, EACH},
	{"fast voll", BR_SUPPLY_LOW, FILLED}, {"bald voll", BR_SUPPLY_LOW, FILLED},
	{"beinahe voll", BR_SUPPLY_LOW, FILLED}, {"faible", BR_SUPPLY_LOW, USED},
	{"bas", BR_SUPPLY_LOW, USED}, {"basse", BR_SUPPLY_LOW, USED},
	{"presque vide", BR_SUPPLY_LOW, USED}, {"presque epuise", BR_SUPPLY_LOW, USED},
	{"presque epuisee", BR_SUPPLY_LOW, USED}, {"bientot vide", BR_SUPPLY_LOW, USED},
	{"presque plein", BR_SUPPLY_LOW, FILLED}, {"bientot plein", BR_SUPPLY_LOW, FILLED},
	{"bajo", BR_SUPPLY_LOW, USED}, {"baja", BR_SUPPLY_LOW, USED},
	{"casi agotado", BR_SUPPLY_LOW, USED}, {"casi agotada", BR_SUPPLY_LOW, USED},
	{"casi vacio", BR_SUPPLY_LOW, USED}, {"por agotarse", BR_SUPPLY_LOW, USED},
	{"casi lleno", BR_SUPPLY_LOW, FILLED}, {"casi llena", BR_SUPPLY_LOW, FILLED},
	{"basso", BR_SUPPLY_LOW, USED}, {"bassa", BR_SUPPLY_LOW, USED},
	{"in esaurimento", BR_SUPPLY_LOW, USED}, {"quasi esaurito", BR_SUPPLY_LOW, USED},
	{"quasi esaurita", BR_SUPPLY_LOW, USED}, {"insufficiente", BR_SUPPLY_LOW, USED},
	{"quasi pieno", BR_SUPPLY_LOW, FILLED}, {"quasi piena", BR_SUPPLY_LOW, FILLED},
	{"bijna op", BR_SUPPLY_LOW, USED}, {"bijna leeg", BR_SUPPLY_LOW, USED},
	{"laag", BR_SUPPLY_LOW, USED}, {"bijna vol", BR_SUPPLY_LOW, FILLED},
	{"baixo", BR_SUPPLY_LOW, USED}, {"baixa", BR_SUPPLY_LOW, USED},
	{"quase vazio", BR_SUPPLY_LOW, USED}, {"quase cheio", BR_SUPPLY_LOW, FILLED},
	{"lag", BR_SUPPLY_LOW, USED}, {"lav", BR_SUPPLY_LOW, USED},
	{"nastan slut", BR_SUPPLY_LOW, USED}, {"snart slut", BR_SUPPLY_LOW, USED},

	{"empty", BR_SUPPLY_EMPTY, USED}, {"ended", BR_SUPPLY_EMPTY, EACH},
	{"end", BR_SUPPLY_EMPTY, EACH}, {"out", BR_SUPPLY_EMPTY, USED | ALL},
	{"run out", BR_SUPPLY_EMPTY, USED}, {"ran out", BR_SUPPLY_EMPTY, USED},
	{"used up", BR_SUPPLY_EMPTY, USED}, {"exhausted", BR_SUPPLY_EMPTY, USED},
	{"depleted", BR_SUPPLY_EMPTY, USED}, {"expired", BR_SUPPLY_EMPTY, EACH},
	{"end life", BR_SUPPLY_EMPTY, EACH}, {"reached end life", BR_SUPPLY_EMPTY, EACH},
	{"life end", BR_SUPPLY_EMPTY, EACH}, {"life over", BR_SUPPLY_EMPTY, EACH},
	{"stop", BR_SUPPLY_EMPTY, USED}, {"full", BR_SUPPLY_EMPTY, FILLED},
	{"leer", BR_SUPPLY_EMPTY, USED}, {"aufgebraucht", BR_SUPPLY_EMPTY, USED},
	{"verbraucht", BR_SUPPLY_EMPTY, USED}, {"ersetzen", BR_SUPPLY_EMPTY, EACH},
	{"wechseln", BR_SUPPLY_EMPTY, EACH}, {"austauschen", BR_SUPPLY_EMPTY, EACH},
	{"tauschen", BR_SUPPLY_EMPTY, EACH}, {"nachfullen", BR_SUPPLY_EMPTY, USED},
	{"erneuern", BR_SUPPLY_EMPTY, EACH}, {"voll", BR_SUPPLY_EMPTY, FILLED},
	{"vide", BR_SUPPLY_EMPTY, USED}, {"epuise", BR_SUPPLY_EMPTY, USED},
	{"epuisee", BR_SUPPLY_EMPTY, USED}, {"plein", BR_SUPPLY_EMPTY, FILLED},
	{"agotado", BR_SUPPLY_EMPTY, USED}, {"agotada", BR_SUPPLY_EMPTY, USED},
	{"vacio", BR_SUPPLY_EMPTY, USED}, {"lleno", BR_SUPPLY_EMPTY, FILLED},
	{"llena", BR_SUPPLY_EMPTY, FILLED}, {"esaurito", BR_SUPPLY_EMPTY, USED},
	{"esaurita", BR_SUPPLY_EMPTY, USED}, {"vuoto", BR_SUPPLY_EMPTY, USED},
	{"pieno", BR_SUPPLY_EMPTY, FILLED}, {"piena", BR_SUPPLY_EMPTY, FILLED},
	{"op", BR_SUPPLY_EMPTY, USED}, {"leeg", BR_SUPPLY_EMPTY, USED},
	{"vervangen", BR_SUPPLY_EMPTY, EACH}, {"vol", BR_SUPPLY_EMPTY, FILLED},
	{"esgotado", BR_SUPPLY_EMPTY, USED}, {"vazio", BR_SUPPLY_EMPTY, USED},
	{"cheio", BR_SUPPLY_EMPTY, FILLED}, {"slut", BR_SUPPLY_EMPTY, USED},

	{"missing", BR_SUPPLY_MISSING, USED | FILLED},
	{"not installed", BR_SUPPLY_MISSING, USED | FILLED},
	{"not detected", BR_SUPPLY_MISSING, USED | FILLED},
	{"fehlt", BR_SUPPLY_MISSING, USED | FILLED},
	{"nicht erkannt", BR_SUPPLY_MISSING, USED | FILLED},
	{"absent", BR_SUPPLY_MISSING, USED | FILLED},
	{"absente", BR_SUPPLY_MISSING, USED | FILLED},
	{"mancante", BR_SUPPLY_MISSING, USED | FILLED},
};

/* Said before the thing. */
static const struct condition before[] = {
	{"low", BR_SUPPLY_LOW, USED | ALL}, {"low on", BR_SUPPLY_LOW, USED},
	{"almost out", BR_SUPPLY_LOW, USED}, {"almost empty", BR_SUPPLY_LOW, USED},
	{"nearly empty", BR_SUPPLY_LOW, USED}, {"order", BR_SUPPLY_LOW, EACH},
	{"reorder", BR_SUPPLY_LOW, EACH}, {"prepare", BR_SUPPLY_LOW, EACH},
	{"wenig", BR_SUPPLY_LOW, USED}, {"peu", BR_SUPPLY_LOW, USED},
	{"commander", BR_SUPPLY_LOW, EACH}, {"commandez", BR_SUPPLY_LOW, EACH},
	{"poco", BR_SUPPLY_LOW, USED}, {"poca", BR_SUPPLY_LOW, USED},
	{"weinig", BR_SUPPLY_LOW, USED}, {"pouco", BR_SUPPLY_LOW, USED},
	{"pouca", BR_SUPPLY_LOW, USED}, {"lite", BR_SUPPLY_LOW, USED},

	{"replace", BR_SUPPLY_EMPTY, EACH}, {"change", BR_SUPPLY_EMPTY, USED | FILLED},
	{"add", BR_SUPPLY_EMPTY, USED}, {"out", BR_SUPPLY_EMPTY, USED},
	{"refill", BR_SUPPLY_EMPTY, USED}, {"replenish", BR_SUPPLY_EMPTY, USED},
	{"remplacer", BR_SUPPLY_EMPTY, EACH}, {"remplacez", BR_SUPPLY_EMPTY, EACH},
	{"changer", BR_SUPPLY_EMPTY, EACH}, {"changez", BR_SUPPLY_EMPTY, EACH},
	{"plus", BR_SUPPLY_EMPTY, USED}, {"reemplazar", BR_SUPPLY_EMPTY, EACH},
	{"reemplace", BR_SUPPLY_EMPTY, EACH}, {"cambiar", BR_SUPPLY_EMPTY, EACH},
	{"cambie", BR_SUPPLY_EMPTY, EACH}, {"sustituir", BR_SUPPLY_EMPTY, EACH},
	{"sustituya", BR_SUPPLY_EMPTY, EACH}, {"sin", BR_SUPPLY_EMPTY, USED},
	{"sostituire", BR_SUPPLY_EMPTY, EACH}, {"cambiare", BR_SUPPLY_EMPTY, EACH},
	{"vervang", BR_SUPPLY_EMPTY, EACH}, {"substituir", BR_SUPPLY_EMPTY, EACH},
	{"substitua", BR_SUPPLY_EMPTY, EACH}, {"trocar", BR_SUPPLY_EMPTY, EACH},
	{"byt", BR_SUPPLY_EMPTY, EACH}, {"skift", BR_SUPPLY_EMPTY, EACH},

	{"no", BR_SUPPLY_MISSING, USED | FILLED}, {"install", BR_SUPPLY_MISSING, USED | FILLED},
	{"insert", BR_SUPPLY_MISSING, USED | FILLED},
	{"missing", BR_SUPPLY_MISSING, USED | FILLED},
	{"cannot detect", BR_SUPPLY_MISSING, USED | FILLED},
	{"kein", BR_SUPPLY_MISSING, USED | FILLED}, {"keine", BR_SUPPLY_MISSING, USED | FILLED},
};

/* Between a thing and its condition these say nothing. Sorted. */
static const char *const idle[] = {
	"a", "an", "are", "be", "been", "bitte", "c", "d", "das", "de", "dei", "del", "den",
	"der", "des", "di", "die", "do", "du", "een", "el", "est", "esta", "fullstand", "has",
	"have", "het", "il", "is", "ist", "k", "l", "la", "las", "le", "les", "level", "light",
	"livello", "lo", "los", "m", "matte", "molto", "muy", "mycket", "new", "niva",
	"niveau", "nivel", "now", "o", "of", "per", "photo", "please", "sehr", "soll",
	"the", "tres", "un", "una", "une", "very", "y", "your", "zeer",
};

/* "Replace toner soon": then it is not used up yet. Not "pronto": Italian printers say it when
 * they are ready. */
static const char *const soon[] = {
	"bald", "bientot", "binnenkort", "days", "demnachst", "presto", "prochainement",
	"snart", "soon", "within",
};
/* What panels add to it, and is said of no thing: "Toner low. Press OK to continue." */
static const char *const filler[] = {
	"|", "about", "almost", "and", "aterstaende", "ca", "continue", "in", "left", "ok",
	"order", "page", "pages", "press", "print", "printing", "ready", "remaining", "seiten",
	"sidor", "to", "und", "with",
};
/* clang-format on */

static size_t begins(const char *at, const char *words)
{
	size_t len = strlen(words);

	return strncmp(at, words, len) == 0 && at[len] == ' ' ? len : 0;
}

/* Whether the words end right before the thing at `at`. */
static size_t ends(const struct br_folded *folded, const char *at, const char *words)
{
	size_t len = strlen(words), room = (size_t)(at - folded->text);

	return room >= len + 2 && at[-(ptrdiff_t)len - 2] == ' ' &&
			       strncmp(at - len - 1, words, len) == 0
		       ? len
		       : 0;
}

size_t br_panel_thing(const char *at, enum br_part *part)
{
	size_t most = 0;

	for (size_t i = 0; i < COUNT(things); i++) {
		size_t len = things[i].words[0] == at[0] ? begins(at, things[i].words) : 0;

		if (len > most) {
			most = len;
			*part = things[i].part;
		}
	}
	return most;
}

enum br_supply_state br_panel_condition(const struct br_folded *folded, const char *at,
					size_t len, enum br_part part)
{
	unsigned of = part == BR_PART_ANY ? ALL : part == BR_PART_WASTE ? FILLED : USED;
	enum br_supply_state state = BR_SUPPLY_UNKNOWN;
	const char *rest = at + len + 1;
	size_t most = 0;

	for (size_t i = 0; i < COUNT(behind); i++) {
		size_t n = behind[i].words[0] == rest[0] && behind[i].of & of
				   ? begins(rest, behind[i].words)
				   : 0;

		if (n > most) {
			most = n;
			state = behind[i].state;
		}
	}
	for (size_t i = 0; state == BR_SUPPLY_UNKNOWN && i < COUNT(before); i++)
		if (before[i].of & of && ends(folded, at, before[i].words))
			state = before[i].state;
	return state;
}

static size_t longer(const char *at, const char *words, size_t most)
{
	size_t len = words[0] == at[0] ? begins(at, words) : 0;

	return len > most ? len : most;
}

size_t br_panel_known(const char *at)
{
	enum br_part part;
	size_t most = br_panel_thing(at, &part);

	for (size_t i = 0; i < COUNT(behind); i++)
		most = longer(at, behind[i].words, most);
	for (size_t i = 0; i < COUNT(before); i++)
		most = longer(at, before[i].words, most);
	for (size_t i = 0; i < COUNT(soon); i++)
		most = longer(at, soon[i], most);
	for (size_t i = 0; i < COUNT(filler); i++)
		most = longer(at, filler[i], most);
	return most;
}

bool br_panel_is_soon(const struct br_folded *folded)
{
	for (const char *at = folded->text; (at = strchr(at, ' ')) != NULL;) {
		at++;
		for (size_t i = 0; i < COUNT(soon); i++)
			if (begins(at, soon[i]))
				return true;
	}
	return false;
}

bool br_panel_is_idle(const char *word)
{
	for (size_t i = 0; i < COUNT(idle); i++)
		if (strcmp(word, idle[i]) == 0)
			return true;
	return false;
}
