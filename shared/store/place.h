/*
 * place.h - the file of the store on its disk: made, locked, found again, set aside.
 *
 * Nothing here may open a file that sqlite has open: closing it would drop sqlite's locks.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_PLACE_H
#define BR_STORE_PLACE_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

#define BR_PLACE_MAX 4000 /* of a path, so that every name beside it fits */

/* Which file it is, whatever its name will be later. */
struct br_place_id {
	uint64_t device, inode;
};

/* BR_E_ABSENT if there is none; BR_E_FILE if it is no regular file, or not to be seen. */
enum br_status br_place_look(const char *path, struct br_place_id *id,
			     struct br_error *err) BR_MUST_CHECK;
bool br_place_same(struct br_place_id a, struct br_place_id b);

/* Makes an empty file 0640 if there is none; its group is the directory's, if that is set-gid.
 */
enum br_status br_place_make(const char *path, struct br_error *err) BR_MUST_CHECK;

/*
 * Whose file it is by its first octets, which sqlite need not be asked for: absent, empty, of a
 * store, of anything else; open of a database that says nothing (its WAL may). The file is
 * opened and closed: only with the lock held, or where there is no file of it, since then no
 * writer of this process has it open.
 */
enum br_place_owner { BR_PLACE_NOBODYS, BR_PLACE_OURS, BR_PLACE_OPEN, BR_PLACE_OTHERS };
enum br_place_owner br_place_whose(const char *path);

/* Takes PATH.lock for as long as *fd is open; BR_E_LIMIT if somebody else has it. */
enum br_status br_place_lock(const char *path, int *fd, struct br_error *err) BR_MUST_CHECK;
/* There is a file of the lock, whoever holds it. */
bool br_place_may_be_in_use(const char *path);
/* False if the file that fd locks is no longer the one by that name: another may be locked. */
bool br_place_has_lock(const char *path, int fd);

/* Names it and its WAL PATH.damaged-TIME; aside holds the new name. */
enum br_status br_place_set_aside(const char *path, int64_t now, char aside[BR_PLACE_MAX + 96],
				  struct br_error *err) BR_MUST_CHECK;

/* A note beside the file that it was found damaged, for the next start. It is of this file: of
 * another that has its name by then it says nothing. */
void br_place_suspect(const char *path, struct br_place_id id);
bool br_place_is_suspect(const char *path);

/* Octets of the file and its WAL. */
uint64_t br_place_size(const char *path);

#endif
