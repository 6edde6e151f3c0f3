/*
 * simulated.c - starts the simulated fleet on a free port and talks to it over a real socket.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/simulated.h"

#include "base/buf.h"
#include "check.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_MS   10000 /* never waited for when all is well */
#define MAX_ARGUMENTS 24

struct fleet fleet;

void fleet_write_temporary(char *path, size_t size, const char *text)
{
	const char *directory = getenv("TMPDIR");

	snprintf(path, size, "%s/brayer-farm-XXXXXX", directory != NULL ? directory : "/tmp");
	int fd = mkstemp(path);
	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

const char *fleet_program(void)
{
	static char path[512];
	const char *build = getenv("BRAYER_BUILD");

	snprintf(path, sizeof(path), "%s/tests/farm/farm", build != NULL ? build : ".");
	if (access(path, X_OK) != 0)
		check_skip("no farm program here (BRAYER_BUILD)");
	return path;
}

/* Runs a program with its output in a pipe. */
pid_t fleet_run(char *const arguments[], FILE **said)
{
	int ends[2];

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);
		dup2(ends[1], 1);
		dup2(null, 2);
		execvp(arguments[0], arguments);
		_exit(127);
	}
	close(ends[1]);
	*said = fdopen(ends[0], "r");
	return pid;
}

/* options are separated by blanks; %s stands for the script. */
void fleet_start_files(const char *options, const char *script, char *const *recordings,
		       size_t n)
{
	char *arguments[MAX_ARGUMENTS + 64], copy[512], *at = copy, *word;
	size_t used = 0;

	fleet.script[0] = '\0';
	arguments[used++] = (char *)(uintptr_t)fleet_program();
	arguments[used++] = (char *)(uintptr_t) "-p0";
	if (script != NULL) {
		fleet_write_temporary(fleet.script, sizeof(fleet.script), script);
		arguments[used++] = (char *)(uintptr_t) "--script";
		arguments[used++] = fleet.script;
	}
	snprintf(copy, sizeof(copy), "%s", options);
	while ((word = strsep(&at, " ")) != NULL && used < MAX_ARGUMENTS)
		if (*word != '\0')
			arguments[used++] = word;
	for (size_t i = 0; i < n && i < 60; i++)
		arguments[used++] = recordings[i];
	arguments[used] = NULL;
	fleet.pid = fleet_run(arguments, &fleet.said);
	fleet.line[0] = '\0';
	CHECK(fgets(fleet.line, sizeof(fleet.line), fleet.said) != NULL);
	CHECK(strncmp(fleet.line, "ready ", 6) == 0);
	fleet.port = strncmp(fleet.line, "ready ", 6)
			     ? 1
			     : (uint16_t)strtoul(fleet.line + 6, NULL, 10);
	fleet.socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

void fleet_start(const char *options, const char *script, const char *recording)
{
	char *recordings[1] = {fleet.recording};

	(void)fleet_program();
	fleet_write_temporary(fleet.recording, sizeof(fleet.recording), recording);
	fleet_start_files(options, script, recordings, 1);
}

/* Reads the counts that the farm prints at its end. */
void fleet_stop(void)
{
	int status = -1;

	kill(fleet.pid, SIGTERM);
	CHECK(fgets(fleet.line, sizeof(fleet.line), fleet.said) != NULL);
	CHECK_INT(waitpid(fleet.pid, &status, 0), fleet.pid);
	CHECK_INT(status, 0);
	fclose(fleet.said);
	close(fleet.socket);
	if (fleet.recording[0] != '\0')
		unlink(fleet.recording);
	if (fleet.script[0] != '\0')
		unlink(fleet.script);
	fleet.recording[0] = '\0';
}

int64_t fleet_count(const char *member)
{
	char quoted[64];

	snprintf(quoted, sizeof(quoted), "\"%s\":", member);
	const char *at = strstr(fleet.line, quoted);
	return at != NULL ? strtoll(at + strlen(quoted), NULL, 10) : -1;
}

void fleet_ask(uint32_t address, enum br_version version, struct br_question question,
	       const char *names)
{
	static struct br_oid oids[BR_PDU_MAX_NAMES];
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons(fleet.port),
				 .sin_addr.s_addr = htonl(address)};
	struct br_view rest = br_view(names), word;
	uint8_t buffer[1500];
	size_t len = 0;

	while ((word = br_view_word(&rest)).len > 0) {
		CHECK_INT(br_oid_parse(&oids[question.n_names], word.at, word.len), BR_OK);
		question.names[question.n_names] = &oids[question.n_names];
		question.n_names++;
	}
	const uint8_t *at = br_message_write(buffer, sizeof(buffer), version, br_view("public"),
					     &question, &len);
	CHECK(at != NULL && sendto(fleet.socket, at, len, 0, (struct sockaddr *)&to,
				   sizeof(to)) == (ssize_t)len);
}

void fleet_get(uint32_t address, int32_t id, const char *names)
{
	fleet_ask(address, BR_SNMP_V2C,
		  (struct br_question){.type = BR_PDU_GET, .request_id = id}, names);
}

static void read_varbinds(struct fleet_reply *got, struct br_answer *answer)
{
	struct br_varbind varbind;
	struct br_buf buf;
	bool broken;
	char name[BR_OID_TEXT_SIZE];

	br_buf_init(&buf, sizeof(got->text));
	br_buf_text(&buf, "");
	while (br_varbind_take(&answer->varbinds, &varbind, &broken)) {
		br_oid_format(name, sizeof(name), varbind.name, varbind.name_len);
		br_buf_format(&buf, "%s%s=%02x:", got->n++ ? " " : "", name, varbind.value.tag);
		for (size_t i = 0; i < varbind.value.len; i++)
			br_buf_format(&buf, "%02x", varbind.value.data[i]);
	}
	(void)br_text_copy(got->text, sizeof(got->text), (struct br_view){buf.data, buf.len});
	br_buf_clear(&buf);
}

/* The next datagram; fails the test if none comes. */
struct fleet_reply *fleet_receive(void)
{
	static struct fleet_reply got;
	struct pollfd ready = {fleet.socket, POLLIN, 0};
	struct sockaddr_in from = {0};
	socklen_t from_len = sizeof(from);
	struct br_answer answer = {0};

	memset(&got, 0, offsetof(struct fleet_reply, text));
	got.text[0] = '\0';
	if (poll(&ready, 1, PATIENCE_MS) != 1) {
		check_failed(__FILE__, __LINE__, "no reply");
		return &got;
	}
	ssize_t len = recvfrom(fleet.socket, got.bytes, sizeof(got.bytes), 0,
			       (struct sockaddr *)&from, &from_len);
	got.address = ntohl(from.sin_addr.s_addr);
	got.port = ntohs(from.sin_port);
	got.len = len > 0 ? (size_t)len : 0;
	got.broken = !br_message_read(got.bytes, got.len, &answer);
	got.id = answer.request_id;
	got.error = answer.error;
	if (!got.broken)
		read_varbinds(&got, &answer);
	return &got;
}
