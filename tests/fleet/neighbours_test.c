/*
 * neighbours_test.c - the kernel's neighbours, on a link of our own with a printer at its other
 * end.
 *
 * Two network namespaces and a pair of veth between them: the test is in the near one, and the
 * printer's socket stays in the far one, where it was made. What is not allowed is skipped.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/neighbours.h"

#include "base/clock.h"
#include "check.h"
#include "cli/ran.h"
#include "fleet/discover.h"
#include "fleet/simulated.h"
#include "fleet/street.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define GLOBAL "2001:db8:7::7"
#define LOCAL  "fe80::7"

enum { PORT = 16161, PATIENCE_MS = 5000 };

static int near_space = -1;
static pid_t anchor, printer; /* processes in the near and of the far space */
static struct house houses[2];

static bool say(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return good;
}

/* ip(8), words separated by blanks. */
static bool ip(const char *command)
{
	char copy[256], *words[24] = {(char *)(uintptr_t) "ip"}, *at = copy;
	size_t n = 1;
	FILE *said;
	int status;
	pid_t pid;

	snprintf(copy, sizeof copy, "%s", command);
	while ((words[n] = strsep(&at, " ")) != NULL && n < 22)
		n++;
	pid = fleet_run(words, &said);
	fclose(said);
	return waitpid(pid, &status, 0) == pid && status == 0;
}

/* A namespace in which addresses are good at once and routers are not looked for. */
static bool new_space(void)
{
	return unshare(CLONE_NEWNET) == 0 && ip("link set lo up") &&
	       say("/proc/sys/net/ipv6/conf/default/accept_dad", "0") &&
	       say("/proc/sys/net/ipv6/conf/all/accept_dad", "0");
}

static void build_house(struct house *house, const char *name)
{
	union br_address address;

	house_open_v6(house); /* for its recording; then at another address */
	close(house->fd);
	CHECK(br_address_numeric(&address, name, PORT));
	house->address = address;
	house->fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	CHECK_INT(bind(house->fd, &address.any, br_address_len(&address)), 0);
}

/* Never returns: the printer, until it is killed. */
static void serve(void)
{
	for (;;) {
		struct pollfd ready[2] = {{.fd = houses[0].fd, .events = POLLIN},
					  {.fd = houses[1].fd, .events = POLLIN}};

		poll(ready, 2, 60000);
		house_serve(&houses[0]);
		house_serve(&houses[1]);
	}
}

static void end(void)
{
	pid_t *const all[] = {&anchor, &printer};

	for (size_t i = 0; i < 2; i++) {
		if (*all[i] > 0) {
			kill(*all[i], SIGKILL);
			waitpid(*all[i], NULL, 0);
		}
		*all[i] = 0;
	}
}

static bool build_link(void)
{
	char command[128];

	snprintf(command, sizeof command,
		 "link add far0 address 02:00:5e:00:00:07 type veth peer name near0 netns %d",
		 (int)anchor);
	if (!ip(command))
		return false;
	return ip("link set far0 addrgenmode none") && ip("link set far0 up") &&
	       ip("addr add " GLOBAL "/64 dev far0 nodad") &&
	       ip("addr add " LOCAL "/64 dev far0 nodad") &&
	       ip("addr add 192.0.2.7/24 dev far0");
}

static pid_t fork_child(void)
{
	pid_t pid = fork();

	CHECK(pid >= 0);
	return pid;
}

/* Ends in the near space. */
static void begin(void)
{
	if (!new_space())
		check_skip("network namespaces need root, and ip (Debian: iproute2)");
	near_space = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	anchor = fork_child();
	if (anchor == 0)
		for (;;)
			pause();
	if (!new_space() || !build_link()) {
		end();
		check_skip("no pair of veth here");
	}
	build_house(&houses[0], GLOBAL);
	build_house(&houses[1], LOCAL "%far0");
	printer = fork_child();
	if (printer == 0)
		serve();
	CHECK_INT(setns(near_space, CLONE_NEWNET), 0);
	CHECK(ip("link set near0 up"));
	CHECK(ip("addr add 2001:db8:7::1/64 dev near0 nodad"));
	CHECK(ip("addr add 192.0.2.1/24 dev near0"));
	CHECK(ip("route add 198.51.100.0/24 via 192.0.2.7"));
}

/* As anything does that speaks with them: the kernel then knows them. */
static void speak(const char *name)
{
	union br_address to;
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int64_t until = br_clock_ms() + PATIENCE_MS;

	CHECK(br_address_numeric(&to, name, 9));
	while (sendto(fd, "", 1, 0, &to.any, br_address_len(&to)) != 1 && br_clock_ms() < until)
		poll(NULL, 0, 20);
	close(fd);
}

static size_t neighbours(struct br_range *range)
{
	struct br_error err = {""};
	size_t n;

	br_range_init(range);
	CHECK_INT(br_neighbours_add(range, "near0", &n, &err), BR_OK);
	CHECK_STR(err.text, "");
	return n;
}

