/*
 * v3_agent.c - many SNMPv3 printers on loopback, for measuring; each address is an engine.
 *
 *   v3_agent [-b BASE] [-n PRINTERS] [-p PORT] [-e] RECORDING...
 *   v3_agent -c QUESTION:ANSWER      microseconds of keys' work on one exchange of such sizes
 *
 * User "bench" with SHA-256 and AES-128, and v1 and v2c beside it, answered from the same
 * recordings, so that what v3 adds can be told. With -e all have one engine id. SIGUSR2 begins
 * the counts anew, SIGUSR1 and the end print them as JSON on standard error; "again" are
 * discoveries by somebody who had shown before that the engine is known. v3 is done with
 * what the library has for the other side: questions are unwrapped, answered as v2c by the
 * simulated fleet of tests/farm, and wrapped again. All secrets in here are nobody's.
 *
 * SPDX-License-Identifier: MIT
 */
#include "farm/farm.h"
#include "link/crypto.h"
#include "talk/v3_inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BOOTS       7
#define WINDOW_S    150
#define MESSAGE_MAX 1360 /* of v2c; v3 adds up to 100 octets, and none is to be split */
#define SOCKET_SIZE (64 << 20)
#define COMMUNITY   "public"
#define TURNS       20000

static struct agent {
	struct farm farm;
	struct br_v3 v3;
	struct br_v3_user user;
	struct br_crypto *crypto;
	struct br_v3_crypto ops;
	int socket;
	bool one_engine;
	bool *heard; /* of each printer: something signed with its key came */
	struct {
		unsigned long requests, plain, v3, discoveries, again, late, bad, bytes_in,
			bytes_out;
	} counts;
} agent;

static volatile sig_atomic_t stopping, asked_for_counts, anew;

static void on_signal(int number)
{
	if (number == SIGUSR1)
		asked_for_counts = 1;
	else if (number == SIGUSR2)
		anew = 1;
	else
		stopping = 1;
}

static void print_counts(void)
{
	fprintf(stderr,
		"{\"requests\":%lu,\"plain\":%lu,\"v3\":%lu,\"discoveries\":%lu,\"again\":%lu,"
		"\"late\":%lu,\"bad\":%lu,\"bytes_in\":%lu,\"bytes_out\":%lu}\n",
		agent.counts.requests, agent.counts.plain, agent.counts.v3,
		agent.counts.discoveries, agent.counts.again, agent.counts.late,
		agent.counts.bad, agent.counts.bytes_in, agent.counts.bytes_out);
}

static int32_t engine_time(void)
{
	return (int32_t)((farm_clock_ns() - agent.farm.started_ns) / 1000000000u) + 1000;
}

/* By the address, as RFC 3411 has it: enterprise 0, format 1. The keys of the last one stay. */
static bool be_engine(uint32_t address)
{
	uint8_t engine[9] = {0x80, 0, 0, 0, 1};

	for (int i = 0; i < 4; i++)
		engine[5 + i] = (uint8_t)(address >> (24 - 8 * i));
	if (agent.v3.engine_len == sizeof engine &&
	    memcmp(agent.v3.engine, engine, sizeof engine) == 0)
		return true;
	memcpy(agent.v3.engine, engine, sizeof engine);
	agent.v3.engine_len = sizeof engine;
	return br_v3_localise(&agent.v3);
}

/* Puts everything around the PDU that out holds; encrypted and signed as flags say. */
static const uint8_t *wrap(struct br_ber_out *out, const struct br_usm *asked, uint8_t flags,
			   size_t *len)
{
	uint8_t salt[BR_USM_SALT_LEN], *mac;
	struct br_usm usm = {
		.id = asked->id,
		.max_size = BR_DATAGRAM_MAX,
		.flags = flags,
		.boots = BOOTS,
		.time = engine_time(),
		.engine = {.data = agent.v3.engine, .len = agent.v3.engine_len},
		.user = asked->user,
		.mac.len = flags & BR_USM_AUTH ? br_v3_mac_len(agent.user.auth) : 0,
	};

	br_ber_put(out, BR_BER_OCTETS, "", 0); /* the context */
	br_ber_put(out, BR_BER_OCTETS, agent.v3.engine, agent.v3.engine_len);
	br_ber_wrap(out, BR_BER_SEQUENCE, out->end);
	if (flags & BR_USM_PRIV) {
		usm.salt = (struct br_tlv){.data = salt, .len = sizeof salt};
		if (out->full || !br_v3_next_salt(&agent.v3, salt) ||
		    !br_v3_cipher(&agent.v3, true, &usm, out->at, (size_t)(out->end - out->at)))
			return NULL;
		br_ber_wrap(out, BR_BER_OCTETS, out->end);
	}
	mac = br_usm_write(out, &usm, out->end);
	*len = (size_t)(out->end - out->at);
	if (!mac || (usm.mac.len > 0 && !br_v3_mac(&agent.v3, out->at, *len, mac)))
		return NULL;
	return out->at;
}

