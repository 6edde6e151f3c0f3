/*
 * scene.c - every name that is asked is looked at.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/scene.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

void scene_open(struct scene *scene, const char *text)
{
	struct br_error err;

	memset(scene, 0, sizeof *scene);
	br_makers_init(&scene->makers);
	if (text)
		CHECK_INT(br_recording_parse(&scene->recording, br_view(text), "test", &err),
			  BR_OK);
	scene->agent.recording = &scene->recording;
	br_harvest_init(&scene->harvest, BR_RECORDING_MAX_BYTES);
	br_buf_init(&scene->notes, 4096);
	br_buf_init(&scene->text, BR_RECORDING_MAX_BYTES);
}

void scene_close(struct scene *scene)
{
	br_recording_clear(&scene->recording);
	br_harvest_clear(&scene->harvest);
	br_makers_clear(&scene->makers);
	br_buf_clear(&scene->notes);
	br_buf_clear(&scene->text);
}

static bool must_answer(struct scene *scene, const uint8_t *datagram, size_t len)
{
	struct br_answer asked;
	struct br_varbind varbind;
	bool broken;

	if (!br_message_read(datagram, len, &asked)) {
		check_failed(__FILE__, __LINE__, "a datagram that is no message");
		return false;
	}
	CHECK(asked.type == BR_PDU_GET || asked.type == BR_PDU_GETNEXT ||
	      asked.type == BR_PDU_GETBULK);
	scene->bulks += asked.type == BR_PDU_GETBULK;
	while (br_varbind_take(&asked.varbinds, &varbind, &broken))
		scene->forbidden_names +=
			br_makers_never(&scene->makers, varbind.name, varbind.name_len) != NULL;
	if (scene->manner == NO_BULK && asked.type == BR_PDU_GETBULK)
		return false;
	if (scene->manner == V1_ONLY && asked.version != BR_SNMP_V1)
		return false;
	return scene->manner != DUMB &&
	       !(scene->manner == FALLS_SILENT && scene->answers >= 10);
}

/* genErr, with the request's id. */
static size_t refuse(const uint8_t *datagram, size_t len, uint8_t *out, size_t size)
{
	struct br_answer asked;
	struct br_ber_out back;

	if (!br_message_read(datagram, len, &asked) || asked.type != BR_PDU_GETBULK)
		return 0;
	br_ber_out_init(&back, out, size);
	br_ber_wrap(&back, BR_BER_SEQUENCE, back.end);
	br_ber_put_int(&back, BR_BER_INTEGER, 0);
	br_ber_put_int(&back, BR_BER_INTEGER, BR_PDU_GEN_ERR);
	br_ber_put_int(&back, BR_BER_INTEGER, asked.request_id);
	br_ber_wrap(&back, BR_PDU_RESPONSE, back.end);
	br_ber_put(&back, BR_BER_OCTETS, "public", 6);
	br_ber_put_int(&back, BR_BER_INTEGER, asked.version);
	br_ber_wrap(&back, BR_BER_SEQUENCE, back.end);
	len = (size_t)(back.end - back.at);
	memmove(out, back.at, len);
	return len;
}

size_t scene_answer(struct scene *scene, const uint8_t *datagram, size_t len, uint8_t *out,
		    size_t size)
{
	size_t said = 0;

	if (!must_answer(scene, datagram, len))
		return 0;
	if (scene->manner == BULK_ERR)
		said = refuse(datagram, len, out, size);
	if (said == 0)
		said = br_agent_answer(&scene->agent, datagram, len, out, size);
	scene->answers += said > 0;
	return said;
}

static void scene_run(struct scene *scene)
{
	uint8_t question[BR_REQUEST_MAX], out[2048];
	const uint8_t *datagram;
	size_t len;

	for (unsigned i = 0; i < 20000 && br_walker_next(&scene->walker, 0, question,
							 sizeof question, &datagram, &len);
	     i++) {
		len = scene_answer(scene, datagram, len, out, sizeof out);
		if (len == 0) {
			br_walker_silence(&scene->walker);
			continue;
		}
		uint8_t *exact = malloc(len);

		memcpy(exact, out, len);
		CHECK(br_walker_hear(&scene->walker, 0, exact, len));
		free(exact);
	}
	CHECK(scene->walker.done);
	br_walker_tell(&scene->walker, &scene->notes);
}

static void scene_write_down(struct scene *scene)
{
	struct br_ber all = br_harvest_all(&scene->harvest);
	struct br_varbind varbind;
	bool broken;

	while (br_varbind_take(&all, &varbind, &broken)) {
		CHECK(br_makers_never(&scene->makers, varbind.name, varbind.name_len) == NULL);
		br_recording_line(&scene->text, varbind.name, varbind.name_len,
				  varbind.value.tag, varbind.value.data, varbind.value.len);
	}
}

/* Walks the roots (NULL: the usual ones) and writes down what came. */
enum br_status scene_walk(struct scene *scene, const char *const *roots,
			  const struct br_walker_options *how)
{
	struct br_oid oids[BR_WALK_MAX_ROOTS];
	struct br_walker_options options = how ? *how : (struct br_walker_options){0};
	enum br_status status;
	struct br_error err;

	for (; roots && *roots; roots++)
		CHECK_INT(br_oid_parse(&oids[options.n_roots++], *roots, strlen(*roots)),
			  BR_OK);
	options.roots = roots ? oids : NULL;
	if (options.session.version == 0 && !how)
		options.session.version = BR_SNMP_V2C;
	options.session.community = br_view("public");
	options.makers = &scene->makers;
	status = br_walker_init(&scene->walker, &options, &scene->harvest, &err);
	if (status != BR_OK)
		return status;
	scene_run(scene);
	scene_write_down(scene);
	return scene->walker.status;
}
