/*
 * discover_config.c - what was found as configuration of those who watch it.
 *
 * A printer said its own name and place, so both are quoted as each language asks, or stand in
 * a comment; the names of objects are made of the address alone. docs/DISCOVERY.md says what
 * each output needs on the other side.
 *
 * SPDX-License-Identifier: MIT
 */
#include "discover.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/*
 * "printer-192.0.2.7", "printer-192.0.2.7-1161", "printer-fe80--7-eth0", with "-2" behind a
 * print server: one of its own for each, of letters that each of the languages allows in a
 * name. It is what the checks' --host-by address writes, but for those letters.
 */
static void object_name(const struct br_found *found, char *out, size_t size)
{
	const bool v6 = found->address.any.sa_family == AF_INET6;
	const unsigned port = br_address_port(&found->address);
	char host[BR_FOUND_HOST_SIZE], tail[16] = "", device[16] = "";

	br_found_host(&found->address, host, sizeof host);
	if (port != 161)
		snprintf(tail, sizeof tail, "%s:%u", v6 ? "]" : "", port);
	if (found->several)
		snprintf(device, sizeof device, "#%u", found->device);
	snprintf(out, size, "printer-%s%s%s%s", v6 && *tail ? "[" : "", host, tail, device);
	for (char *at = out; *at; at++)
		if (!isalnum((unsigned char)*at) && *at != '.')
			*at = '-';
}

static void shown_name(const struct br_found *found, char *out, size_t size)
{
	bool repeats =
		*found->maker && strncmp(found->model, found->maker, strlen(found->maker)) == 0;

	snprintf(out, size, "%s%s%s%s%s%s", repeats ? "" : found->maker,
		 *found->maker && !repeats ? " " : "", find_name(found),
		 *found->location ? " (" : "", found->location, *found->location ? ")" : "");
}

/*
 * Nagios has no quotes, and puts an alias into the shell commands of notifications as it is: so
 * nothing but letters, digits and signs that mean nothing to either.
 */
static void plain(struct br_buf *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		bool harmless = c >= 0x80 || isalnum(c) || strchr(" .,:_-+/()@=", c);

		br_buf_char(out, harmless ? *text : ' ');
	}
}

/* Icinga: as JSON does, which is all of it that is needed; '$' begins a macro. */
static void quoted(struct br_buf *out, const char *text)
{
	br_buf_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			br_buf_char(out, '\\');
		br_buf_char(out, *text == '$' ? ' ' : *text);
	}
	br_buf_char(out, '"');
}

static void note_profile(struct finding *finding, struct br_buf *out,
			 const struct br_found *found, const char *comment)
{
	if (found->version == BR_SNMP_V1 &&
	    finding->profiles[found->profile].version != BR_SNMP_V1)
		br_buf_format(out,
			      "%sanswers SNMP v1 only: give it a profile with version = 1\n",
			      comment);
}

static void nagios_each(struct finding *finding, struct br_buf *out,
			const struct br_found *found)
{
	char name[128], shown[512], host[BR_FOUND_HOST_SIZE];

	object_name(found, name, sizeof name);
	shown_name(found, shown, sizeof shown);
	br_found_host(&found->address, host, sizeof host);
	note_profile(finding, out, found, "# ");
	br_buf_format(out, "define host {\n\tuse        brayer-printer\n\thost_name  %s\n",
		      name);
	br_buf_text(out, "\talias      ");
	plain(out, shown);
	br_buf_format(out, "\n\taddress    %s\n\t_TARGET    %s\n\t_PROFILE   %s\n}\n\n", host,
		      found->target, find_profile(finding, found));
}

static void icinga_each(struct finding *finding, struct br_buf *out,
			const struct br_found *found)
{
	char name[128], shown[512], host[BR_FOUND_HOST_SIZE];

	object_name(found, name, sizeof name);
	shown_name(found, shown, sizeof shown);
	br_found_host(&found->address, host, sizeof host);
	note_profile(finding, out, found, "// ");
	br_buf_format(
		out,
		"object Host \"%s\" {\n\timport \"brayer-printer\"\n\taddress%s = \"%s\"\n"
		"\tdisplay_name = ",
		name, found->address.any.sa_family == AF_INET6 ? "6" : "", host);
	quoted(out, shown);
	br_buf_text(out, "\n\tvars.brayer_target = ");
	quoted(out, found->target);
	br_buf_text(out, "\n\tvars.brayer_profile = ");
	quoted(out, find_profile(finding, found));
	br_buf_text(out, "\n\tvars.device_type = \"printer\"\n}\n\n");
}

static void collectd_before(struct finding *finding, struct br_buf *out)
{
	(void)finding;
	br_buf_text(out, "LoadPlugin ping\n<Plugin ping>\n");
}

