/*
 * ran.c - brayer run inside the test: stdout and stderr are files in memory.
 *
 * SPDX-License-Identifier: MIT
 */
#include "ran.h"

#include "check.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST_ARGS = 32 };

static char *text_of(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char *text = calloc(1, (size_t)size + 1);

	CHECK(text != NULL);
	if (text)
		CHECK_INT(pread(fd, text, (size_t)size, 0), size);
	close(fd);
	return text;
}

struct ran ran_brayer(const struct cli_environment *environment, const char *const *args)
{
	static const struct cli_environment nothing;
	char *argv[MOST_ARGS + 2];
	char program[] = "brayer";
	int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC),
	    argc = 1;
	struct ran ran;

	argv[0] = program;
	for (; args[argc - 1] && argc <= MOST_ARGS; argc++)
		argv[argc] = (char *)(uintptr_t)args[argc - 1];
	argv[argc] = NULL;
	ran.code = cli_main(argc, argv, environment ? environment : &nothing, out, err);
	ran.out = text_of(out);
	ran.err = text_of(err);
	return ran;
}

void ran_clear(struct ran *ran)
{
	free(ran->out);
	free(ran->err);
}
