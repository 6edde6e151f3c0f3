/*
 * fleet_fuzz.c - what may happen to three printers of a fleet, in any order.
 *
 * Two octets of input are one event: asked, cancelled, removed and added, answered, answered
 * with other octets, left silent. Whoever was asked is told at most once for each asking, and
 * all that is left at the end is closed in mid-flight.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/agent.h"
#include "fleet/fleet.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PRINTERS = 3, EVENTS_MAX = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct br_fleet *fleet;
static struct br_profile profile;
static struct br_fleet_printer *printers[PRINTERS];
static union br_address addresses[PRINTERS];
static int sockets[PRINTERS];
static unsigned asked, told;
static bool again;

static void tell(void *user, const struct br_fleet_result *result)
{
	size_t which = (size_t)((struct br_fleet_printer **)result->user - printers);

	(void)user;
	if (++told > asked || (result->status == BR_OK) != (result->error == NULL))
		abort();
	if (!again)
		return;
	again = false;
	br_fleet_remove(fleet, result->printer);
	if (br_fleet_add(fleet, &addresses[which], &profile, &printers[which], &printers[which],
			 NULL))
		abort();
}

static const struct br_recording *recorded(void)
{
	static const char text[] = "1.3.6.1.2.1.1.1.0|4|printer\n1.3.6.1.2.1.1.3.0|67|500\n"
				   "1.3.6.1.2.1.25.3.2.1.3.1|4|P\n"
				   "1.3.6.1.2.1.43.5.1.1.1.1|65|1\n"
				   "1.3.6.1.2.1.43.11.1.1.6.1.1|4|toner\n"
				   "1.3.6.1.2.1.43.11.1.1.8.1.1|2|100\n"
				   "1.3.6.1.2.1.43.11.1.1.9.1.1|2|50\n";
	static struct br_recording recording;

	if (recording.n_rows == 0 &&
	    br_recording_parse(&recording, br_view(text), "fuzz", NULL) != BR_OK)
		abort();
	return &recording;
}

/* bend: 0 leaves the answer as it is, 255 gives none. */
static void serve(size_t which, uint8_t bend)
{
	const struct br_agent agent = {.recording = recorded()};
	uint8_t question[2048], answer[1472];
	union br_address from;
	socklen_t from_len = sizeof from;
	ssize_t len = recvfrom(sockets[which], question, sizeof question, MSG_DONTWAIT,
			       &from.any, &from_len);

	if (len <= 0 || bend == 255)
		return;
	len = (ssize_t)br_agent_answer(&agent, question, (size_t)len, answer, sizeof answer);
	if (len && bend)
		answer[(size_t)bend * 7 % (size_t)len] ^= bend;
	(void)sendto(sockets[which], answer, (size_t)len, 0, &from.any, from_len);
}

static void happen(uint8_t what, uint8_t value)
{
	size_t which = what / 16 % PRINTERS;

	switch (what % 8) {
	case 0:
		asked++;
		br_fleet_ask(fleet, printers[which], value % 2 ? BR_WANT_FULL : BR_WANT_STATUS);
		break;
	case 1:
		br_fleet_cancel(fleet, printers[which]);
		break;
	case 2:
		br_fleet_remove(fleet, printers[which]);
		if (br_fleet_add(fleet, &addresses[value % PRINTERS], &profile,
				 &printers[which], &printers[which], NULL))
			abort();
		break;
	case 3:
		br_fleet_wait(fleet, 0);
		break;
	case 4:
		again = true;
		break;
	default:
		br_fleet_step(fleet);
		serve(which, value);
		br_fleet_step(fleet);
		break;
	}
}

static void open_all(void)
{
	const struct br_fleet_options options = {.keep = true, .receive_buffer = 65536};
	struct br_config config;

	br_config_init(&config);
	profile = config.profiles[0];
	profile.timeout_ms = 1;
	asked = told = 0;
	again = false;
	if (br_fleet_open(&fleet, &options, tell, NULL, NULL) != BR_OK)
		abort();
	for (size_t i = 0; i < PRINTERS; i++) {
		socklen_t len = sizeof addresses[i];

		addresses[i] = (union br_address){.v4 = {.sin_family = AF_INET}};
		addresses[i].v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		sockets[i] = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		if (sockets[i] < 0 || bind(sockets[i], &addresses[i].any, len) != 0 ||
		    getsockname(sockets[i], &addresses[i].any, &len) != 0 ||
		    br_fleet_add(fleet, &addresses[i], &profile, &printers[i], &printers[i],
				 NULL) != BR_OK)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	open_all();
	for (size_t i = 0; i + 1 < size && i < 2 * EVENTS_MAX; i += 2)
		happen(data[i], data[i + 1]);
	br_fleet_close(fleet);
	for (size_t i = 0; i < PRINTERS; i++)
		close(sockets[i]);
	return 0;
}
