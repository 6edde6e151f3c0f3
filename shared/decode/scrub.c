/*
 * scrub.c - which rows tell whose printer it is; learns from all of them, then replaces in all
 * of them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/scrub_inside.h"

#include "decode/ber.h"

#include <stddef.h>
#include <string.h>

/* What the text of a row is to be taken for. */
enum taken_for { SERIAL, NAME, MAC, MODEL_NAME, MODEL, GOES };

struct rule {
	struct br_oid oid;
	bool exact;
	enum taken_for what;
	struct br_view after, until;
};

enum { MAX_RULES = 768, STANDARD_RULES = 40, MIN_MODEL = 4 };

/* What every printer has; of the makers' rows those are taken that fill such a member. */
/* clang-format off */
static const struct { const char *oid; enum taken_for what; } standard[] = {
	{"1.3.6.1.2.1.25.3.2.1.3", MODEL},    /* hrDeviceDescr: stays */
	{"1.3.6.1.2.1.1.4", NAME},            /* sysContact */
	{"1.3.6.1.2.1.1.5", NAME},            /* sysName */
	{"1.3.6.1.2.1.1.6", NAME},            /* sysLocation */
	{"1.3.6.1.2.1.2.2.1.6", MAC},         /* ifPhysAddress */
	{"1.3.6.1.2.1.31.1.1.1.18", NAME},    /* ifAlias */
	{"1.3.6.1.2.1.25.3.8.1.3", NAME},     /* hrFSRemoteMountPoint */
	{"1.3.6.1.2.1.43.5.1.1.4", NAME},     /* prtGeneralCurrentOperator */
	{"1.3.6.1.2.1.43.5.1.1.5", NAME},     /* prtGeneralServicePerson */
	{"1.3.6.1.2.1.43.5.1.1.16", MODEL_NAME}, /* prtGeneralPrinterName: often the model */
	{"1.3.6.1.2.1.43.5.1.1.17", SERIAL},  /* prtGeneralSerialNumber */
	{"1.3.6.1.2.1.43.8.2.1.17", SERIAL},  /* prtInputSerialNumber */
	{"1.3.6.1.2.1.43.9.2.1.11", SERIAL},  /* prtOutputSerialNumber */
	{"1.3.6.1.2.1.47.1.1.1.1.11", SERIAL}, /* entPhysicalSerialNum */
	{"1.3.6.1.2.1.47.1.1.1.1.14", NAME},  /* entPhysicalAlias */
	{"1.3.6.1.2.1.47.1.1.1.1.15", NAME},  /* entPhysicalAssetID */
	/* Indexed by addresses of peers. */
	{"1.3.6.1.2.1.3", GOES},
	{"1.3.6.1.2.1.4.20", GOES},
	{"1.3.6.1.2.1.4.21", GOES},
	{"1.3.6.1.2.1.4.22", GOES},
	{"1.3.6.1.2.1.4.24", GOES},
	{"1.3.6.1.2.1.4.32", GOES},
	{"1.3.6.1.2.1.4.34", GOES},
	{"1.3.6.1.2.1.4.35", GOES},
	{"1.3.6.1.2.1.4.37", GOES},
	{"1.3.6.1.2.1.6.13", GOES},
	{"1.3.6.1.2.1.6.19", GOES},
	{"1.3.6.1.2.1.6.20", GOES},
	{"1.3.6.1.2.1.7.5", GOES},
	{"1.3.6.1.2.1.7.7", GOES},
	{"1.3.6.1.2.1.17.4", GOES},
	{"1.3.6.1.2.1.31.1.4", GOES},
	{"1.3.6.1.2.1.55.1", GOES},
};

/* Members of struct br_identity by their place in it, as a .mib row names them. */
#define MEMBER(name) (int)(offsetof(struct br_identity, name) / sizeof(br_text_at))
static const struct { int member; enum taken_for what; } members[] = {
	{MEMBER(serial), SERIAL},   {MEMBER(mac), MAC},      {MEMBER(hostname), NAME},
	{MEMBER(location), NAME},   {MEMBER(contact), NAME}, {MEMBER(asset), NAME},
	{MEMBER(uuid), SERIAL},     {MEMBER(model), MODEL},
};
/* clang-format on */
_Static_assert(sizeof standard / sizeof standard[0] <= STANDARD_RULES,
	       "the standard rules have room");

