/*
 * wire.c - one socket for all printers: batches in, batches out, late replies in a heap.
 *
 * IP_PKTINFO says which address was asked, and the reply leaves from it. Signals are let in
 * only while the program waits.
 *
 * SPDX-License-Identifier: MIT
 */
#include "farm.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define BATCH         64
#define SOCKET_BUFFER (64 << 20)
#define NS_PER_MS     1000000.0
#define REORDER_NS    20000000u

struct parcel {
	struct sockaddr_in to;
	uint32_t from;
	bool other_port;
	size_t len;
	uint8_t *data;
};

struct late {
	uint64_t due_ns, order;
	struct parcel parcel;
};

/* What recvmmsg and sendmmsg want, one place a datagram. */
struct batch {
	struct mmsghdr messages[BATCH];
	struct iovec parts[BATCH];
	struct sockaddr_in names[BATCH];
	_Alignas(struct cmsghdr) uint8_t control[BATCH][CMSG_SPACE(sizeof(struct in_pktinfo))];
	uint8_t data[BATCH][FARM_MESSAGE_MAX];
	size_t n;
};

static struct wire {
	struct farm *farm;
	int socket, other_socket;
	struct batch in, out;
	struct late *heap;
	size_t n_late, cap_late;
	uint64_t order;
} wire;

static volatile sig_atomic_t stopping, asked_for_counts;

static void on_signal(int signal)
{
	if (signal == SIGUSR1)
		asked_for_counts = 1;
	else
		stopping = 1;
}

static void flush_batch(void)
{
	struct batch *out = &wire.out;
	size_t done = 0;

	while (done < out->n) {
		int sent = sendmmsg(wire.socket, out->messages + done,
				    (unsigned)(out->n - done), 0);
		if (sent > 0) {
			done += (size_t)sent;
		} else if (errno == EAGAIN || errno == ENOBUFS) {
			struct pollfd room = {wire.socket, POLLOUT, 0};
			(void)poll(&room, 1, 100);
		} else if (errno != EINTR) {
			wire.farm->counts.send_errors++;
			done++;
		}
	}
	out->n = 0;
}

static void address_message(struct batch *batch, size_t i, uint32_t from)
{
	struct msghdr *header = &batch->messages[i].msg_hdr;

	*header = (struct msghdr){
		.msg_name = &batch->names[i],
		.msg_namelen = sizeof(batch->names[i]),
		.msg_iov = &batch->parts[i],
		.msg_iovlen = 1,
		.msg_control = batch->control[i],
		.msg_controllen = sizeof(batch->control[i]),
	};
	struct cmsghdr *control = CMSG_FIRSTHDR(header);
	struct in_pktinfo info = {.ipi_spec_dst.s_addr = htonl(from)};
	control->cmsg_level = IPPROTO_IP;
	control->cmsg_type = IP_PKTINFO;
	control->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(control), &info, sizeof(info));
}

/* data may already stand in its place of the batch. */
static void send_parcel(const struct parcel *parcel)
{
	struct batch *out = &wire.out;
	size_t i = out->n;

	if (parcel->data != out->data[i])
		/* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): see take_late */
		memcpy(out->data[i], parcel->data, parcel->len);
	out->parts[i] = (struct iovec){out->data[i], parcel->len};
	out->names[i] = parcel->to;
	address_message(out, i, parcel->from);
	wire.farm->counts.replies++;
	wire.farm->counts.bytes_out += parcel->len;
	if (parcel->other_port) {
		if (sendmsg(wire.other_socket, &out->messages[i].msg_hdr, 0) < 0)
			wire.farm->counts.send_errors++;
		return;
	}
	out->n++;
	if (out->n == BATCH)
		flush_batch();
}

static bool before(const struct late *a, const struct late *b)
{
	return a->due_ns != b->due_ns ? a->due_ns < b->due_ns : a->order < b->order;
}

static void keep_for_later(const struct parcel *parcel, uint64_t due_ns)
{
	if (wire.n_late == wire.cap_late) {
		size_t cap = wire.cap_late > 0 ? wire.cap_late * 2 : 1024;
		struct late *heap = realloc(wire.heap, cap * sizeof(*heap));
		if (heap == NULL)
			return;
		wire.heap = heap;
		wire.cap_late = cap;
	}
	struct late late = {due_ns, wire.order++, *parcel};
	late.parcel.data = malloc(parcel->len);
	if (late.parcel.data == NULL)
		return;
	memcpy(late.parcel.data, parcel->data, parcel->len);
	size_t i = wire.n_late++;
	for (; i > 0 && before(&late, &wire.heap[(i - 1) / 2]); i = (i - 1) / 2)
		wire.heap[i] = wire.heap[(i - 1) / 2];
	wire.heap[i] = late;
}