/* Another printer behind the same address. */
static bool is_another(const struct finding *finding, const struct br_found *found)
{
	return finding->before && finding->before->index == found->index;
}

static void collectd_each(struct finding *finding, struct br_buf *out,
			  const struct br_found *found)
{
	char host[BR_FOUND_HOST_SIZE];

	if (is_another(finding, found))
		return;
	br_found_host(&found->address, host, sizeof host);
	br_buf_format(out, "\tHost \"%s\"\n", host);
}

static void collectd_behind(struct finding *finding, struct br_buf *out)
{
	(void)finding;
	br_buf_text(out, "</Plugin>\n");
}

static size_t shown_count(struct finding *finding)
{
	bool full;
	size_t n, shown = 0;
	struct br_found *const *found = br_discover_found(finding->discover, &n, &full);

	for (size_t i = 0; i < n; i++)
		shown += find_is_shown(finding, found[i]);
	return shown;
}

static void zabbix_before(struct finding *finding, struct br_buf *out)
{
	br_buf_format(out,
		      "zabbix_export:\n  version: '6.0'\n  groups:\n"
		      "    - uuid: 5b1d0c6b4a7f4f0e9b6f3c1e8d2a9c47\n      name: Printers\n"
		      "  hosts:%s\n",
		      shown_count(finding) ? "" : " []");
}

/* At most 128 characters, and no two alike: what is unlike stands at the end. */
static void visible_name(const struct br_found *found, const char *host, char *out, size_t size)
{
	char shown[512], tail[BR_FOUND_HOST_SIZE + 16];

	if (found->several)
		snprintf(tail, sizeof tail, " %s#%u", host, found->device);
	else
		snprintf(tail, sizeof tail, " %s", host);
	shown_name(found, shown, sizeof shown);
	br_text_clean(out, size - strlen(tail), br_view(shown));
	snprintf(out + strlen(out), size - strlen(out), "%s", tail);
}

/* Secrets stay where they are: of SNMPv3 Zabbix wants user and passwords filled in there. */
static void zabbix_each(struct finding *finding, struct br_buf *out,
			const struct br_found *found)
{
	static const char *const details[] = {
		[BR_SNMP_V1] = "version: SNMPV1\n            community: '{$SNMP_COMMUNITY}'",
		[BR_SNMP_V2C] = "community: '{$SNMP_COMMUNITY}'",
		[BR_SNMP_V3] = "version: SNMPV3\n            securityname: '{$SNMP_USER}'",
	};
	char name[128], shown[129], host[BR_FOUND_HOST_SIZE], ip[INET6_ADDRSTRLEN];

	object_name(found, name, sizeof name);
	br_found_host(&found->address, host, sizeof host);
	br_address_format(&found->address, ip, sizeof ip); /* Zabbix knows no zones */
	visible_name(found, host, shown, sizeof shown);
	br_buf_format(out, "    - host: %s\n      name: ", name);
	br_json_string(out, shown);
	br_buf_format(out,
		      "\n      groups:\n        - name: Printers\n      interfaces:\n"
		      "        - type: SNMP\n          ip: '%s'\n          port: '%u'\n"
		      "          details:\n            %s\n          interface_ref: if1\n"
		      "      macros:\n        - macro: '{$BRAYER.TARGET}'\n          value: ",
		      ip, br_address_port(&found->address), details[found->version]);
	br_json_string(out, found->target);
	br_buf_text(out, "\n        - macro: '{$BRAYER.PROFILE}'\n          value: ");
	br_json_string(out, find_profile(finding, found));
	br_buf_char(out, '\n');
}

/* The collector reads every printer behind an address by itself. */
static void brayerd_each(struct finding *finding, struct br_buf *out,
			 const struct br_found *found)
{
	char shown[512], target[sizeof found->target];

	if (is_another(finding, found))
		return;
	shown_name(found, shown, sizeof shown);
	br_text_copy(target, sizeof target, br_view(found->target));
	target[strcspn(target, "#")] = '\0';
	note_profile(finding, out, found, "# ");
	br_buf_format(out, "# %s\n[printer %s]\n", shown, target + strlen("udp:"));
	if (strcmp(find_profile(finding, found), "default") != 0)
		br_buf_format(out, "profile = %s\n", find_profile(finding, found));
	br_buf_char(out, '\n');
}

/* clang-format off */
const struct find_format find_configs[] = {
	{"brayerd",  true, NULL,            brayerd_each,  NULL},
	{"nagios",   true, NULL,            nagios_each,   NULL},
	{"icinga",   true, NULL,            icinga_each,   NULL},
	{"collectd", true, collectd_before, collectd_each, collectd_behind},
	{"zabbix",   true, zabbix_before,   zabbix_each,   NULL},
	{NULL, false, NULL, NULL, NULL},
};
/* clang-format on */