struct scrub {
	struct br_recording *recording;
	struct br_makers *makers;
	struct br_secrets secrets;
	size_t n_rules;
	struct rule rules[MAX_RULES];
};

static bool add_rule(struct scrub *scrub, const struct rule *rule)
{
	if (scrub->n_rules == MAX_RULES)
		return false;
	scrub->rules[scrub->n_rules++] = *rule;
	return true;
}

static enum br_status add_standard(struct scrub *scrub)
{
	for (size_t i = 0; i < sizeof standard / sizeof standard[0]; i++) {
		struct rule rule = {.what = standard[i].what};

		if (br_oid_parse(&rule.oid, standard[i].oid, strlen(standard[i].oid)) !=
			    BR_OK ||
		    !add_rule(scrub, &rule))
			return BR_E_LIMIT;
	}
	return BR_OK;
}

static bool tells(const struct br_mib_row *row, enum taken_for *what)
{
	*what = SERIAL;
	if (row->field == BR_FIELD_SUPPLY_SERIAL)
		return true;
	for (size_t i = 0;
	     row->field == BR_FIELD_IDENTITY && i < sizeof members / sizeof members[0]; i++) {
		if (members[i].member != row->arg)
			continue;
		*what = members[i].what;
		return true;
	}
	return false;
}

/* The views of a file that is compiled in or of the site's own live as long as the makers do.
 */
static enum br_status add_maker(void *user, const struct br_mib *mib, bool site,
				struct br_error *err)
{
	struct scrub *scrub = user;

	(void)site;
	for (size_t i = 0; i < mib->n_rows; i++) {
		const struct br_mib_row *row = &mib->rows[i];
		struct rule rule = {.oid = row->oid, .exact = row->verb == BR_MIB_GET};

		if (!tells(row, &rule.what))
			continue;
		rule.after = row->after;
		rule.until = row->until;
		if (!add_rule(scrub, &rule))
			return br_fail(err, BR_E_LIMIT,
				       "%s: too many rows of serial numbers and names",
				       mib->file);
	}
	return BR_OK;
}

static bool is_for(const struct rule *rule, const struct br_recorded *row)
{
	if (rule->exact)
		return row->name.len == rule->oid.len &&
		       memcmp(row->name.ber, rule->oid.ber, rule->oid.len) == 0;
	return br_oid_below(row->name.ber, row->name.len, rule->oid.ber, rule->oid.len);
}

static bool is_octets(const struct br_recorded *row)
{
	return row->tag == BR_BER_OCTETS || row->tag == BR_BER_OPAQUE;
}

static bool is_padding(char c)
{
	return (unsigned char)c <= ' ';
}

/* The part of a value that a rule is about, without what pads it. */
static bool part_of(const struct rule *rule, struct br_view *text)
{
	const char *at = text->at, *end = text->at + text->len;

	if (rule->after.len) {
		at = text->len ? memmem(text->at, text->len, rule->after.at, rule->after.len)
			       : NULL;
		if (!at)
			return false;
		at += rule->after.len;
	}
	if (rule->until.len && at < end) {
		const char *until =
			memmem(at, (size_t)(end - at), rule->until.at, rule->until.len);

		end = until ? until : end;
	}
	while (at < end && is_padding(*at))
		at++;
	while (at < end && is_padding(end[-1]))
		end--;
	*text = (struct br_view){at, (size_t)(end - at)};
	return text->len > 0;
}

/* UTF-16 is learned as the characters it has: text that is zero in every second octet. */
static size_t narrow(struct br_view text, uint8_t out[BR_SECRET_SIZE_MAX])
{
	size_t n = 0;
	bool wide = text.len > 2 && text.at[1] == '\0';

	for (size_t i = 0; i < text.len && n < BR_SECRET_SIZE_MAX; i += wide ? 2 : 1)
		out[n++] = (uint8_t)text.at[i];
	return text.len > (wide ? 2 : 1) * (size_t)BR_SECRET_SIZE_MAX ? 0 : n;
}