/* usmStats.COUNTER.0: 2 not in time window, 4 unknown engine. */
static const uint8_t *report(struct br_ber_out *out, const struct br_usm *asked,
			     uint8_t counter, size_t *len)
{
	const uint8_t name[] = {0x2b, 6, 1, 6, 3, 15, 1, 1, counter, 0};

	br_ber_put_int(out, BR_BER_COUNTER32, 1);
	br_ber_put(out, BR_BER_OID, name, sizeof name);
	br_ber_wrap(out, BR_BER_SEQUENCE, out->end);
	br_ber_wrap(out, BR_BER_SEQUENCE, out->end);
	br_ber_put_int(out, BR_BER_INTEGER, 0);
	br_ber_put_int(out, BR_BER_INTEGER, 0);
	br_ber_put_int(out, BR_BER_INTEGER, 0);
	br_ber_wrap(out, BR_PDU_REPORT, out->end);
	return wrap(out, asked, counter == 2 ? BR_USM_AUTH : 0, len);
}

static bool is_signed(uint8_t *datagram, const struct br_usm *usm)
{
	uint8_t came[BR_V3_KEY_MAX], want[BR_V3_KEY_MAX];
	const size_t len = br_v3_mac_len(agent.user.auth);
	uint8_t *mac = datagram + (usm->mac.data - datagram);

	if ((usm->flags & (BR_USM_AUTH | BR_USM_PRIV)) != (BR_USM_AUTH | BR_USM_PRIV) ||
	    usm->mac.len != len)
		return false;
	memcpy(came, mac, len);
	memset(mac, 0, len);
	return br_v3_mac(&agent.v3, datagram, usm->whole_len, want) &&
	       memcmp(came, want, len) == 0;
}

/* The same question as a v2c message, asked of the simulated printer; the answer's PDU. */
static bool ask_printer(struct farm_printer *printer, const struct br_ber *pdu,
			struct br_ber *answer)
{
	static uint8_t question[BR_REQUEST_MAX], reply[FARM_MESSAGE_MAX];
	struct br_ber_out out;
	struct br_tlv whole, community;
	int32_t version;

	br_ber_out_init(&out, question, sizeof question);
	br_ber_put_raw(&out, pdu->at, (size_t)(pdu->end - pdu->at));
	br_ber_put(&out, BR_BER_OCTETS, COMMUNITY, strlen(COMMUNITY));
	br_ber_put_int(&out, BR_BER_INTEGER, BR_SNMP_V2C);
	br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
	if (out.full)
		return false;
	size_t len = farm_answer(&agent.farm, printer, out.at, (size_t)(out.end - out.at),
				 reply, sizeof reply);
	struct br_ber in = {reply, reply + len};
	if (!br_ber_take_tag(&in, BR_BER_SEQUENCE, &whole))
		return false;
	*answer = (struct br_ber){whole.data, whole.data + whole.len};
	return br_ber_take_int(answer, &version) &&
	       br_ber_take_tag(answer, BR_BER_OCTETS, &community);
}

static const uint8_t *answer_v3(struct farm_printer *printer, uint8_t *datagram, size_t len,
				uint8_t *buffer, size_t size, size_t *reply_len)
{
	struct br_usm usm;
	struct br_scoped scoped;
	struct br_ber answer;
	struct br_ber_out out;

	br_ber_out_init(&out, buffer, size);
	if (!br_usm_read(datagram, len, &usm) ||
	    !be_engine(agent.one_engine ? agent.farm.base : printer->address))
		return NULL;
	if (usm.engine.len != agent.v3.engine_len ||
	    memcmp(usm.engine.data, agent.v3.engine, usm.engine.len) != 0) {
		agent.counts.discoveries++;
		agent.counts.again += agent.heard[printer - agent.farm.printers];
		return report(&out, &usm, 4, reply_len);
	}
	if (!is_signed(datagram, &usm))
		return NULL;
	agent.heard[printer - agent.farm.printers] = true;
	if (usm.boots != BOOTS || abs(usm.time - engine_time()) > WINDOW_S) {
		agent.counts.late++;
		return report(&out, &usm, 2, reply_len);
	}
	uint8_t *data = datagram + (usm.data.data - datagram);
	if (!br_v3_cipher(&agent.v3, false, &usm, data, usm.data.len) ||
	    !br_scoped_read(data, usm.data.len, &scoped) ||
	    !ask_printer(printer, &scoped.pdu, &answer))
		return NULL;
	br_ber_put_raw(&out, answer.at, (size_t)(answer.end - answer.at));
	return wrap(&out, &usm, BR_USM_AUTH | BR_USM_PRIV, reply_len);
}