/* What leaves the heap is no longer in it; the analyser loses that and sees data freed twice.
 */
static struct parcel take_late(void)
{
	struct parcel parcel = wire.heap[0].parcel;
	struct late last = wire.heap[--wire.n_late];
	size_t i = 0;

	for (;;) {
		size_t child = 2 * i + 1;
		if (child >= wire.n_late)
			break;
		if (child + 1 < wire.n_late && before(&wire.heap[child + 1], &wire.heap[child]))
			child++;
		if (!before(&wire.heap[child], &last))
			break;
		wire.heap[i] = wire.heap[child];
		i = child;
	}
	wire.heap[i] = last;
	return parcel;
}

static void send_due(void)
{
	while (wire.n_late > 0 && wire.heap[0].due_ns <= wire.farm->now_ns) {
		struct parcel parcel = take_late();
		send_parcel(&parcel);
		free(parcel.data); /* NOLINT(clang-analyzer-unix.Malloc): see take_late */
	}
}

/* When a reply leaves: at once, or when this printer is done with it. */
static uint64_t due_time(struct farm_printer *printer)
{
	const struct farm_faults *faults = printer->faults;
	struct farm *farm = wire.farm;
	uint64_t due = farm->now_ns;

	if (faults->serial && printer->busy_until_ns > due)
		due = printer->busy_until_ns;
	due += (uint64_t)(faults->delay_ms * NS_PER_MS);
	due += farm_random(farm, (uint64_t)(faults->jitter_ms * NS_PER_MS));
	if (faults->serial)
		printer->busy_until_ns = due;
	if (farm_chance(farm, faults->reorder))
		due += 1 + farm_random(farm, REORDER_NS);
	return due;
}

static void send_reply(struct farm_printer *printer, struct parcel *parcel)
{
	const struct farm_faults *faults = printer->faults;
	struct farm *farm = wire.farm;

	if (faults->wrong_address)
		parcel->from ^= 1u << 20;
	parcel->other_port = faults->wrong_port;
	if (farm_chance(farm, faults->truncate))
		parcel->len = farm_random(farm, parcel->len);
	if (faults->late_ms > 0) {
		uint64_t due = farm->now_ns + (uint64_t)(faults->late_ms * NS_PER_MS);
		keep_for_later(parcel, due);
		keep_for_later(parcel, due);
		return;
	}
	uint64_t due = due_time(printer);
	if (farm_chance(farm, faults->duplicate))
		keep_for_later(parcel, due);
	if (due > farm->now_ns)
		keep_for_later(parcel, due);
	else
		send_parcel(parcel);
}

static void take_request(const uint8_t *data, size_t len, const struct sockaddr_in *from,
			 uint32_t asked)
{
	struct farm *farm = wire.farm;
	struct farm_printer *printer = farm_printer_at(farm, asked);
	struct parcel parcel = {.to = *from, .from = asked, .data = wire.out.data[wire.out.n]};

	farm_count_request(farm, data, len);
	if (printer == NULL) {
		farm->counts.stray++;
		return;
	}
	const struct farm_faults *faults = printer->faults;
	printer->requests++;
	if (printer->off || faults->dead ||
	    (faults->stalls && printer->requests > faults->stall)) {
		farm->counts.ignored++;
		return;
	}
	if (farm_chance(farm, faults->loss)) {
		farm->counts.lost++;
		return;
	}
	parcel.len = farm_answer(farm, printer, data, len, parcel.data, FARM_MESSAGE_MAX);
	if (parcel.len == 0)
		farm->counts.ignored++;
	else
		send_reply(printer, &parcel);
}

static uint32_t asked_address(struct msghdr *header)
{
	for (struct cmsghdr *at = CMSG_FIRSTHDR(header); at != NULL;
	     at = CMSG_NXTHDR(header, at)) {
		struct in_pktinfo info;
		if (at->cmsg_level != IPPROTO_IP || at->cmsg_type != IP_PKTINFO)
			continue;
		memcpy(&info, CMSG_DATA(at), sizeof(info));
		return ntohl(info.ipi_addr.s_addr);
	}
	return 0;
}