static void learn_part(struct scrub *scrub, enum taken_for what, struct br_view text)
{
	uint8_t plain[BR_SECRET_SIZE_MAX];
	size_t len = narrow(text, plain);

	switch (what) {
	case SERIAL:
		br_secrets_add(&scrub->secrets, BR_SECRET_SERIAL, plain, len);
		break;
	case NAME:
		if (len < 12 || !br_scrub_learn_mac(&scrub->secrets, plain, len))
			br_scrub_learn_host(&scrub->secrets, plain, len);
		break;
	case MAC:
		(void)br_scrub_learn_mac(&scrub->secrets, (const uint8_t *)text.at, text.len);
		break;
	case MODEL_NAME:
	case MODEL:
	case GOES:
		break;
	}
}

static struct br_view value_of(const struct scrub *scrub, const struct br_recorded *row)
{
	return (struct br_view){(const char *)scrub->recording->values + row->at, row->len};
}

static bool is_system(const struct br_recorded *row)
{
	static const uint8_t description[] = {0x2b, 6, 1, 2, 1, 1, 1, 0};

	return row->name.len == sizeof description &&
	       memcmp(row->name.ber, description, sizeof description) == 0;
}

/*
 * What must stay readable whatever else is called so, one a line. Not sysDescr: some printers
 * say their host name there, as any Unix does.
 */
static void learn_models(struct scrub *scrub)
{
	char clean[BR_SECRET_SIZE_MAX + 1];

	for (size_t i = 0; i < scrub->recording->n_rows; i++) {
		const struct br_recorded *row = &scrub->recording->rows[i];

		for (size_t k = 0; is_octets(row) && !is_system(row) && k < scrub->n_rules;
		     k++) {
			struct br_view text = value_of(scrub, row);

			if (scrub->rules[k].what != MODEL || !is_for(&scrub->rules[k], row) ||
			    !part_of(&scrub->rules[k], &text) || text.len < MIN_MODEL)
				continue;
			br_text_clean(clean, sizeof clean, text);
			br_secrets_add_model(&scrub->secrets, clean);
		}
	}
}

/* True for a name that is the model, or says it. */
static bool is_model(const struct scrub *scrub, struct br_view text)
{
	struct br_view rest = br_view(scrub->secrets.models), line;
	char clean[BR_SECRET_SIZE_MAX + 1], model[BR_SECRET_SIZE_MAX + 1];

	br_text_clean(clean, sizeof clean, text);
	if (rest.len == 0)
		return true; /* nothing else says it */
	while (br_view_line(&rest, &line)) {
		br_text_copy(model, sizeof model, line);
		if (br_view_contains(line, clean) || br_view_contains(br_view(clean), model))
			return true;
	}
	return false;
}

static void learn_row(struct scrub *scrub, const struct br_recorded *row)
{
	uint8_t *value = scrub->recording->values + row->at;

	if (row->tag == BR_BER_IPADDRESS && row->len == 4 && !br_scrub_harmless(value))
		br_secrets_add(&scrub->secrets, BR_SECRET_ADDRESS, value, row->len);
	if (!is_octets(row) || row->len == 0)
		return;
	for (size_t i = 0; i < scrub->n_rules; i++) {
		struct br_view text = value_of(scrub, row);

		if (!is_for(&scrub->rules[i], row))
			continue;
		if (scrub->rules[i].what == MAC &&
		    row->len == 6) /* octets, whatever they look like */
			learn_part(scrub, MAC, text);
		else if (part_of(&scrub->rules[i], &text))
			learn_part(scrub, scrub->rules[i].what, text);
	}
	br_scrub_learn_text(&scrub->secrets, value, row->len);
}

/* The row itself is masked whatever it says; a hardware address keeps its maker's octets. */
static void mask_part(struct scrub *scrub, const struct rule *rule,
		      const struct br_recorded *row)
{
	struct br_view text = value_of(scrub, row);
	bool binary = rule->what == MAC && row->len >= 6 && row->len <= 8;

	if (binary && row->len > 6)
		memset(scrub->recording->values + row->at + row->len - 3, 0, 3);
	if (binary || !part_of(rule, &text))
		return;
	uint8_t *at =
		scrub->recording->values + (text.at - (const char *)scrub->recording->values);
	switch (rule->what) {
	case SERIAL:
		br_secrets_mask(&scrub->secrets, BR_SECRET_SERIAL, at, text.len);
		break;
	case MODEL_NAME:
		if (is_model(scrub, text))
			break;
		br_secrets_mask(&scrub->secrets, BR_SECRET_NAME, at, text.len);
		break;
	case NAME:
		br_secrets_mask(&scrub->secrets, BR_SECRET_NAME, at, text.len);
		break;
	case MAC:
	case MODEL:
	case GOES:
		break;
	}
}

