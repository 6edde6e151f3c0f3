/*
 * resolve.h - names into addresses in a thread of its own: a resolver may take half a minute,
 * and the loop may not.
 *
 * Numbers never come here. Answers wait in the order in which they came; the descriptor is
 * readable while there are any.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_RESOLVE_H
#define BR_COLLECTOR_RESOLVE_H

#include "brayer.h"

struct collector_resolver;

/* The thread is started by the first question. */
enum br_status collector_resolver_open(struct collector_resolver **resolver,
				       struct br_error *err) BR_MUST_CHECK;
/* A question that is under way is not waited for: the thread ends, and frees, by itself. */
void collector_resolver_close(struct collector_resolver *resolver);

int collector_resolver_fd(const struct collector_resolver *resolver);

/* user comes back with the answer. */
enum br_status collector_resolver_ask(struct collector_resolver *resolver, const char *target,
				      void *user, struct br_error *err) BR_MUST_CHECK;

struct collector_resolved {
	void *user;
	enum br_status status;
	struct br_error error;
	union br_address address;
};
/* False when there are no more. */
bool collector_resolver_take(struct collector_resolver *resolver,
			     struct collector_resolved *resolved);

#endif