static bool is_v3(const uint8_t *datagram, size_t len)
{
	struct br_ber in = {datagram, datagram + len};
	struct br_tlv whole;
	int32_t version;

	if (!br_ber_take_tag(&in, BR_BER_SEQUENCE, &whole))
		return false;
	in = (struct br_ber){whole.data, whole.data + whole.len};
	return br_ber_take_int(&in, &version) && version == BR_SNMP_V3;
}

static uint32_t asked_address(struct msghdr *header)
{
	struct in_pktinfo info;

	for (struct cmsghdr *at = CMSG_FIRSTHDR(header); at; at = CMSG_NXTHDR(header, at)) {
		if (at->cmsg_level != IPPROTO_IP || at->cmsg_type != IP_PKTINFO)
			continue;
		memcpy(&info, CMSG_DATA(at), sizeof info);
		return ntohl(info.ipi_addr.s_addr);
	}
	return 0;
}

/* The header still has the asker's name and the address asked, which the answer leaves from. */
static void answer(struct msghdr *header, uint8_t *datagram, size_t len)
{
	static uint8_t buffer[FARM_MESSAGE_MAX];
	struct farm_printer *printer = farm_printer_at(&agent.farm, asked_address(header));
	const uint8_t *reply = buffer;
	size_t reply_len = 0;

	agent.counts.requests++;
	agent.counts.bytes_in += len;
	agent.farm.now_ns = farm_clock_ns();
	if (!printer)
		return;
	if (is_v3(datagram, len)) {
		agent.counts.v3++;
		reply = answer_v3(printer, datagram, len, buffer, sizeof buffer, &reply_len);
	} else {
		agent.counts.plain++;
		reply_len =
			farm_answer(&agent.farm, printer, datagram, len, buffer, sizeof buffer);
	}
	if (!reply || reply_len == 0) {
		agent.counts.bad++;
		return;
	}
	agent.counts.bytes_out += reply_len;
	*header->msg_iov = (struct iovec){(void *)(uintptr_t)reply, reply_len};
	while (sendmsg(agent.socket, header, 0) < 0 && (errno == EAGAIN || errno == ENOBUFS)) {
		struct pollfd room = {agent.socket, POLLOUT, 0};
		(void)poll(&room, 1, 100);
	}
}

static bool receive(void)
{
	static uint8_t data[BR_REQUEST_MAX + 600];
	_Alignas(struct cmsghdr) uint8_t control[CMSG_SPACE(sizeof(struct in_pktinfo))];
	struct sockaddr_in from;
	struct iovec part = {data, sizeof data};
	struct msghdr header = {
		.msg_name = &from,
		.msg_namelen = sizeof from,
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof control,
	};
	ssize_t len = recvmsg(agent.socket, &header, MSG_DONTWAIT);

	if (len < 0)
		return errno == EINTR;
	answer(&header, data, (size_t)len);
	return true;
}

/* Signals are let in only while it waits. */
static void serve(void)
{
	struct pollfd ready = {agent.socket, POLLIN, 0};
	sigset_t none;

	sigemptyset(&none);
	while (!stopping) {
		if (asked_for_counts)
			print_counts();
		if (anew) {
			memset(&agent.counts, 0, sizeof agent.counts);
			memset(agent.heard, 0, agent.farm.n_printers * sizeof *agent.heard);
		}
		asked_for_counts = anew = 0;
		while (receive())
			;
		(void)ppoll(&ready, 1, NULL, &none);
	}
	print_counts();
}

