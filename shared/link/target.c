/*
 * target.c - one sentence for each way to write a target wrongly, and one text for each target.
 *
 * Names are checked before a resolver sees them, because resolvers forgive: "10.1" and
 * "0x7f000001" are addresses to some of them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/target.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define EXAMPLES \
	"a target is written printer.example, 192.0.2.10:161, [2001:db8::1]:161 or walk:FILE"
#define DEFAULT_PORT 161
#define DEVICE_MAX   2147483647 /* hrDeviceIndex, RFC 2790 */
#define ZONE_MAX     15         /* IFNAMSIZ less its end */

static enum br_status wrong(struct br_error *err, const char *what)
{
	return br_fail(err, BR_E_SYNTAX, "%s; %s", what, EXAMPLES);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct br_view skip(struct br_view view, size_t n)
{
	return (struct br_view){view.at + n, view.len - n};
}

static const char *find(struct br_view view, char c)
{
	return view.len ? memchr(view.at, c, view.len) : NULL;
}

/* Takes "kind:" off the front, in any case. */
static bool take_kind(struct br_view *rest, const char *kind)
{
	size_t len = strlen(kind);

	if (rest->len <= len || rest->at[len] != ':' ||
	    !br_view_is_nocase((struct br_view){rest->at, len}, kind))
		return false;
	*rest = skip(*rest, len + 1);
	return true;
}

/* Takes "#digits" off the end, if that is how it ends. */
static enum br_status take_device(struct br_target *target, struct br_view *rest,
				  struct br_error *err)
{
	size_t at = rest->len;
	int64_t device;

	while (at && is_digit(rest->at[at - 1]))
		at--;
	if (at == rest->len || at == 0 || rest->at[at - 1] != '#')
		return BR_OK;
	if (!br_parse_number(skip(*rest, at), 0, DEVICE_MAX, &device))
		return wrong(err, "the device after '#' is larger than 2147483647");
	target->device = (uint32_t)device;
	target->has_device = true;
	rest->len = at - 1;
	return BR_OK;
}

static enum br_status set_port(struct br_target *target, struct br_view digits,
			       struct br_error *err)
{
	int64_t port;

	if (!br_parse_number(digits, 1, 65535, &port))
		return wrong(err, "what follows ':' is not a port from 1 to 65535");
	target->port = (uint16_t)port;
	return BR_OK;
}

static const char *label_fault(struct br_view label)
{
	if (label.len == 0)
		return "a host name has an empty part between dots";
	if (label.len > 63)
		return "a part of the host name is longer than 63 characters";
	if (label.at[0] == '-' || label.at[label.len - 1] == '-')
		return "a part of the host name begins or ends with '-'";
	for (size_t i = 0; i < label.len; i++)
		if (!is_letter(label.at[i]) && !is_digit(label.at[i]) && label.at[i] != '-' &&
		    label.at[i] != '_')
			return "a host name has only letters, digits, '-', '_' and dots";
	return NULL;
}

/* The last part of a name is never a number, in any notation that inet_aton takes. */
static bool looks_like_number(struct br_view label)
{
	bool hex = label.len >= 2 && label.at[0] == '0' && (label.at[1] | 0x20) == 'x';

	for (size_t i = hex ? 2 : 0; i < label.len; i++) {
		bool hex_digit = (label.at[i] | 0x20) >= 'a' && (label.at[i] | 0x20) <= 'f';

		if (!is_digit(label.at[i]) && !(hex && hex_digit))
			return false;
	}
	return true;
}

static enum br_status set_name(struct br_target *target, struct br_view host,
			       struct br_error *err)
{
	struct br_view rest = host, label = host;
	const char *fault = NULL;

	if (rest.len && rest.at[rest.len - 1] == '.') /* "example." is absolute, and a name */
		rest.len--;
	if (rest.len > 253)
		return wrong(err, "a host name is longer than 253 characters");
	for (bool more = true; more && !fault;) {
		const char *dot = find(rest, '.');

		more = dot != NULL;
		label = (struct br_view){rest.at, dot ? (size_t)(dot - rest.at) : rest.len};
		fault = label_fault(label);
		rest = skip(rest, label.len + more);
	}
	if (fault)
		return wrong(err, fault);
	if (looks_like_number(label))
		return wrong(err, "this number is no IPv4 address");
	for (size_t i = 0; i < host.len; i++)
		target->host[i] =
			(char)(is_letter(host.at[i]) ? host.at[i] | 0x20 : host.at[i]);
	return BR_OK;
}

/* A name or an IPv4 address, with or without a port. */
static enum br_status set_host(struct br_target *target, struct br_view rest,
			       struct br_error *err)
{
	const char *colon = find(rest, ':');
	struct br_view host = {rest.at, colon ? (size_t)(colon - rest.at) : rest.len};
	char text[INET_ADDRSTRLEN];
	struct in_addr address;

	if (host.len == 0)
		return wrong(err, "the host is missing");
	if (br_text_copy(text, sizeof text, host) && inet_pton(AF_INET, text, &address) == 1)
		memcpy(target->host, text, strlen(text) + 1);
	else if (set_name(target, host, err) != BR_OK)
		return BR_E_SYNTAX;
	return colon ? set_port(target, skip(rest, host.len + 1), err) : BR_OK;
}

static bool zone_is_plain(struct br_view zone)
{
	if (zone.len == 0 || zone.len > ZONE_MAX)
		return false;
	for (size_t i = 0; i < zone.len; i++)
		if (!is_letter(zone.at[i]) && !is_digit(zone.at[i]) &&
		    !strchr("-_.", zone.at[i]))
			return false;
	return true;
}

/* An IPv6 address with or without a zone, without brackets. */
static enum br_status set_ipv6(struct br_target *target, struct br_view text,
			       struct br_error *err)
{
	const char *percent = find(text, '%');
	struct br_view bare = {text.at, percent ? (size_t)(percent - text.at) : text.len};
	char copy[INET6_ADDRSTRLEN];
	struct in6_addr address;
	size_t len;

