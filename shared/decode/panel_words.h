/*
 * panel_words.h - the words of panels; for decode/panel.c alone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_PANEL_WORDS_H
#define BR_DECODE_PANEL_WORDS_H

#include "decode/panel.h"

#define BR_FOLDED_SIZE 256

/* A text in small letters without accents, a blank before and behind each word; '|' is a word
 * that parts sentences. */
struct br_folded {
	char text[BR_FOLDED_SIZE];
	size_t len;
	bool full; /* the end of a text that is longer is not looked at */
};

/* The longest name of a thing that begins at this word: its length, or 0. */
size_t br_panel_thing(const char *at, enum br_part *part);

/* What is said of the thing of this length right behind it, else right before it. */
enum br_supply_state br_panel_condition(const struct br_folded *folded, const char *at,
					size_t len, enum br_part part);

/* A word or words of the tables begin here: their length, or 0. */
size_t br_panel_known(const char *at);

/* "Replace toner soon": it is not used up yet. */
bool br_panel_is_soon(const struct br_folded *folded);

/* A word that says nothing between a thing and its condition. */
bool br_panel_is_idle(const char *word);

#endif