static void prepare_signals(void)
{
	static const int numbers[] = {SIGTERM, SIGINT, SIGUSR1, SIGUSR2};
	struct sigaction action = {.sa_handler = on_signal};
	sigset_t blocked;

	sigemptyset(&blocked);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		(void)sigaction(numbers[i], &action, NULL);
		sigaddset(&blocked, numbers[i]);
	}
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static bool open_socket(void)
{
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(agent.farm.port)};
	int on = 1, size = SOCKET_SIZE;

	agent.socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (agent.socket < 0)
		return false;
	(void)setsockopt(agent.socket, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
	if (setsockopt(agent.socket, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
		(void)setsockopt(agent.socket, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	return bind(agent.socket, (struct sockaddr *)&any, sizeof any) == 0;
}

static bool load(char **paths, int n)
{
	struct farm *farm = &agent.farm;
	struct br_error err;

	for (int i = 0; i < n && i < FARM_MAX_PROFILES; i++) {
		struct farm_profile *profile = &farm->profiles[farm->n_profiles++];
		if (br_recording_load(&profile->recording, paths[i], &err) != BR_OK) {
			fprintf(stderr, "v3_agent: %s\n", err.text);
			return false;
		}
		farm_profile_index(profile);
	}
	farm->printers = calloc(farm->n_printers, sizeof *farm->printers);
	for (size_t i = 0; farm->printers && i < farm->n_printers && farm->n_profiles > 0; i++)
		farm->printers[i] = (struct farm_printer){
			.address = farm->base + (uint32_t)i,
			.faults = &farm->healthy,
			.profile = &farm->profiles[i % farm->n_profiles],
		};
	agent.heard = calloc(farm->n_printers, sizeof *agent.heard);
	return farm->printers && agent.heard && farm->n_profiles > 0;
}

static bool take_keys(void)
{
	struct br_error err = {0};
	struct br_v3_user *user = &agent.user;

	*user = (struct br_v3_user){
		.name = "bench", .auth = BR_AUTH_SHA256, .priv = BR_PRIV_AES128};
	if (br_crypto_open(&agent.crypto, &agent.ops, &err) == BR_OK &&
	    br_v3_user_set_passwords(user, &agent.ops, br_view("auth-password"),
				     br_view("priv-password"), &err) == BR_OK) {
		br_v3_init(&agent.v3, user, &agent.ops);
		return true;
	}
	fprintf(stderr, "v3_agent: %s\n", err.text);
	return false;
}

static double cpu_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* What one side does for an exchange: cipher and MAC over each of the two messages. */
static int print_cost(const char *sizes)
{
	static uint8_t data[BR_REQUEST_MAX], salt[BR_USM_SALT_LEN], mac[BR_V3_KEY_MAX];
	const struct br_usm usm = {.boots = BOOTS, .salt = {.data = salt, .len = sizeof salt}};
	char *end;
	size_t len[2] = {strtoul(sizes, &end, 10), 0};

	if (*end == ':')
		len[1] = strtoul(end + 1, NULL, 10);
	if (len[0] > sizeof data || len[1] > sizeof data || !be_engine(agent.farm.base))
		return 2;
	double began = cpu_us();
	for (int turn = 0; turn < TURNS; turn++)
		for (int i = 0; i < 2; i++)
			if (!br_v3_cipher(&agent.v3, i == 0, &usm, data, len[i]) ||
			    !br_v3_mac(&agent.v3, data, len[i], mac))
				return 1;
	printf("{\"cipher_us\":%.4f}\n", (cpu_us() - began) / TURNS);
	return 0;
}

static uint32_t parse_base(const char *text)
{
	struct in_addr address;

	return inet_pton(AF_INET, text, &address) == 1 ? ntohl(address.s_addr) : 0;
}

int main(int argc, char **argv)
{
	struct farm *farm = &agent.farm;
	const char *sizes = NULL;
	int option;

	*farm = (struct farm){.base = 0x7f100001, .stride = 1, .n_printers = 1, .port = 161};
	farm->max_message = MESSAGE_MAX;
	while ((option = getopt(argc, argv, "b:n:p:c:e")) != -1) {
		if (option == 'b')
			farm->base = parse_base(optarg);
		else if (option == 'n')
			farm->n_printers = strtoul(optarg, NULL, 10);
		else if (option == 'p')
			farm->port = (uint16_t)strtoul(optarg, NULL, 10);
		else if (option == 'c')
			sizes = optarg;
		else if (option == 'e')
			agent.one_engine = true;
		else
			return 2;
	}
	if (!take_keys())
		return 2;
	if (sizes)
		return print_cost(sizes);
	if (farm->base >> 24 != 127 || !load(argv + optind, argc - optind) || !open_socket()) {
		fputs("v3_agent: no recordings, not on loopback, or no socket\n", stderr);
		return 2;
	}
	prepare_signals();
	farm->started_ns = farm->now_ns = farm_clock_ns();
	fputs("ready\n", stderr);
	serve();
	return 0;
}