static void check_range(void)
{
	int64_t until = br_clock_ms() + PATIENCE_MS;
	struct br_range range;
	char text[BR_FOUND_HOST_SIZE];
	union br_address address;
	const char *const want[] = {GLOBAL, LOCAL "%near0"};

	CHECK_INT(neighbours(&range), 0);
	br_range_clear(&range);
	speak(GLOBAL);
	speak(LOCAL "%near0");
	speak("2001:db8:7::dead"); /* nobody: not a neighbour, only asked for */
	while (neighbours(&range) < 2 && br_clock_ms() < until) {
		br_range_clear(&range);
		poll(NULL, 0, 20);
	}
	CHECK_INT(br_range_settle(&range, 10, NULL), BR_OK);
	CHECK_INT(range.count, 2);
	for (uint64_t i = 0; i < range.count && i < 2; i++) {
		br_range_at(&range, i, 161, &address);
		br_found_host(&address, text, sizeof text);
		CHECK_STR(text, want[i]);
	}
	br_range_clear(&range);
}

static struct ran discover(const char *const *more)
{
	const char *args[24] = {"discover", "--neighbours", "near0", "--port",
				"16161",    "--wait",       "200ms", "-o"};
	size_t n = 8;

	while (*more)
		args[n++] = *more++;
	return ran_brayer(NULL, args);
}

static void check_printers(void)
{
	struct ran ran = discover((const char *const[]){"jsonl", NULL});

	/* One printer, at two addresses. */
	CHECK_INT(ran.code, 0);
	CHECK(strstr(ran.out, "\"target\":\"udp:[" GLOBAL "]:16161\""));
	CHECK(strstr(ran.out, "\"also_at\":[\"" LOCAL "%near0\"]"));
	CHECK(strstr(ran.err, "1 printers, 0 other agents, 2 addresses alive of 2"));
	ran_clear(&ran);
	/* Those that echo, by an echo of IPv6. */
	ran = discover((const char *const[]){"targets", "--ping", "only", NULL});
	CHECK_STR(ran.out, "udp:[" GLOBAL "]:16161\n");
	ran_clear(&ran);
	ran = discover((const char *const[]){"nagios", "--exclude", GLOBAL, NULL});
	CHECK(strstr(ran.out, "host_name  printer--fe80--7-near0--16161\n"));
	CHECK(strstr(ran.out, "address    fe80::7%near0\n"));
	ran_clear(&ran);
	ran = discover((const char *const[]){"zabbix", "--exclude", GLOBAL, NULL});
	CHECK(strstr(ran.out, "ip: 'fe80::7'\n"));
	ran_clear(&ran);
}

static struct ran search(const char *state, const char *exclude)
{
	return discover((const char *const[]){"targets", "--passes", "16", "--resume", state,
					      "--exclude", exclude, NULL});
}

/* What a search kept of a link-local address is understood by the one that goes on with it. */
static void check_resume(void)
{
	char state[] = "/tmp/brayer-state-XXXXXX";
	struct ran ran;
	int fd = mkstemp(state);
	pid_t impatient;

	close(fd);
	unlink(state);
	impatient = fork_child();
	if (impatient == 0) {
		poll(NULL, 0, 700); /* the 16 passes take three seconds */
		kill(getppid(), SIGINT);
		_exit(0);
	}
	ran = search(state, GLOBAL);
	waitpid(impatient, NULL, 0);
	CHECK(strstr(ran.err, "interrupted: 1 printers"));
	ran_clear(&ran);
	CHECK_INT(access(state, R_OK), 0);
	ran = search(state, GLOBAL);
	CHECK_INT(ran.code, 0);
	CHECK_STR(ran.out, "udp:[" LOCAL "%near0]:16161\n");
	ran_clear(&ran);
	CHECK(access(state, F_OK) != 0);
	unlink(state);
}

static void check_links(void)
{
	struct br_range links;
	union br_address address;
	uint64_t index;
	static const struct {
		const char *name;
		bool on_link;
	} rows[] = {{"192.0.2.99", true}, {"198.51.100.9", false}, {"127.0.0.1", false}};

	CHECK_INT(br_on_link(&links, NULL), BR_OK);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].name);
		CHECK(br_address_numeric(&address, rows[i].name, 0));
		CHECK_INT(br_range_find(&links, &address, &index), rows[i].on_link);
	}
	br_range_clear(&links);
	CHECK(ip("route add default dev near0")); /* no gateway: all of it is on the link */
	CHECK_INT(br_on_link(&links, NULL), BR_OK);
	check_case("a default route without a gateway");
	CHECK(br_address_numeric(&address, "203.0.113.5", 0));
	CHECK(br_range_find(&links, &address, &index));
	br_range_clear(&links);
}

TEST(the_printers_of_a_link)
{
	begin();
	check_range();
	check_printers();
	check_resume();
	check_links();
	end();
}
