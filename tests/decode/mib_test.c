/*
 * mib_test.c - the .mib format: what is read, and what is refused with which sentence.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "decode/mib.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "maker M\nobject 1.3.6.1.4.1.9999\n"

/* The parser must not look behind the text: it gets a block of exactly its length. */
static enum br_status parse(struct br_mib *mib, const char *text, bool head_only, char **block,
			    struct br_error *err)
{
	size_t len = strlen(text);

	*block = malloc(len ? len : 1);
	memcpy(*block, text, len);
	return br_mib_parse(mib, (struct br_view){*block, len}, "f.mib", head_only, err);
}

static void is(struct br_view view, const char *text)
{
	CHECK_MEM(view.at, view.len, text, strlen(text));
}

static void check_oid(const struct br_oid *oid, const char *text)
{
	char dotted[BR_OID_TEXT_SIZE];

	br_oid_format(dotted, sizeof dotted, oid->ber, oid->len);
	CHECK_STR(dotted, text);
}

static void check_first_rows(const struct br_mib *mib)
{
	CHECK_INT(mib->rows[0].verb, BR_MIB_GET);
	CHECK_INT(mib->rows[0].kind, BR_MIB_TEXT);
	CHECK_INT(mib->rows[0].field, BR_FIELD_IDENTITY);
	CHECK_INT(mib->rows[0].arg * sizeof(br_text_at), offsetof(struct br_identity, serial));
	check_oid(&mib->rows[0].oid, "1.3.6.1.4.1.9999.1.0");
	is(mib->rows[0].after, "S/N: ");
	is(mib->rows[0].until, ";");
	CHECK_INT(mib->rows[0].line, 11);
	CHECK_INT(mib->rows[0].scale, 1);
	CHECK_INT(mib->rows[0].divide, 1);
	CHECK_INT(mib->rows[1].verb, BR_MIB_FIRST);
	CHECK_INT(mib->rows[1].field, BR_FIELD_COUNTER);
	CHECK_INT(mib->rows[1].arg, BR_COUNTER_A3_COLOR);
	is(mib->rows[1].basis, "sheets");
	is(mib->rows[1].skip, "-1,0");
	CHECK(mib->rows[1].fallback);
	CHECK(!mib->rows[0].fallback);
	CHECK_INT(mib->rows[2].kind, BR_MIB_DECIMAL);
	CHECK_INT(mib->rows[2].field, BR_FIELD_SUPPLY_PERCENT);
	CHECK_INT(mib->rows[2].name.len, 0);
	CHECK_INT(mib->rows[2].scale, 100);
	CHECK_INT(mib->rows[2].divide, 255);
	CHECK_INT(mib->rows[2].model.len, 0);
}

static void check_later_rows(const struct br_mib *mib)
{
	CHECK_INT(mib->rows[3].kind, BR_MIB_RECORD);
	CHECK_INT(mib->rows[3].arg, BR_RECORD_BROTHER_NEXTCARE);
	is(mib->rows[3].model, "LP*");
	is(mib->rows[4].where, "Total *");
	check_oid(&mib->rows[4].label, "1.3.6.1.4.1.9999.6");
	CHECK_INT(mib->rows[5].model.len, 0);
	CHECK_INT(mib->rows[5].field, BR_FIELD_SUPPLY_LEVEL);
	is(mib->rows[5].name, "waste-toner-2");
	CHECK_INT(mib->rows[6].field, BR_FIELD_CARE_PAGES);
	is(mib->rows[6].name, "fuser");
	CHECK_INT(mib->rows[7].kind, BR_MIB_MAC);
	CHECK_INT(mib->rows[8].kind, BR_MIB_DEVICE_ID);
	CHECK_INT(mib->rows[8].field, BR_FIELD_NONE);
	CHECK_INT(mib->rows[9].field, BR_FIELD_COVERAGE);
	CHECK_INT(mib->rows[9].arg, BR_COLORANT_YELLOW);
	CHECK_INT(mib->rows[10].arg * sizeof(br_text_at), offsetof(struct br_identity, uuid));
	CHECK_INT(mib->rows[11].field, BR_FIELD_CONSOLE);
}

static void check_levels_and_lists(const struct br_mib *mib)
{
	CHECK_INT(mib->n_levels, 4);
	CHECK_INT(mib->levels[0].raw, -100);
	CHECK_INT(mib->levels[0].state, BR_SUPPLY_EMPTY);
	CHECK_INT(mib->levels[0].kind, BR_LEVEL_UNKNOWN);
	CHECK_INT(mib->levels[1].kind, BR_LEVEL_SOME);
	CHECK_INT(mib->levels[1].state, BR_SUPPLY_LOW);
	CHECK_INT(mib->levels[2].percent, 12);
	CHECK_INT(mib->levels[3].state, BR_SUPPLY_MISSING);
	CHECK_INT(mib->n_filled, 1);
	is(mib->filled[0], "waste-toner");
	is(mib->filled_model[0], "LP*");
	CHECK_INT(mib->n_never, 1);
	is(mib->never[0].why, "address book");
}

