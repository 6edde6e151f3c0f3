/*
 * parts_supply.c - what a supply is called: what it is, and its colour.
 *
 * The type the printer names decides; the description only where there is no type, or
 * "other", because its language changes with the panel's. So also "toner-cartridge" is toner:
 * which of the two a printer says differs between its own protocols.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/names.h"
#include "model/parts.h"

#include <string.h>

#define COUNT(table)         (sizeof(table) / sizeof((table)[0]))
#define TYPE_TONER           3
#define TYPE_CLEANER         18
#define TYPE_TRANSFER        20
#define TYPE_TONER_CARTRIDGE 21
#define TYPE_MATTE_TONER     35
#define TYPE_MATTE_INK       36

/* clang-format off */
static const char *const kinds_by_type[] = { /* PrtMarkerSuppliesTypeTC; absent: see description */
	[TYPE_TONER] = "toner", [4] = "waste-toner", [5] = "ink", [6] = "ink", [7] = "ribbon",
	[8] = "waste-ink", [9] = "drum", [10] = "developer", [11] = "fuser-oil", [12] = "wax",
	[13] = "ribbon", [14] = "waste-wax", [15] = "fuser", [16] = "corona-wire",
	[17] = "fuser-oil-wick", [TYPE_CLEANER] = "cleaner", [19] = "fuser-cleaning-pad",
	[TYPE_TRANSFER] = "belt", [TYPE_TONER_CARTRIDGE] = "toner", [22] = "fuser-oiler",
	[23] = "water", [24] = "waste-water", [25] = "glue", [26] = "waste-paper",
	[27] = "binding", [28] = "banding", [29] = "stitching-wire", [30] = "shrink-wrap",
	[31] = "paper-wrap", [32] = "staples", [33] = "inserts", [34] = "covers",
	[TYPE_MATTE_TONER] = "toner", [TYPE_MATTE_INK] = "ink",
};

/* First match wins. Fragments of a slug, see br_slug(); all of a row must be there. */
static const struct {
	const char *fragments, *kind;
} kinds_by_word[] = {
	{"-maintenance-box", "waste-ink"},
	{"-maintenance-kit", "maintenance-kit"},
	{"-wartungskit", "maintenance-kit"},
	{"-waste -ink-", "waste-ink"},
	{"-ink-absor", "waste-ink"},
	{"-waste-", "waste-toner"},
	{"-resttoner", "waste-toner"},
	{"-rest -toner", "waste-toner"},
	{"-alttoner", "waste-toner"},
	{"-afvaltoner", "waste-toner"},
	{"-toner -resid", "waste-toner"},
	{"-toner -usag", "waste-toner"},
	{"-toner -usad", "waste-toner"},
	{"-toner -recup", "waste-toner"},
	{"-toner -scarto", "waste-toner"},
	{"-toner -esaust", "waste-toner"},
	{"-fuser-oil", "fuser-oil"},
	{"-fuser -clean", "fuser-cleaning-pad"},
	{"-belt -clean", "belt-cleaner"},
	{"-transfer -clean", "belt-cleaner"},
	{"-ribbon", "ribbon"},
	{"-farbband", "ribbon"},
	{"-ruban", "ribbon"},
	{"-transfer -roll", "transfer-roller"},
	{"-transferwalze", "transfer-roller"},
	{"-transferrol", "transfer-roller"},
	{"-belt-", "belt"},
	{"-transfer", "belt"},
	{"-ubertragung", "belt"},
	{"-courroie", "belt"},
	{"-cinghia", "belt"},
	{"-toner-drum", "toner"},
	{"-drum", "drum"},
	{"-photoconduct", "drum"},
	{"-fotoconduct", "drum"},
	{"-opc-", "drum"},
	{"-imaging-unit", "drum"},
	{"-bildeinheit", "drum"},
	{"-bildtrommel", "drum"},
	{"-trommel", "drum"},
	{"-tambo", "drum"}, /* tambour, tambor */
	{"-tamburo", "drum"},
	{"-trumma", "drum"},
	{"-tromle", "drum"},
	{"-develop", "developer"},
	{"-entwickl", "developer"},
	{"-svilupp", "developer"},
	{"-revelador", "developer"},
	{"-fuser", "fuser"},
	{"-fusi", "fuser"}, /* fusing, fusion */
	{"-fuso", "fuser"}, /* fusore, fusor */
	{"-fixier", "fuser"},
	{"-fixage", "fuser"},
	{"-fixation", "fuser"},
	{"-stapl", "staples"},
	{"-heft", "staples"},
	{"-agraf", "staples"},
	{"-punti-", "staples"},
	{"-grapas", "staples"},
	{"-print-head", "print-head"},
	{"-printhead", "print-head"},
	{"-druckkopf", "print-head"},
	{"-corona", "corona-wire"},
	{"-toner", "toner"},
	{"-ink-", "ink"},
	{"-inks-", "ink"},
	{"-tinte", "ink"},
	{"-encre", "ink"},
	{"-inchiostro", "ink"},
	{"-tinta", "ink"},
	{"-cartridge", "cartridge"},
	{"-cartouche", "cartridge"},
	{"-kartusche", "cartridge"},
	{"-patrone", "cartridge"},
	{"-druckpatrone", "cartridge"},
	{"-cartuccia", "cartridge"},
	{"-cartucho", "cartridge"},
};

