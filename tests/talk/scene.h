/*
 * scene.h - a walker before a recording that answers in a manner of its own.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_TALK_SCENE_H
#define BR_TESTS_TALK_SCENE_H

#include "decode/agent.h"
#include "talk/walk.h"

enum manner {
	HONEST,
	NO_BULK,  /* GETBULK is met with silence */
	BULK_ERR, /* GETBULK is met with genErr */
	V1_ONLY,
	DUMB,         /* nothing is answered */
	FALLS_SILENT, /* after ten answers */
};

struct scene {
	struct br_makers makers;
	struct br_recording recording;
	struct br_agent agent;
	struct br_harvest harvest;
	struct br_walker walker;
	struct br_buf notes;
	struct br_buf text; /* what was walked, as snmprec */
	enum manner manner;
	unsigned bulks, forbidden_names, answers;
	size_t next; /* of an agent that lies */
};

#define ROOTS(...)                \
	(const char *const[])     \
	{                         \
		__VA_ARGS__, NULL \
	}
#define TEXT(scene) ((scene).text.data ? (scene).text.data : "")

void scene_open(struct scene *scene, const char *text);
void scene_close(struct scene *scene);
size_t scene_answer(struct scene *scene, const uint8_t *datagram, size_t len, uint8_t *out,
		    size_t size);
enum br_status scene_walk(struct scene *scene, const char *const *roots,
			  const struct br_walker_options *how);

#endif
