/*
 * neighbours.c - three questions to rtnetlink: tables, neighbours, routes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/neighbours.h"

#include "base/buf.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER = 32768, MESSAGES_MAX = 1 << 20, FRESH_S = 6, ATTRIBUTES = 32 };

struct ask {
	struct nlmsghdr head;
	union {
		struct ndtmsg tables;
		struct ndmsg neighbours;
		struct rtmsg routes;
	} body;
};

/* Called for each message of a dump, with its attributes by type; data: lent to it. */
typedef enum br_status (*each_fn)(void *user, const void *body,
				  const struct rtattr *const attributes[ATTRIBUTES],
				  struct br_error *err);

static void attributes_of(const struct rtattr *at, size_t len,
			  const struct rtattr *found[ATTRIBUTES])
{
	memset(found, 0, ATTRIBUTES * sizeof *found);
	while (RTA_OK(at, len)) {
		unsigned type = at->rta_type & NLA_TYPE_MASK;

		if (type < ATTRIBUTES)
			found[type] = at;
		at = RTA_NEXT(at, len);
	}
}

static enum br_status take_message(const struct nlmsghdr *message, size_t body_len,
				   each_fn each, void *user, struct br_error *err)
{
	const struct rtattr *found[ATTRIBUTES];
	size_t head = NLMSG_LENGTH(NLMSG_ALIGN(body_len));

	if (message->nlmsg_len < head)
		return BR_OK;
	attributes_of((const struct rtattr *)((const char *)message + head),
		      message->nlmsg_len - head, found);
	return each(user, NLMSG_DATA(message), found, err);
}

/* True: there is more to come. */
static bool take_all(const struct nlmsghdr *message, size_t len, size_t body_len, each_fn each,
		     void *user, enum br_status *status, struct br_error *err)
{
	for (; NLMSG_OK(message, len); message = NLMSG_NEXT(message, len)) {
		if (message->nlmsg_type == NLMSG_DONE)
			return false;
		if (message->nlmsg_type == NLMSG_ERROR) {
			*status = br_fail(err, BR_E_NETWORK,
					  "the kernel does not tell its "
					  "neighbours");
			return false;
		}
		*status = take_message(message, body_len, each, user, err);
		if (*status != BR_OK)
			return false;
	}
	return true;
}

static enum br_status dump(struct ask *ask, size_t body_len, each_fn each, void *user,
			   struct br_error *err)
{
	struct nlmsghdr *buffer = malloc(BUFFER);
	enum br_status status = BR_OK;
	bool more = true;
	int fd;

	if (!buffer)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	ask->head.nlmsg_len = (uint32_t)NLMSG_LENGTH(body_len);
	ask->head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	if (fd < 0 || send(fd, ask, ask->head.nlmsg_len, 0) < 0)
		status = br_fail(err, BR_E_NETWORK, "no rtnetlink: %s", strerror(errno));
	for (int n = 0; status == BR_OK && more && n < MESSAGES_MAX; n++) {
		ssize_t got = recv(fd, buffer, BUFFER, 0);

		if (got <= 0 && errno == EINTR)
			continue;
		if (got <= 0)
			status =
				br_fail(err, BR_E_NETWORK, "no rtnetlink: %s", strerror(errno));
		else
			more = take_all(buffer, (size_t)got, body_len, each, user, &status,
					err);
	}
	free(buffer);
	if (fd >= 0)
		close(fd);
	return status;
}

static bool copy_of(const struct rtattr *attribute, void *out, size_t len)
{
	if (!attribute || RTA_PAYLOAD(attribute) < len)
		return false;
	memcpy(out, RTA_DATA(attribute), len);
	return true;
}

struct table_of {
	int family;
	struct br_neighbour_table *table;
	long ticks;
};

/* The kernel sends a message for the table and more for each interface's settings. */
static enum br_status take_table(void *user, const void *body,
				 const struct rtattr *const found[ATTRIBUTES],
				 struct br_error *err)
{
	const struct table_of *of = user;
	const struct ndtmsg *message = body;
	struct ndt_config config;
	struct ndt_stats stats;
	uint32_t limit;

	(void)err;
	if (message->ndtm_family != of->family || !copy_of(found[NDTA_THRESH3], &limit, 4))
		return BR_OK;
	of->table->limit = limit;
	if (copy_of(found[NDTA_CONFIG], &config, sizeof config))
		of->table->entries = config.ndtc_entries;
	memset(&stats, 0, sizeof stats);
	/* Older kernels send a shorter one. */
	if (found[NDTA_STATS] && RTA_PAYLOAD(found[NDTA_STATS]) >= sizeof stats)
		memcpy(&stats, RTA_DATA(found[NDTA_STATS]), sizeof stats);
	of->table->overflows = stats.ndts_table_fulls;
	return BR_OK;
}

static enum br_status take_neighbour(void *user, const void *body,
				     const struct rtattr *const found[ATTRIBUTES],
				     struct br_error *err)
{
	const struct table_of *of = user;
	const struct ndmsg *message = body;
	struct nda_cacheinfo age;
	bool fresh = true;