/* Kinds that come in colours. */
static const char *const colored[] = {
	"toner", "ink", "drum", "developer", "ribbon", "wax", "cartridge", "print-head", "corona-wire",
	"other",
};

static const char *const makers[] = {
	"hp", "oki", "xerox", "lexmark", "samsung", "brother", "canon", "epson", "ricoh", "kyocera",
	"konica", "sharp", "toshiba", "dell", "s", /* "S/N:" */
};

static const char *const no_colors[] = {"-none-", "-other-", "-unknown-", "-n-a-", "-", "--"};
/* clang-format on */

static bool is_in(const char *const *list, size_t count, const char *word, size_t len)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i][0] == word[0] && strncmp(list[i], word, len) == 0 &&
		    list[i][len] == '\0')
			return true;
	}
	return false;
}

/* A bit that stands for how a word begins; at points to the '-' before it. */
static uint64_t beginning(const char *at)
{
	return at[1] == '\0' ? 0 : UINT64_C(1) << ((at[1] * 7 + at[2]) & 63);
}

static const char *kind_by_word(const char *slug)
{
	uint64_t beginnings = 0;

	for (const char *at = slug; *at != '\0'; at++)
		beginnings |= *at == '-' ? beginning(at) : 0;
	for (size_t i = 0; i < COUNT(kinds_by_word); i++) {
		const char *fragments = kinds_by_word[i].fragments;
		/* Nearly all rows fall by their first two letters, much cheaper than a search.
		 */
		if ((beginnings & beginning(fragments)) != 0 && br_slug_has(slug, fragments))
			return kinds_by_word[i].kind;
	}
	return NULL;
}

/* The type's kind, corrected where a description is known to say it better; NULL: none. */
static const char *kind_by_type(int32_t type, const char *slug)
{
	if (type < 0 || (size_t)type >= COUNT(kinds_by_type))
		return NULL;
	if (type == TYPE_TRANSFER && br_slug_has(slug, "-roll"))
		return "transfer-roller";
	if (type == TYPE_CLEANER && br_slug_has(slug, "-belt-"))
		return "belt-cleaner";
	if ((type == TYPE_TONER || type == TYPE_TONER_CARTRIDGE) &&
	    br_slug_has(slug, "-drum") && !br_slug_has(slug, "-toner"))
		return "drum";
	return kinds_by_type[type];
}

/* Part numbers and makers in a description change with the part that is in the printer. */
static bool is_changing(const char *word, size_t len)
{
	size_t digits = 0;

	for (size_t i = 0; i < len; i++)
		digits += word[i] >= '0' && word[i] <= '9';
	if (digits == len)
		return len > 2;
	return digits > 0 || is_in(makers, COUNT(makers), word, len);
}

/* The words of a description up to the first that changes; all of it if that is the first. */
static void kind_from_description(char out[BR_BASE_SIZE], char slug[BR_SLUG_SIZE])
{
	size_t n = 1;

	while (slug[n] != '\0') {
		size_t len = strcspn(slug + n, "-");
		if (is_changing(slug + n, len))
			break;
		n += len + 1;
	}
	if (n > 1)
		slug[n] = '\0';
	if (!br_slug_base(out, slug))
		br_text_copy(out, BR_BASE_SIZE, br_view("other"));
}

/* The last word of a text, for codes like "TK-8345K"; empty if it has no four letters. */
static struct br_view code_of(const struct br_reading *reading, const struct br_supply *supply)
{
	br_text_at at = supply->part != 0 ? supply->part : supply->description;
	struct br_view text = br_view(br_text(reading, at));
	size_t n = text.len;

	while (n > 0 && text.at[n - 1] != ' ')
		n--;
	struct br_view code = {text.at + n, text.len - n};
	return code.len >= 4 ? code : (struct br_view){text.at, 0};
}

static bool has_code(const struct br_reading *reading, struct br_view stem, char letter)
{
	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_view code = code_of(reading, &reading->supplies[i]);
		if (code.len == stem.len + 1 && code.at[stem.len] == letter &&
		    memcmp(code.at, stem.at, stem.len) == 0)
			return true;
	}
	return false;
}

