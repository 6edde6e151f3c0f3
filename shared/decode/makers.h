/*
 * makers.h - every .mib file there is, and the one that speaks for a printer.
 *
 * The compiled-in files cost nothing until they are asked: br_makers_find looks at heads only,
 * and parses the one file that it found, once. The heads are read once too. A site's own files
 * are parsed when they are loaded, so that a mistake is told at start, and are asked before the
 * compiled-in ones. Not for several threads at a time: finding fills the cache.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_MAKERS_H
#define BR_DECODE_MAKERS_H

#include "decode/mib.h"

#define BR_MAKERS_MAX_SITE 256
#define BR_MAKERS_FILE_MAX (256u * 1024u)

struct br_makers_site { /* one file of the site's own directory */
	char *path, *text;
	struct br_mib mib;
};

/* What the heads of a set of files say, file by file: looked at for every printer. */
struct br_makers_heads {
	struct br_makers_head *list;
	size_t n, cap;
	bool known;
};

struct br_makers {
	struct br_makers_site *site;
	size_t n_site, cap_site;
	struct br_makers_heads site_heads, heads; /* heads: of the compiled-in files */
	struct br_mib **embedded;   /* parsed so far, by index in br_embedded_mibs; or NULL */
	struct br_mib_never *never; /* of every file and of our own list; once asked for */
	size_t n_never, cap_never;
	bool never_known;
};

void br_makers_init(struct br_makers *makers); /* parses and allocates nothing */
void br_makers_clear(struct br_makers *makers);

/*
 * Reads DIR/NAME.mib, by name, in place of whatever site files there were; whatever this set
 * lent before is gone. Hidden files are passed over; a file that everybody may write is
 * refused. BR_E_ABSENT if there is no such directory. After any failure there are no site
 * files.
 */
enum br_status br_makers_load_dir(struct br_makers *makers, const char *dir,
				  struct br_error *err) BR_MUST_CHECK;

/* What a printer said of itself. */
struct br_maker_clue {
	const uint8_t *object; /* contents of sysObjectID; len 0: not known */
	size_t object_len;
	const struct br_view *texts; /* sysDescr, hrDeviceDescr, device id: whatever is known */
	size_t n_texts;
};

/*
 * The file that speaks for the printer, fully parsed, lent until the set is cleared or loaded
 * anew; NULL with BR_OK if none does. A site file that matches at all wins. Otherwise the
 * longest matching object; then the descr glob that spells out most. Below HP's number of the
 * JetDirect print servers, which sit in other makers' printers too, a file that matches by
 * object and by descr wins, and otherwise descr goes before object.
 */
enum br_status br_makers_find(struct br_makers *makers, const struct br_maker_clue *clue,
			      const struct br_mib **mib, struct br_error *err) BR_MUST_CHECK;

/* Every file, site files first, fully parsed. Anything but BR_OK from each ends it. */
typedef enum br_status (*br_makers_fn)(void *user, const struct br_mib *mib, bool site,
				       struct br_error *err);
enum br_status br_makers_each(struct br_makers *makers, br_makers_fn each, void *user,
			      struct br_error *err) BR_MUST_CHECK;

/*
 * The row that forbids asking for or keeping this name, or NULL if none does: a `never` row of
 * any file, or one of our own for job, user and community tables. Where the rows cannot be read
 * everything is forbidden.
 */
const struct br_mib_never *br_makers_never(struct br_makers *makers, const uint8_t *name,
					   size_t len);

#endif
