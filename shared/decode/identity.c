/*
 * identity.c - who the printer is, by the standards alone; a maker's rows come later.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/device_id.h"
#include "decode/scratch.h"

#include <string.h>

static const char *text(const struct br_scratch *scratch, br_text_at at)
{
	return br_text(scratch->reading, at);
}

/* A device id stands in the port monitor MIB, and with some in hrDeviceID, which should be an
 * OID. */
static br_text_at device_id_of(const struct br_scratch *scratch)
{
	for (size_t i = 0; i < scratch->n_port; i++)
		if (br_device_id_looks(br_view(text(scratch, scratch->port[i].device_id))))
			return scratch->port[i].device_id;
	if (br_device_id_looks(br_view(text(scratch, scratch->hr_device.id))))
		return scratch->hr_device.id;
	return 0;
}

/*
 * The address on the label: the first that a maker was assigned. Wi-Fi Direct and bridges make
 * up addresses with the "local" bit set; such a one is taken only if there is no other.
 */
static br_text_at mac_of(const struct br_scratch *scratch)
{
	br_text_at local = 0;

	for (size_t i = 0; i < scratch->n_interfaces; i++) {
		const char *mac = text(scratch, scratch->interfaces[i].mac);

		if (mac[0] == '\0')
			continue;
		if (!strchr("2367abefABEF", mac[1]))
			return scratch->interfaces[i].mac;
		if (local == 0)
			local = scratch->interfaces[i].mac;
	}
	return local;
}

static br_text_at put_view(struct br_scratch *scratch, struct br_view view)
{
	char out[256];

	if (br_text_clean(out, sizeof out, view) == 0)
		return 0;
	return br_reading_put(scratch->reading, out);
}

/* A device id fills what is not known otherwise. Also used for a maker's own device id rows. */
void br_identity_from_device_id(struct br_scratch *scratch, const char *id)
{
	struct br_identity *who = &scratch->reading->identity;
	struct br_view view = br_view(id);

	if (!who->maker)
		who->maker = put_view(scratch, br_device_id_get(view, br_device_id_maker));
	if (!who->model)
		who->model = put_view(scratch, br_device_id_get(view, br_device_id_model));
	if (!who->serial)
		who->serial = put_view(scratch, br_device_id_get(view, br_device_id_serial));
}

void br_finish_identity(struct br_scratch *scratch)
{
	struct br_identity *who = &scratch->reading->identity;

	who->description = scratch->system.description;
	who->object_id = scratch->system.object_id;
	who->hostname = scratch->system.name;
	who->location = scratch->system.location;
	who->contact =
		scratch->system.contact ? scratch->system.contact : scratch->general.contact;
	if (!who->contact)
		who->contact = scratch->general.service;
	who->serial = scratch->general.serial;
	who->mac = mac_of(scratch);
	who->model = scratch->hr_device.description;
	who->device_id = device_id_of(scratch);
	if (who->device_id)
		br_identity_from_device_id(scratch, text(scratch, who->device_id));
	if (!who->model)
		who->model = scratch->general.name;
	scratch->reading->status.config_changes = scratch->general.config_changes;
	if (scratch->system.uptime.known && scratch->system.uptime.value >= 0)
		scratch->reading->status.uptime =
			(struct br_number){true, scratch->system.uptime.value / 100};
}

/* What stands before a model beside the maker's present name. */
static const struct {
	const char *maker, *alias;
} aliases[] = {
	{"Fujifilm", "FUJI XEROX"},
	{"HP", "Hewlett-Packard"},
	{"Kyocera", "Kyocera Mita"},
	{"Toshiba", "TOSHIBA TEC"},
};

/* The rest behind a first word or words, without them; the text itself if it begins otherwise.
 */
static const char *behind_name(const char *text, const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || strlen(text) <= len || text[len] != ' ' ||
	    !br_view_is_nocase((struct br_view){text, len}, name))
		return text;
	text += len;
	return text + strspn(text, " ");
}

/* Names that printers write in other letters than their maker does. */
static const char *const spellings[] = {
	"Brother", "Canon",  "Dell",    "Epson",  "Fujifilm", "Konica Minolta",
	"Kyocera", "Lanier", "Lexmark", "Pantum", "Ricoh",    "Savin",
	"Samsung", "Sharp",  "Toshiba", "Xerox",  "Zebra",
};

/* One maker, one name, whoever told it: fleets are grouped by it. */
static br_text_at maker_of(struct br_scratch *scratch, br_text_at told)
{
	struct br_view name = br_view(text(scratch, told));

	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
		if (br_view_is_nocase(name, spellings[i]))
			return br_reading_put(scratch->reading, spellings[i]);
	for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
		if (br_view_is_nocase(name, aliases[i].alias))
			return br_reading_put(scratch->reading, aliases[i].maker);
	return told;
}

/* "Brother HL-L8260CDW series" of Brother is the model HL-L8260CDW series. */
void br_finish_model(struct br_scratch *scratch)
{
	struct br_identity *who = &scratch->reading->identity;
	const char *maker, *model = text(scratch, who->model), *rest = model;

	who->maker = maker_of(scratch, who->maker);
	maker = text(scratch, who->maker);
	for (size_t i = 0; i < sizeof aliases / sizeof aliases[0] && rest == model; i++)
		if (strcmp(aliases[i].maker, maker) == 0)
			rest = behind_name(model, aliases[i].alias);
	if (rest == model)
		rest = behind_name(model, maker);
	if (rest != model && *rest)
		who->model = put_view(scratch, br_view(rest));
}
