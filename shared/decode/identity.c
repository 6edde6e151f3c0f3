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

/* A device id stands in the port monitor MIB, and with some in hrDeviceID, which should be an OID. */
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
 * The address on the label: the first that a maker was assigned. Wi-Fi Direct and bridges make up
 * addresses with the "local" bit set; such a one is taken only if there is no other.
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
	who->contact = scratch->system.contact ? scratch->system.contact : scratch->general.contact;
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
