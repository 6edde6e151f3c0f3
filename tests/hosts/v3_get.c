/*
 * v3_get.c - asks one SNMPv3 engine for its sysDescr.0; the small half of snmpd_v3.sh.
 *
 *   v3_get ADDRESS PORT USER AUTH PRIV AUTH_PASSWORD PRIV_PASSWORD [key=value…]
 *
 * context=NAME, engine=HEX, boots=N, time=N (what was kept), keep=yes: prints engine, boots and
 * time afterwards as "kept=ENGINE BOOTS TIME". The number of datagrams goes to standard output
 * as "sent=N". Exit status: 0 answered, 1 refused with a sentence, 2 silence, 3 usage or no
 * socket.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "link/crypto.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ATTEMPT_MS  1000
#define DEADLINE_MS 3000
#define SENDS_MAX   8

struct asker {
	int fd;
	unsigned sent;
	struct br_v3 v3;
	struct br_v3_user user;
	struct br_crypto *crypto;
	struct br_v3_crypto ops;
	struct br_error err;
};

static int open_socket(const char *address, const char *port)
{
	struct sockaddr_in to = {.sin_family = AF_INET};
	to.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
	if (inet_pton(AF_INET, address, &to.sin_addr) != 1)
		return -1;
	const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Waits for one datagram; its length, or -1 when time is over. */
static ssize_t receive(int fd, uint8_t *data, size_t size, int64_t until_ms)
{
	const int64_t left = until_ms - br_clock_ms();
	struct pollfd wait = {.fd = fd, .events = POLLIN};
	if (left <= 0 || poll(&wait, 1, (int)left) != 1)
		return -1;
	return recv(fd, data, size, 0);
}

static int print_answer(struct asker *asker, const struct br_answer *answer)
{
	struct br_ber list = answer->varbinds;
	struct br_varbind varbind;
	char text[512] = "";
	bool broken;
	if (answer->error) {
		(void)br_fail(&asker->err, BR_E_REFUSED, "refused with error-status %d",
			      (int)answer->error);
		return 1;
	}
	if (br_varbind_take(&list, &varbind, &broken))
		br_text_clean(
			text, sizeof text,
			(struct br_view){(const char *)varbind.value.data, varbind.value.len});
	printf("%s\n", text);
	return 0;
}

static int ask(struct asker *asker)
{
	static uint8_t in[BR_DATAGRAM_MAX], out[BR_REQUEST_MAX];
	struct br_oid sys_descr;
	struct br_question question = {.type = BR_PDU_GET, .request_id = 4711, .n_names = 1};
	if (br_oid_parse(&sys_descr, "1.3.6.1.2.1.1.1.0", 17))
		return 3;
	question.names[0] = &sys_descr;
	const int64_t deadline = br_clock_ms() + DEADLINE_MS;
	while (asker->sent < SENDS_MAX) {
		size_t len = 0;
		const uint8_t *message = br_v3_write(&asker->v3, &question, br_clock_ms(), out,
						     sizeof out, &len);
		if (!message || send(asker->fd, message, len, 0) < 0)
			return 3;
		asker->sent++;
		const int64_t until = br_clock_ms() + ATTEMPT_MS;
		enum br_v3_verdict verdict = BR_V3_IGNORE;
		struct br_answer answer;
		while (verdict == BR_V3_IGNORE) {
			const ssize_t n = receive(asker->fd, in, sizeof in, until);
			if (n < 0)
				break;
			verdict = br_v3_read(&asker->v3, in, (size_t)n, br_clock_ms(), &answer,
					     &asker->err);
		}
		if (verdict == BR_V3_ANSWER)
			return print_answer(asker, &answer);
		if (verdict == BR_V3_FAILED)
			return 1;
		if (br_clock_ms() >= deadline)
			break;
	}
	(void)br_v3_silence(&asker->v3, &asker->err);
	return 2;
}

struct options {
	uint8_t engine[BR_V3_ENGINE_MAX];
	size_t engine_len;
	uint32_t boots, time;
	bool print_kept;
};

static bool parse_hex(const char *text, struct options *options)
{
	const size_t len = strlen(text) / 2;
	for (size_t i = 0; i < len && i < sizeof options->engine; i++) {
		const char pair[3] = {text[2 * i], text[2 * i + 1], 0};
		options->engine[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
	options->engine_len = len;
	return len <= sizeof options->engine;
}

static bool parse_option(struct asker *asker, struct options *options, const char *text)
{
	const char *value = strchr(text, '=');
	if (!value++)
		return false;
	const struct br_view key = {text, (size_t)(value - 1 - text)};
	if (br_view_is(key, "context"))
		return br_text_copy(asker->user.context, sizeof asker->user.context,
				    br_view(value));
	if (br_view_is(key, "engine"))
		return parse_hex(value, options);
	if (br_view_is(key, "boots"))
		options->boots = (uint32_t)strtoul(value, NULL, 10);
	else if (br_view_is(key, "time"))
		options->time = (uint32_t)strtoul(value, NULL, 10);
	else if (br_view_is(key, "keep"))
		options->print_kept = true;
	else
		return false;
	return true;
}

static bool prepare(struct asker *asker, char **argv, struct options *options)
{
	struct br_v3_user *user = &asker->user;
	if (!br_text_copy(user->name, sizeof user->name, br_view(argv[3])) ||
	    !br_v3_auth_parse(br_view(argv[4]), &user->auth) ||
	    !br_v3_priv_parse(br_view(argv[5]), &user->priv))
		return false;
	for (char **option = argv + 8; *option; option++) {
		if (!parse_option(asker, options, *option))
			return false;
	}
	if (br_crypto_open(&asker->crypto, &asker->ops, &asker->err) ||
	    br_v3_user_set_passwords(user, &asker->ops, br_view(argv[6]), br_view(argv[7]),
				     &asker->err))
		return false;
	br_v3_init(&asker->v3, user, &asker->ops);
	if (options->engine_len && br_v3_know(&asker->v3, options->engine, options->engine_len,
					      options->boots, options->time, br_clock_ms()))
		return false;
	asker->fd = open_socket(argv[1], argv[2]);
	return asker->fd >= 0;
}

int main(int argc, char **argv)
{
	static struct asker asker = {.fd = -1};
	struct options options = {0};
	int status = 3;
	if (argc < 8)
		(void)br_fail(&asker.err, BR_E_SYNTAX, "usage: see the top of v3_get.c");
	else if (prepare(&asker, argv, &options))
		status = ask(&asker);
	printf("sent=%u\n", asker.sent);
	if (options.print_kept) {
		printf("kept=");
		for (size_t i = 0; i < asker.v3.engine_len; i++)
			printf("%02x", asker.v3.engine[i]);
		printf(" %u %u\n", (unsigned)asker.v3.boots, (unsigned)asker.v3.time);
	}
	if (status)
		fprintf(stderr, "%s\n", asker.err.text[0] ? asker.err.text : "bad arguments");
	if (asker.fd >= 0)
		close(asker.fd);
	br_v3_clear(&asker.v3);
	br_v3_user_clear(&asker.user);
	br_crypto_close(asker.crypto);
	return status;
}