	(void)err;
	if (message->ndm_family != of->family)
		return BR_OK;
	if (copy_of(found[NDA_CACHEINFO], &age, sizeof age))
		fresh = age.ndm_updated < (uint32_t)(FRESH_S * of->ticks);
	of->table->own++;
	of->table->unresolved += (message->ndm_state & NUD_INCOMPLETE) != 0;
	/* Those with a timer, and those that changed a moment ago, stay whatever comes. */
	if (message->ndm_state & (NUD_INCOMPLETE | NUD_REACHABLE | NUD_DELAY | NUD_PROBE) ||
	    (fresh && !(message->ndm_state & (NUD_FAILED | NUD_NOARP | NUD_PERMANENT))))
		of->table->held++;
	return BR_OK;
}

enum br_status br_neighbour_table(int family, struct br_neighbour_table *table,
				  struct br_error *err)
{
	struct table_of of = {family, table, sysconf(_SC_CLK_TCK)};
	struct ask tables = {.head.nlmsg_type = RTM_GETNEIGHTBL,
			     .body.tables.ndtm_family = (unsigned char)family};
	struct ask neighbours = {.head.nlmsg_type = RTM_GETNEIGH,
				 .body.neighbours.ndm_family = (unsigned char)family};
	enum br_status status;

	memset(table, 0, sizeof *table);
	status = dump(&tables, sizeof tables.body.tables, take_table, &of, err);
	if (status == BR_OK)
		status = dump(&neighbours, sizeof neighbours.body.neighbours, take_neighbour,
			      &of, err);
	return status;
}

struct neighbours_of {
	struct br_range *range;
	unsigned interface;
	size_t n;
};

static enum br_status take_v6(void *user, const void *body,
			      const struct rtattr *const found[ATTRIBUTES],
			      struct br_error *err)
{
	struct neighbours_of *of = user;
	const struct ndmsg *message = body;
	struct br_host6 host = {.scope = 0};

	if (message->ndm_family != AF_INET6 ||
	    (unsigned)message->ndm_ifindex != of->interface ||
	    message->ndm_state & (NUD_FAILED | NUD_INCOMPLETE) ||
	    !copy_of(found[NDA_DST], &host.address, sizeof host.address) ||
	    IN6_IS_ADDR_MULTICAST(&host.address) || IN6_IS_ADDR_UNSPECIFIED(&host.address))
		return BR_OK;
	if (IN6_IS_ADDR_LINKLOCAL(&host.address))
		host.scope = of->interface;
	of->n++;
	return br_range_add_host6(of->range, &host, err);
}

enum br_status br_neighbours_add(struct br_range *range, const char *interface, size_t *n,
				 struct br_error *err)
{
	struct neighbours_of of = {.range = range, .interface = if_nametoindex(interface)};
	struct ask ask = {.head.nlmsg_type = RTM_GETNEIGH,
			  .body.neighbours.ndm_family = AF_INET6};
	enum br_status status;

	*n = 0;
	if (of.interface == 0) {
		char shown[64];

		br_text_clean(shown, sizeof shown, br_view(interface));
		return br_fail(err, BR_E_SYNTAX, "%s: there is no such interface", shown);
	}
	status = dump(&ask, sizeof ask.body.neighbours, take_v6, &of, err);
	*n = of.n;
	return status;
}

/* Interfaces without addresses of their own (tunnels, loopback) resolve nothing. */
static bool resolves(unsigned interface)
{
	struct ifreq request;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool none;

	memset(&request, 0, sizeof request);
	if (fd < 0)
		return true;
	none = if_indextoname(interface, request.ifr_name) &&
	       ioctl(fd, SIOCGIFFLAGS, &request) == 0 &&
	       request.ifr_flags & (IFF_NOARP | IFF_LOOPBACK);
	close(fd);
	return !none;
}

static enum br_status take_route(void *user, const void *body,
				 const struct rtattr *const found[ATTRIBUTES],
				 struct br_error *err)
{
	const struct rtmsg *route = body;
	struct br_range *links = user;
	char text[INET_ADDRSTRLEN + 8];
	struct br_buf buf;
	struct in_addr to = {0}; /* of a default route, which names none */
	uint32_t interface;
	enum br_status status;

	if (route->rtm_family != AF_INET || route->rtm_type != RTN_UNICAST ||
	    found[RTA_GATEWAY] || found[RTA_VIA] || found[RTA_MULTIPATH] ||
	    (route->rtm_dst_len && !copy_of(found[RTA_DST], &to, sizeof to)) ||
	    !copy_of(found[RTA_OIF], &interface, sizeof interface) || !resolves(interface) ||
	    !inet_ntop(AF_INET, &to, text, sizeof text))
		return BR_OK;
	br_buf_init(&buf, 64);
	br_buf_format(&buf, "%s/%u", text, route->rtm_dst_len);
	status = buf.status != BR_OK
			 ? br_fail(err, buf.status, "out of memory")
			 : br_range_add(links, (struct br_view){buf.data, buf.len}, false, err);
	br_buf_clear(&buf);
	return status;
}

enum br_status br_on_link(struct br_range *links, struct br_error *err)
{
	struct ask ask = {.head.nlmsg_type = RTM_GETROUTE, .body.routes.rtm_family = AF_INET};
	enum br_status status;

	br_range_init(links);
	status = dump(&ask, sizeof ask.body.routes, take_route, links, err);
	if (status != BR_OK)
		return status;
	status = br_range_settle(links, UINT64_MAX, err);
	return status == BR_E_ABSENT ? BR_OK : status;
}