	if (!br_text_copy(copy, sizeof copy, bare) || find(bare, '\0') ||
	    inet_pton(AF_INET6, copy, &address) != 1)
		return wrong(err, "this is no IPv6 address");
	if (!inet_ntop(AF_INET6, &address, target->host, sizeof target->host))
		return wrong(err, "this is no IPv6 address");
	if (!percent)
		return BR_OK;
	if (!IN6_IS_ADDR_LINKLOCAL(&address))
		return wrong(err, "only a link-local address, fe80::…, has a zone after '%'");
	text = skip(text, bare.len + 1);
	if (!zone_is_plain(text))
		return wrong(err, "what follows '%' is not the name of an interface");
	len = strlen(target->host);
	target->host[len++] = '%';
	br_text_copy(target->host + len, sizeof target->host - len, text);
	return BR_OK;
}

/* "[address]" or "[address]:port". */
static enum br_status set_bracketed(struct br_target *target, struct br_view rest,
				    struct br_error *err)
{
	const char *end = find(rest, ']');
	struct br_view inner, behind;

	if (!end)
		return wrong(err, "the ']' is missing");
	inner = (struct br_view){rest.at + 1, (size_t)(end - rest.at) - 1};
	behind = skip(rest, inner.len + 2);
	if (behind.len && behind.at[0] != ':')
		return wrong(err, "only :PORT may follow ']'");
	if (set_ipv6(target, inner, err) != BR_OK)
		return BR_E_SYNTAX;
	return behind.len ? set_port(target, skip(behind, 1), err) : BR_OK;
}

static enum br_status set_udp(struct br_target *target, struct br_view rest,
			      struct br_error *err)
{
	const char *colon = find(rest, ':');

	if (rest.len == 0)
		return wrong(err, "the host is missing");
	if (find(rest, '@'))
		return wrong(err,
			     "a target has no user or community before '@', these stand in a "
			     "profile");
	if (find(rest, '#'))
		return wrong(err, "after '#' comes the number of a device, and nothing else");
	if (rest.at[0] == '[')
		return set_bracketed(target, rest, err);
	if (colon && find(skip(rest, (size_t)(colon - rest.at) + 1), ':'))
		return set_ipv6(target, rest, err);
	return set_host(target, rest, err);
}

static enum br_status set_walk(struct br_target *target, struct br_view rest,
			       struct br_error *err)
{
	target->kind = BR_TARGET_WALK;
	if (rest.len == 0)
		return wrong(err, "the file is missing");
	if (!br_text_copy(target->host, sizeof target->host, rest))
		return br_fail(err, BR_E_LIMIT, "the name of the walk is longer than %zu bytes",
			       sizeof target->host - 1);
	return BR_OK;
}

/*
 * For people, JSON and logs. A file may have any name, but what is shown of it is clean text,
 * so only such a name comes back as it was.
 */
static void write_text(struct br_target *target)
{
	bool odd = false, v6 = strchr(target->host, ':') != NULL;
	char device[16] = "", clean[sizeof target->host];
	const char *host = target->host;

	for (const char *c = host; *c; c++)
		odd |= (unsigned char)*c < ' ' || (unsigned char)*c >= 0x7f;
	if (odd) {
		br_text_clean(clean, sizeof clean, br_view(host));
		host = clean;
	}
	if (target->has_device)
		snprintf(device, sizeof device, "#%" PRIu32, target->device);
	if (target->kind == BR_TARGET_WALK)
		snprintf(target->text, sizeof target->text, "walk:%s%s", host, device);
	else
		snprintf(target->text, sizeof target->text, "udp:%s%s%s:%u%s", v6 ? "[" : "",
			 host, v6 ? "]" : "", target->port ? target->port : DEFAULT_PORT,
			 device);
}

/* Kinds that are planned, or that people try. */
static enum br_status refuse_kind(struct br_view rest, struct br_error *err)
{
	static const char *const kinds[] = {"http",   "https", "ipp",  "ipps", "pjl",
					    "usb",    "tcp",   "snmp", "file", "lpd",
					    "socket", "dtls",  NULL};

	for (const char *const *kind = kinds; *kind; kind++)
		if (take_kind(&rest, *kind))
			return br_fail(err, BR_E_UNSUPPORTED, "%s: is not in this version; %s",
				       *kind, EXAMPLES);
	return BR_OK;
}

enum br_status br_target_parse(struct br_target *target, const char *text, struct br_error *err)
{
	struct br_view rest = br_view(text);
	struct br_target parsed = {.kind = BR_TARGET_UDP};
	enum br_status status;

	*target = (struct br_target){0};
	if (rest.len == 0)
		return wrong(err, "the target is empty");
	status = refuse_kind(rest, err);
	if (status == BR_OK)
		status = take_device(&parsed, &rest, err);
	if (status != BR_OK)
		return status;
	if (take_kind(&rest, "walk")) {
		status = set_walk(&parsed, rest, err);
	} else {
		take_kind(&rest, "udp");
		status = set_udp(&parsed, rest, err);
	}
	if (status != BR_OK)
		return status;
	write_text(&parsed);
	*target = parsed;
	return BR_OK;
}

void br_target_set_port(struct br_target *target, uint16_t port)
{
	if (target->kind == BR_TARGET_WALK || target->port)
		return;
	target->port = port;
	write_text(target);
}