static int receive(void)
{
	struct batch *in = &wire.in;

	for (size_t i = 0; i < BATCH; i++) {
		in->parts[i] = (struct iovec){in->data[i], sizeof(in->data[i])};
		in->messages[i].msg_hdr = (struct msghdr){
			.msg_name = &in->names[i],
			.msg_namelen = sizeof(in->names[i]),
			.msg_iov = &in->parts[i],
			.msg_iovlen = 1,
			.msg_control = in->control[i],
			.msg_controllen = sizeof(in->control[i]),
		};
	}
	int n = recvmmsg(wire.socket, in->messages, BATCH, MSG_DONTWAIT, NULL);
	wire.farm->now_ns = farm_clock_ns();
	for (int i = 0; i < n; i++)
		take_request(in->data[i], in->messages[i].msg_len, &in->names[i],
			     asked_address(&in->messages[i].msg_hdr));
	return n;
}

/* Until a datagram, a signal or the earliest of these times; 0 is no time. */
static void wait_until(uint64_t a_ns, uint64_t b_ns, uint64_t c_ns)
{
	const uint64_t times[] = {a_ns, b_ns, c_ns};
	struct pollfd ready = {wire.socket, POLLIN, 0};
	uint64_t due = 0, now = farm_clock_ns();
	sigset_t none;

	for (size_t i = 0; i < 3; i++)
		if (times[i] > 0 && (due == 0 || times[i] < due))
			due = times[i];
	uint64_t left = due > now ? due - now : 0;
	struct timespec timeout = {(time_t)(left / 1000000000u), (long)(left % 1000000000u)};
	sigemptyset(&none);
	(void)ppoll(&ready, 1, due > 0 ? &timeout : NULL, &none);
}

static void serve(struct farm *farm)
{
	uint64_t end_ns =
		farm->for_s > 0 ? farm->started_ns + (uint64_t)(farm->for_s * 1e9) : 0;
	uint64_t script_ns = farm->events != NULL ? farm->started_ns : 0;

	while (!stopping && (end_ns == 0 || farm->now_ns < end_ns)) {
		if (asked_for_counts) {
			asked_for_counts = 0;
			farm_count_print(farm);
		}
		if (script_ns > 0 && script_ns <= farm->now_ns)
			script_ns = farm_script_run(farm);
		send_due();
		int n = receive();
		flush_batch();
		if (n <= 0)
			wait_until(wire.n_late > 0 ? wire.heap[0].due_ns : 0, script_ns,
				   end_ns);
		farm->now_ns = farm_clock_ns();
	}
}

static int open_socket(uint16_t *port)
{
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(*port)};
	socklen_t len = sizeof(any);
	int on = 1, size = SOCKET_BUFFER;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	(void)setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof(on));
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) != 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)) != 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	if (bind(fd, (struct sockaddr *)&any, sizeof(any)) != 0 ||
	    getsockname(fd, (struct sockaddr *)&any, &len) != 0) {
		close(fd);
		return -1;
	}
	*port = ntohs(any.sin_port);
	return fd;
}

/* Signals wait until ppoll; the farm ends with whoever started it. */
static void prepare_signals(void)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1};
	struct sigaction action = {.sa_handler = on_signal};
	sigset_t blocked;

	sigemptyset(&blocked);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		sigaction(signals[i], &action, NULL);
		sigaddset(&blocked, signals[i]);
	}
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	prctl(PR_SET_TIMERSLACK, 1);
}

bool farm_serve(struct farm *farm)
{
	bool any_port = farm->port == 0;
	uint16_t other_port = 0;

	prepare_signals();
	wire.farm = farm;
	wire.socket = open_socket(&farm->port);
	wire.other_socket = open_socket(&other_port);
	if (wire.socket < 0 || wire.other_socket < 0) {
		fprintf(stderr, "farm: port %u: %s\n", farm->port, strerror(errno));
		return false;
	}
	if (any_port)
		printf("ready %u\n", farm->port);
	else
		puts("ready");
	(void)fflush(stdout);
	farm->started_ns = farm->now_ns = farm_clock_ns();
	serve(farm);
	while (wire.n_late > 0)
		free(take_late().data); /* NOLINT(clang-analyzer-unix.Malloc): see there */
	free(wire.heap);
	close(wire.socket);
	close(wire.other_socket);
	return true;
}
