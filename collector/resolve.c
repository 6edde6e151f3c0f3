/*
 * resolve.c - a queue, a thread, a queue back, and an eventfd that wakes the loop.
 *
 * What the two threads share lives as long as either of them: whoever leaves last frees it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "resolve.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Small: of a fleet that is known by its names all are asked at once. */
struct question {
	struct question *next;
	void *user;
	enum br_status status;
	union br_address address;
	char *why; /* NULL: resolved, or no memory for the sentence */
	char target[];
};

struct line {
	struct question *first, **end;
};

struct collector_resolver {
	pthread_mutex_t lock;
	pthread_cond_t asked;
	struct line questions, answers;
	int fd;
	bool running, closed;
};

static void line_init(struct line *line)
{
	*line = (struct line){.end = &line->first};
}

static void line_put(struct line *line, struct question *question)
{
	question->next = NULL;
	*line->end = question;
	line->end = &question->next;
}

static struct question *line_take(struct line *line)
{
	struct question *question = line->first;

	if (!question)
		return NULL;
	line->first = question->next;
	if (!line->first)
		line->end = &line->first;
	return question;
}

static void free_line(struct line *line)
{
	struct question *question;

	while ((question = line_take(line))) {
		free(question->why);
		free(question);
	}
}

static void free_all(struct collector_resolver *resolver)
{
	free_line(&resolver->questions);
	free_line(&resolver->answers);
	close(resolver->fd);
	pthread_cond_destroy(&resolver->asked);
	pthread_mutex_destroy(&resolver->lock);
	free(resolver);
}

static void resolve(struct question *question)
{
	struct br_target target;
	struct br_error err;

	question->status = br_target_parse(&target, question->target, &err);
	if (question->status == BR_OK)
		question->status = br_address_resolve(&question->address, &target, &err);
	if (question->status != BR_OK)
		question->why = strdup(err.text);
}

static void *run(void *self)
{
	struct collector_resolver *resolver = self;
	const uint64_t one = 1;

	pthread_mutex_lock(&resolver->lock);
	while (!resolver->closed) {
		struct question *question = line_take(&resolver->questions);

		if (!question) {
			pthread_cond_wait(&resolver->asked, &resolver->lock);
			continue;
		}
		pthread_mutex_unlock(&resolver->lock);
		resolve(question);
		pthread_mutex_lock(&resolver->lock);
		line_put(&resolver->answers, question);
		if (write(resolver->fd, &one, sizeof one) < 0)
			continue; /* the counter is full: it is readable all the same */
	}
	pthread_mutex_unlock(&resolver->lock);
	free_all(resolver);
	return NULL;
}

enum br_status collector_resolver_open(struct collector_resolver **out, struct br_error *err)
{
	struct collector_resolver *resolver = calloc(1, sizeof *resolver);

	*out = NULL;
	if (!resolver)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	line_init(&resolver->questions);
	line_init(&resolver->answers);
	pthread_mutex_init(&resolver->lock, NULL);
	pthread_cond_init(&resolver->asked, NULL);
	resolver->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (resolver->fd < 0) {
		free(resolver);
		return br_fail(err, BR_E_LIMIT, "no descriptor for the resolver");
	}
	*out = resolver;
	return BR_OK;
}

void collector_resolver_close(struct collector_resolver *resolver)
{
	bool running;

	if (!resolver)
		return;
	pthread_mutex_lock(&resolver->lock);
	resolver->closed = true;
	running = resolver->running;
	pthread_cond_signal(&resolver->asked);
	pthread_mutex_unlock(&resolver->lock);
	if (!running)
		free_all(resolver);
}

int collector_resolver_fd(const struct collector_resolver *resolver)
{
	return resolver->fd;
}

/* Signals are the main thread's. */
static bool start(struct collector_resolver *resolver)
{
	pthread_attr_t attributes;
	sigset_t every, before;
	pthread_t thread;
	int failed;

	if (pthread_attr_init(&attributes) != 0)
		return false;
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	sigfillset(&every);
	pthread_sigmask(SIG_SETMASK, &every, &before);
	failed = pthread_create(&thread, &attributes, run, resolver);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return failed == 0;
}

enum br_status collector_resolver_ask(struct collector_resolver *resolver, const char *target,
				      void *user, struct br_error *err)
{
	struct question *question = calloc(1, sizeof *question + strlen(target) + 1);

	if (!question)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	question->user = user;
	memcpy(question->target, target, strlen(target) + 1);
	pthread_mutex_lock(&resolver->lock);
	if (!resolver->running && !(resolver->running = start(resolver))) {
		pthread_mutex_unlock(&resolver->lock);
		free(question);
		return br_fail(err, BR_E_LIMIT, "no thread to resolve names");
	}
	line_put(&resolver->questions, question);
	pthread_cond_signal(&resolver->asked);
	pthread_mutex_unlock(&resolver->lock);
	return BR_OK;
}

bool collector_resolver_take(struct collector_resolver *resolver,
			     struct collector_resolved *resolved)
{
	struct question *question;
	uint64_t count;

	pthread_mutex_lock(&resolver->lock);
	question = line_take(&resolver->answers);
	if (!resolver->answers.first && read(resolver->fd, &count, sizeof count) < 0)
		count = 0; /* it was drained already */
	pthread_mutex_unlock(&resolver->lock);
	if (!question)
		return false;
	*resolved = (struct collector_resolved){
		.user = question->user,
		.status = question->status,
		.address = question->address,
	};
	if (question->status != BR_OK)
		(void)!br_fail(&resolved->error, question->status, "%s",
			       question->why ? question->why : "out of memory");
	free(question->why);
	free(question);
	return true;
}