TEST(whole_file)
{
	static const char text[] =
		"# a comment\n"
		"maker   \"Made Up\"   # behind a statement\r\n"
		"object  1.3.6.1.4.1.9999\n"
		"object .1.3.6.1.4.1.9998.7\n"
		"descr   \"Made # Up *\"\n"
		"proof   corpus x.snmprec\nproof made y.snmprec\nproof public \"a page\"\n"
		"\n\t \n"
		"get 1.3.6.1.4.1.9999.1.0 text identity.serial after=\"S/N: \" until=;\n"
		"first 1.3.6.1.4.1.9999.2 number counters.a3_color basis=sheets skip=-1,0 "
		"fallback\n"
		"table 1.3.6.1.4.1.9999.3 decimal supply.percent scale=100 divide=255\n"
		"model \"LP*\"\n"
		"get 1.3.6.1.4.1.9999.4.0 record brother.nextcare -\n"
		"filled waste-toner\n"
		"table 1.3.6.1.4.1.9999.5 number counters.total label=1.3.6.1.4.1.9999.6 "
		"where=\"Total *\"\n"
		"model *\n"
		"get 1.3.6.1.4.1.9999.7.0 number supply:waste-toner-2.level\n"
		"get 1.3.6.1.4.1.9999.8.0 decimal care.fuser.pages\n"
		"get 1.3.6.1.4.1.9999.9.0 mac identity.mac\n"
		"get 1.3.6.1.4.1.9999.10.0 device-id -\n"
		"get 1.3.6.1.4.1.9999.11.0 number coverage.yellow divide=10\n"
		"get 1.3.6.1.4.1.9999.12.0 text identity.uuid\n"
		"table 1.3.6.1.4.1.9999.13 text console\n"
		"level -100 empty\nlevel -4 low\nlevel 254 12%\nlevel -7 missing\n"
		"never 1.3.6.1.4.1.9999.66 \"address book\"";
	struct br_error err;
	struct br_mib mib;
	char *block;

	CHECK_INT(parse(&mib, text, false, &block, &err), BR_OK);
	is(mib.maker, "Made Up");
	CHECK_INT(mib.n_objects, 2);
	check_oid(&mib.objects[1], "1.3.6.1.4.1.9998.7");
	CHECK_INT(mib.n_descr, 1);
	is(mib.descr[0], "Made # Up *");
	CHECK_INT(mib.n_proofs, 3);
	CHECK_INT(mib.n_rows, 12);
	if (mib.n_rows != 12)
		return;
	check_first_rows(&mib);
	check_later_rows(&mib);
	check_levels_and_lists(&mib);
	br_mib_clear(&mib);
	free(block);
}

TEST(head_only_stops_at_the_first_row)
{
	struct br_mib mib;
	char *block;

	CHECK_INT(parse(&mib, HEAD "get nonsense\nworse", true, &block, NULL), BR_OK);
	CHECK_INT(mib.n_objects, 1);
	CHECK_INT(mib.n_rows, 0);
	br_mib_clear(&mib);
	free(block);
}

