/*
 * cli.h - what the commands of brayer share: what was asked for, where the answer goes.
 *
 * A command is a row in commands.c and a function that gets its operands; the options are
 * already in cli->given, checked against the table in options.c. What a command says goes into
 * cli->out, which is written once when the command returns (cli_flush before, if it must be
 * seen earlier). Failures go to stderr at once, with cli_complain. Only main.c reads the
 * environment.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_CLI_H
#define BR_CLI_CLI_H

#include "brayer.h"

enum cli_exit {
	CLI_ALL = 0,   /* everything that was asked for was read */
	CLI_SOME = 1,  /* something was read, but a target failed or a reading is partial */
	CLI_USAGE = 2, /* a mistake on the command line or in the configuration; nothing was
			  asked */
	CLI_NONE = 3,  /* nothing could be read, or what was read could not be written */
};

/* What main found in the environment; NULL where there is nothing. */
struct cli_environment {
	const char *home, *xdg_config_home;
	const char *no_color, *term, *lc_all, *lc_ctype, *lang;
	const char *source_date_epoch;
};

/* The values of an option that may be given several times ("NAME..."). */
#define CLI_LIST_MAX 64
struct cli_list {
	size_t n;
	const char *at[CLI_LIST_MAX];
};

/* The options of every command, as they were given; NULL or false: not given. */
struct cli_given {
	bool json, pretty, explain, scrub, verbose, help, version;
	bool all, csv, plot, svg;
	const char *color, *targets, *output, *max_rows;
	const char *store, *since, *until, *resolution;
	bool quick, quiet;
	const char *rate, *passes, *wait, *ping, *resume, *neighbours, *limit;
	struct cli_list files, excludes, profiles;
	const char *profile, *config, *community, *snmp, *port, *timeout, *deadline, *retries;
};

struct cli {
	struct cli_environment environment;
	struct cli_given given;
	const char *command; /* its name */
	int out_fd, err_fd;
	struct br_buf out;
	bool write_failed;
	bool progress; /* a line of progress stands on the terminal: cli_complain wipes it */
	bool has_time; /* SOURCE_DATE_EPOCH: what is compared must not say "now" */
	int64_t time;
	/* After cli_prepare: */
	struct br_profile
		profile;         /* of --profile or the default, with what the options change */
	struct br_makers makers; /* the built-in files and the site's own */
	char config_file[512];   /* "" : there is none */
	char store[512];         /* that of its [collector]; "" : it names none */
	size_t n_site_mibs;
};

/*
 * Reads the configuration, settles the profile and loads the site's own makers' files. A
 * mistake is told and CLI_USAGE returned; otherwise 0. For commands that ask a printer.
 */
int cli_prepare(struct cli *cli);

/* The makers' files alone: somebody who may not read a profile's secrets may read those. */
int cli_prepare_makers(struct cli *cli);

/*
 * "brayer: sentence" on stderr, as one write. Whatever is quoted in it: one line without
 * controls, in UTF-8 where the locale is, else in ASCII with '?' for the rest.
 */
void cli_complain(struct cli *cli, const char *format, ...) BR_FORMAT(2, 3);

/* Text for a terminal in the same way, terminated; returns its length. */
size_t cli_clean(const struct cli *cli, char *out, size_t size, const char *text);

/* Complains, points to the command's help and returns CLI_USAGE. */
int cli_usage(struct cli *cli, const char *format, ...) BR_FORMAT(2, 3);

/* Writes cli->out to stdout and empties it. False (and told once) where that fails. */
bool cli_flush(struct cli *cli);

/* For br_read_options.trace and br_wire.trace with -v: one line a datagram on stderr. user:
 * cli. */
void cli_trace(void *user, bool out, const uint8_t *data, size_t len);

/* argv: the operands that are left when the options are taken, NULL at the end. Returns a
 * cli_exit. */
typedef int (*cli_command_fn)(struct cli *cli, int argc, char **argv);
int cli_read(struct cli *cli, int argc, char **argv);
int cli_walk(struct cli *cli, int argc, char **argv);
int cli_makers(struct cli *cli, int argc, char **argv);
int cli_doctor(struct cli *cli, int argc, char **argv);
int cli_discover(struct cli *cli, int argc, char **argv);
int cli_status(struct cli *cli, int argc, char **argv);
int cli_history(struct cli *cli, int argc, char **argv);
int cli_forecast(struct cli *cli, int argc, char **argv);

/* The whole program but main: argv with the program's name, as main gets it. */
int cli_main(int argc, char **argv, const struct cli_environment *environment, int out_fd,
	     int err_fd);

#endif