static void replace_row(struct scrub *scrub, const struct br_recorded *row)
{
	uint8_t *value = scrub->recording->values + row->at;
	const struct br_secret *secret;

	if (row->tag == BR_BER_IPADDRESS && row->len == 4) {
		secret = br_secrets_find(&scrub->secrets, BR_SECRET_ADDRESS, value, row->len);
		if (secret)
			memcpy(value, secret->now, row->len);
	}
	if (!is_octets(row) || row->len == 0)
		return;
	for (size_t i = 0; i < scrub->n_rules; i++)
		if (is_for(&scrub->rules[i], row))
			mask_part(scrub, &scrub->rules[i], row);
	br_secrets_swap(&scrub->secrets, value, row->len);
}

/* True if the arcs at the end of a name spell an address that was found. */
static bool names_address(const struct br_secrets *secrets, const struct br_oid *name)
{
	const uint8_t *at = name->ber, *end = name->ber + name->len;
	uint8_t octets[BR_OID_BYTES];
	uint32_t arc;
	size_t n = 0;

	while (br_oid_next_arc(&at, end, &arc)) {
		if (arc > 255)
			n = 0;
		else
			octets[n++] = (uint8_t)arc;
	}
	return (n >= 4 && br_secrets_find(secrets, BR_SECRET_ADDRESS, octets + n - 4, 4)) ||
	       (n >= 6 && br_secrets_find(secrets, BR_SECRET_MAC, octets + n - 6, 6));
}

static bool goes(const struct scrub *scrub, const struct br_recorded *row)
{
	for (size_t i = 0; i < scrub->n_rules; i++)
		if (scrub->rules[i].what == GOES && is_for(&scrub->rules[i], row))
			return true;
	/* A walk has none of these; a recording of somebody else's may. */
	if (br_makers_never(scrub->makers, row->name.ber, row->name.len))
		return true;
	return names_address(&scrub->secrets, &row->name);
}

static void scrub_all(struct scrub *scrub)
{
	struct br_recording *recording = scrub->recording;
	size_t kept = 0;

	learn_models(scrub);
	for (size_t i = 0; i < recording->n_rows && scrub->secrets.status == BR_OK; i++)
		learn_row(scrub, &recording->rows[i]);
	if (scrub->secrets.status != BR_OK)
		return;
	br_secrets_settle(&scrub->secrets);
	for (size_t i = 0; i < recording->n_rows; i++) {
		if (goes(scrub, &recording->rows[i]))
			continue;
		recording->rows[kept] = recording->rows[i];
		replace_row(scrub, &recording->rows[kept++]);
	}
	recording->n_rows = kept;
}

enum br_status br_scrub(struct br_recording *recording, struct br_makers *makers,
			struct br_error *err)
{
	struct scrub scrub = {.recording = recording, .makers = makers};
	/* Asked for any name: the rows are read with the first question, or everything is
	 * forbidden. */
	const struct br_mib_never *never = br_makers_never(makers, (const uint8_t *)"\x2b", 1);
	enum br_status status;

	br_secrets_init(&scrub.secrets);
	status = never && never->oid.len == 0 ? BR_E_MEMORY : add_standard(&scrub);
	if (status == BR_E_MEMORY)
		br_fail(err, status, "the recording cannot be scrubbed: out of memory");
	if (status == BR_OK)
		status = br_makers_each(makers, add_maker, &scrub, err);
	if (status == BR_OK) {
		scrub_all(&scrub);
		status = scrub.secrets.status;
		if (status != BR_OK)
			br_fail(err, status, "the recording cannot be scrubbed: %s",
				status == BR_E_LIMIT ? "too many addresses and names"
						     : "out of memory");
	}
	br_secrets_clear(&scrub.secrets);
	if (status != BR_OK)
		br_recording_clear(recording);
	return status;
}