static const struct {
	const char *name, *text, *says;
} refused[] = {
	{"nothing", "", "f.mib:0: there is no maker line"},
	{"no maker", "# x\nobject 1.3.6\n", "f.mib:2: the maker line comes first"},
	{"speaks for nobody", "maker M\n",
	 "f.mib:1: no object and no descr line: it speaks for no printer"},
	{"second maker", HEAD "maker N\n", "f.mib:3: a second maker; one file speaks for one"},
	{"maker without a name", "maker # none\n", "f.mib:1: the maker's name is missing"},
	{"maker with an empty name", "maker \"\"\n", "f.mib:1: the maker's name is empty"},
	{"head behind rows", HEAD "level 1 ok\ndescr x\n",
	 "f.mib:4: 'descr' belongs to the head, above the first row"},
	{"statement", HEAD "gett 1.3.6\n",
	 "f.mib:3: 'gett' is not a statement; did you mean 'get'?"},
	{"far statement", HEAD "xylophone 1.3.6\n", "f.mib:3: 'xylophone' is not a statement"},
	{"quoted statement", HEAD "\"get\" 1.3.6.1\n",
	 "f.mib:3: a line begins with a statement, not with a quoted word"},
	{"no OID", HEAD "get\n", "f.mib:3: the OID is missing"},
	{"bad OID", HEAD "get 1.3.6.x text console\n", "f.mib:3: '1.3.6.x' is not an OID"},
	{"arc too large", HEAD "get 1.3.6.4294967296 text console\n",
	 "f.mib:3: '1.3.6.4294967296' is not an OID"},
	{"kind", HEAD "get 1.3.6.1 numbr counters.total\n",
	 "f.mib:3: 'numbr' is not a kind; did you mean 'number'?"},
	{"record", HEAD "get 1.3.6.1 record brother.maintenence -\n",
	 "f.mib:3: 'brother.maintenence' is not a decoder of records; did you mean "
	 "'brother.maintenance'?"},
	{"field", HEAD "get 1.3.6.1 number counter.total\n",
	 "f.mib:3: 'counter' is not a field; did you mean 'counters'?"},
	{"counter", HEAD "get 1.3.6.1 number counters.totl\n",
	 "f.mib:3: 'totl' is not a counter; did you mean 'total'?"},
	{"member", HEAD "get 1.3.6.1 text identity.serail\n",
	 "f.mib:3: 'serail' is not a member of this field; did you mean 'serial'?"},
	{"object_id is ours", HEAD "get 1.3.6.1 text identity.object_id\n",
	 "f.mib:3: 'object_id' is not a member of this field"},
	{"colorant", HEAD "get 1.3.6.1 number coverage.cyam\n",
	 "f.mib:3: 'cyam' is not a colorant; did you mean 'cyan'?"},
	{"colorant none", HEAD "get 1.3.6.1 number coverage.\n",
	 "f.mib:3: '' is not a colorant"},
	{"part", HEAD "get 1.3.6.1 number care.Fuser.pages\n",
	 "f.mib:3: 'Fuser' is not an id of a-z, 0-9 and '-'"},
	{"console with a member", HEAD "get 1.3.6.1 text console.1\n",
	 "f.mib:3: 'console' has no members"},
	{"identity with an id", HEAD "get 1.3.6.1 text identity:x.serial\n",
	 "f.mib:3: only a supply has an id: supply:ID.MEMBER"},
	{"option", HEAD "get 1.3.6.1 number counters.total bases=pages\n",
	 "f.mib:3: 'bases' is not an option; did you mean 'basis'?"},
	{"option twice", HEAD "get 1.3.6.1 number counters.total skip=1 skip=2\n",
	 "f.mib:3: skip twice"},
	{"option without value", HEAD "get 1.3.6.1 number counters.total skip=\n",
	 "f.mib:3: skip= needs a value"},
	{"bare option", HEAD "get 1.3.6.1 number counters.total skip\n",
	 "f.mib:3: skip= needs a value"},
	{"fallback with value", HEAD "get 1.3.6.1 number counters.total fallback=1\n",
	 "f.mib:3: fallback takes no value"},
	{"skip word", HEAD "get 1.3.6.1 number counters.total skip=1,x\n",
	 "f.mib:3: 'x' is not a number to skip"},
	{"skip comma", HEAD "get 1.3.6.1 number counters.total skip=1,\n",
	 "f.mib:3: skip= ends with a comma"},
	{"divide by zero", HEAD "get 1.3.6.1 number counters.total divide=0\n",
	 "f.mib:3: '0' is not a factor from 1 to 1000000000"},
	{"text in a number's field", HEAD "get 1.3.6.1 text counters.total\n",
	 "f.mib:3: this field holds a number: use number or decimal"},
	{"number in a text's field", HEAD "get 1.3.6.1 number identity.serial\n",
	 "f.mib:3: this field holds text, not a number"},
	{"mac elsewhere", HEAD "get 1.3.6.1 mac identity.serial\n",
	 "f.mib:3: a mac goes to identity.mac only"},
	{"record with a field", HEAD "get 1.3.6.1 record brother.counters counters.total\n",
	 "f.mib:3: its field is '-': it fills what it knows"},
	{"no field", HEAD "get 1.3.6.1 number -\n",
	 "f.mib:3: '-' is the field of device-id and record only"},
	{"a table into one field", HEAD "table 1.3.6.1 number counters.total\n",
	 "f.mib:3: a whole table fits no single field: name its row with label= and where="},
	{"where alone", HEAD "table 1.3.6.1 number supply.level where=x\n",
	 "f.mib:3: label= and where= go together"},
	{"label of a get", HEAD "get 1.3.6.1 number counters.total label=1.3.6 where=x\n",
	 "f.mib:3: label= and where= choose a row of a table"},
	{"supply of a get", HEAD "get 1.3.6.1 number supply.level\n",
	 "f.mib:3: supply.* takes a table; one supply is supply:ID.*"},
	{"basis of no counter", HEAD "get 1.3.6.1 number coverage.black basis=pages\n",
	 "f.mib:3: only a counter has a basis"},
	{"basis with blanks", HEAD "get 1.3.6.1 number counters.total basis=\"two words\"\n",
	 "f.mib:3: 'two words' is not a basis word"},
	{"after of a number", HEAD "get 1.3.6.1 number counters.total after=x\n",
	 "f.mib:3: after= and until= are for text and decimal"},
	{"scale of a text", HEAD "get 1.3.6.1 text console scale=2\n",
	 "f.mib:3: skip=, scale= and divide= are for numbers"},
	{"open quote", HEAD "never 1.3.6.1 \"book\nlevel 1 ok\n",
	 "f.mib:3: a quote is not closed on its line"},
	{"quote inside", HEAD "never 1.3.6.1 bo\"ok\"\n",
	 "f.mib:3: a quote in the middle of a word"},
	{"no blank behind", HEAD "never 1.3.6.1 \"book\"x\n",
	 "f.mib:3: no blank behind the closing quote"},
	{"control", HEAD "never 1.3.6.1 bo\001k\n", "f.mib:3: a control character"},
	{"quoted control", HEAD "never 1.3.6.1 \"bo\001k\"\n",
	 "f.mib:3: a control character between quotes"},
	{"too much", HEAD "never 1.3.6.1 book shelf\n",
	 "f.mib:3: 'shelf' is too much on this line"},
	{"never without why", HEAD "never 1.3.6.1\n",
	 "f.mib:3: why it is never asked is missing"},
	{"option for a word", HEAD "never 1.3.6.1 why=\"x y\"\n",
	 "f.mib:3: why it is never asked is missing before 'why='"},
	{"level number", HEAD "level x empty\n", "f.mib:3: 'x' is not a number"},
	{"level meaning", HEAD "level 1 emty\n",
	 "f.mib:3: 'emty' is not what a level can mean; did you mean 'empty'?"},
	{"level percent", HEAD "level 1 101%\n", "f.mib:3: '101%' is not 0% to 100%"},
	{"level twice", HEAD "level 1 ok\nlevel 1 low\n",
	 "f.mib:4: the level 1 has a meaning already"},
	{"filled", HEAD "filled waste-tonr\n",
	 "f.mib:3: 'waste-tonr' is not a supply type; did you mean 'waste-toner'?"},
	{"proof", HEAD "proof korpus x\n",
	 "f.mib:3: 'korpus' is not a kind of proof; did you mean 'corpus'?"},
};