/* "TK-8345K" is black only beside a TK-8345C, M and Y. */
static const char *color_by_siblings(const struct br_reading *reading,
				     const struct br_supply *supply)
{
	static const char letters[] = "KCMY";
	struct br_view code = code_of(reading, supply);
	const char *letter = code.len > 0 ? strchr(letters, code.at[code.len - 1]) : NULL;

	if (letter == NULL || *letter == '\0')
		return NULL;
	struct br_view stem = {code.at, code.len - 1};
	for (const char *other = letters; *other != '\0'; other++) {
		if (!has_code(reading, stem, *other))
			return NULL;
	}
	return br_name_colorant((enum br_colorant)(letter - letters + BR_COLORANT_BLACK));
}

/* The colour by what the printer says of it, else by what the part is called. */
static const char *color_of(const struct br_reading *reading, const struct br_supply *supply)
{
	const char *color = br_colorant_find(br_view(br_text(reading, supply->colorant)));

	if (color != NULL || supply->colorant != 0)
		return color;
	color = br_colorant_find(br_view(br_text(reading, supply->description)));
	if (color == NULL)
		color = br_colorant_find(br_view(br_text(reading, supply->part)));
	return color != NULL ? color : color_by_siblings(reading, supply);
}

/* "none" and "unknown" are not colours: absent. */
static void drop_no_color(const struct br_reading *reading, struct br_supply *supply)
{
	char slug[BR_SLUG_SIZE];
	const char *text = br_text(reading, supply->colorant);

	if (supply->colorant == 0 || (unsigned char)text[0] >= 0x80)
		return;
	size_t len = br_slug(slug, text);
	if (is_in(no_colors, COUNT(no_colors), slug, len))
		supply->colorant = 0;
}

/* Adds the colour's word to the id; one the tables do not know is kept as the printer says it.
 */
static void add_color(struct br_reading *reading, struct br_supply *supply,
		      char out[BR_BASE_SIZE])
{
	char slug[BR_SLUG_SIZE], word[BR_BASE_SIZE] = "";
	const char *color = color_of(reading, supply);
	size_t len = strlen(out);

	if (color != NULL && strcmp(color, "black") == 0 &&
	    (supply->type == TYPE_MATTE_TONER || supply->type == TYPE_MATTE_INK))
		color = "matte-black";
	if (color != NULL) {
		supply->colorant = br_reading_put(reading, color);
		br_text_copy(word, sizeof(word), br_view(color));
	} else {
		br_slug(slug, br_text(reading, supply->colorant));
		br_slug_base(word, slug);
	}
	if (word[0] != '\0' && len + 1 < BR_BASE_SIZE) {
		out[len] = '-';
		br_text_copy(out + len + 1, BR_BASE_SIZE - len - 1, br_view(word));
	}
}

/*
 * "Black Cartridge" where the type was not told: what else the printer has says what is in it.
 * A type that comes with the next reading must not change the id.
 */
static const char *kind_of_cartridge(const struct br_reading *reading)
{
	static const char *const dry[] = {"toner",     "waste-toner", "drum",
					  "developer", "fuser",       "belt"};
	static const char *const wet[] = {"ink", "waste-ink", "print-head"};
	const br_text_at texts[] = {reading->identity.model, reading->identity.description};
	char slug[BR_SLUG_SIZE];

	for (size_t i = 0; i < reading->n_supplies; i++) {
		br_slug(slug, br_text(reading, reading->supplies[i].description));
		const char *kind = kind_by_type(reading->supplies[i].type, slug);
		if (kind == NULL)
			kind = kind_by_word(slug);
		if (kind != NULL && is_in(dry, COUNT(dry), kind, strlen(kind)))
			return "toner";
		if (kind != NULL && is_in(wet, COUNT(wet), kind, strlen(kind)))
			return "ink";
	}
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct br_view text = br_view(br_text(reading, texts[i]));

		if (br_view_contains(text, "laser") || br_view_contains(text, "LBP"))
			return "toner";
		if (br_view_contains(text, "deskjet") || br_view_contains(text, "officejet") ||
		    br_view_contains(text, "inkjet") || br_view_contains(text, "pixma"))
			return "ink";
	}
	return "cartridge";
}

void br_supply_base(struct br_reading *reading, size_t at, char out[BR_BASE_SIZE])
{
	struct br_supply *supply = &reading->supplies[at];
	char slug[BR_SLUG_SIZE];

	br_slug(slug, br_text(reading, supply->description));
	const char *kind = kind_by_type(supply->type, slug);
	if (kind == NULL)
		kind = kind_by_word(slug);
	if (kind != NULL && strcmp(kind, "cartridge") == 0)
		kind = kind_of_cartridge(reading);
	drop_no_color(reading, supply);
	if (kind == NULL && slug[1] == '\0') /* nothing at all was said, but perhaps a colour */
		kind = "other";
	if (kind == NULL) {
		kind_from_description(out, slug);
		return;
	}
	br_text_copy(out, BR_BASE_SIZE, br_view(kind));
	if (is_in(colored, COUNT(colored), kind, strlen(kind)))
		add_color(reading, supply, out);
}