TEST(refused_with_file_line_and_sentence)
{
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct br_error err = {.text = ""};
		struct br_mib mib;
		char *block;

		check_case(refused[i].name);
		CHECK_INT(parse(&mib, refused[i].text, false, &block, &err), BR_E_SYNTAX);
		CHECK_STR(err.text, refused[i].says);
		CHECK(mib.rows == NULL && mib.never == NULL && mib.n_objects == 0);
		br_mib_clear(&mib);
		CHECK_INT(br_mib_parse(&mib, (struct br_view){block, strlen(refused[i].text)},
				       "f.mib", false, NULL),
			  BR_E_SYNTAX); /* nobody listens */
		free(block);
	}
	check_case(NULL);
}

static char *repeated(const char *line, unsigned n)
{
	size_t head = strlen(HEAD), len = strlen(line);
	char *text = malloc(head + len * n + 1);

	memcpy(text, HEAD, head);
	for (unsigned i = 0; i < n; i++)
		memcpy(text + head + i * len, line, len);
	text[head + len * n] = '\0';
	return text;
}

TEST(ceilings)
{
	static const struct {
		const char *name, *line;
		unsigned max;
	} cases[] = {
		{"rows", "get 1.3.6.1 text console\n", BR_MIB_MAX_ROWS},
		{"never", "never 1.3.6.1 why\n", BR_MIB_MAX_NEVER},
		{"objects", "object 1.3.6.1\n", BR_MIB_MAX_MATCH - 1},
		{"descr", "descr x\n", BR_MIB_MAX_MATCH},
		{"filled", "filled waste-ink\n", BR_MIB_MAX_FILLED},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char *fits = repeated(cases[i].line, cases[i].max);
		char *over = repeated(cases[i].line, cases[i].max + 1);
		struct br_mib mib;

		check_case(cases[i].name);
		CHECK_INT(br_mib_parse(&mib, br_view(fits), "f.mib", false, NULL), BR_OK);
		br_mib_clear(&mib);
		CHECK_INT(br_mib_parse(&mib, br_view(over), "f.mib", false, NULL), BR_E_SYNTAX);
		free(fits);
		free(over);
	}
	check_case(NULL);
}
