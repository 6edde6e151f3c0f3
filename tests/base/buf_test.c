/*
 * buf_test.c - growing, the ceiling to the byte, and the failure that sticks.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/buf.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

TEST(appends)
{
	struct br_buf buf;

	br_buf_init(&buf, 100);
	CHECK(buf.data == NULL && buf.len == 0);
	br_buf_text(&buf, "ab");
	br_buf_char(&buf, 'c');
	br_buf_add(&buf, "d\0e", 3);
	br_buf_format(&buf, "%s=%d", "x", 5);
	br_buf_text(&buf, "");
	CHECK_MEM(buf.data, buf.len, "abcd\0ex=5", 9);
	CHECK_INT(buf.data[buf.len], '\0');
	CHECK_INT(buf.status, BR_OK);
	br_buf_clear(&buf);
	CHECK(buf.data == NULL && buf.len == 0 && buf.cap == 0);
}

TEST(numbers)
{
	static const struct {
		int64_t value;
		const char *text;
	} cases[] = {
		{0, "0"},
		{7, "7"},
		{-1, "-1"},
		{10, "10"},
		{INT64_MAX, "9223372036854775807"},
		{-10, "-10"},
		{INT64_MIN, "-9223372036854775808"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_buf buf;

		check_case(cases[i].text);
		br_buf_init(&buf, 20);
		br_buf_number(&buf, cases[i].value);
		CHECK_STR(buf.data, cases[i].text);
		br_buf_clear(&buf);
	}
}

/* Each way to append, at a ceiling that just holds it and at one less. */
TEST(ceiling)
{
	for (size_t ceiling = 3; ceiling <= 4; ceiling++) {
		for (int way = 0; way < 4; way++) {
			struct br_buf buf;

			br_buf_init(&buf, ceiling);
			br_buf_text(&buf, "ab");
			if (way == 0)
				br_buf_add(&buf, "cd", 2);
			else if (way == 1)
				br_buf_text(&buf, "cd");
			else if (way == 2)
				br_buf_number(&buf, 12);
			else
				br_buf_format(&buf, "%s", "cd");
			CHECK_INT(buf.status, ceiling == 4 ? BR_OK : BR_E_LIMIT);
			CHECK_INT(buf.len, ceiling == 4 ? 4 : 2); /* nothing by halves */
			br_buf_clear(&buf);
		}
	}
}

TEST(the_first_failure_sticks)
{
	struct br_buf buf;

	br_buf_init(&buf, 3);
	br_buf_text(&buf, "ab");
	br_buf_text(&buf, "cd");
	br_buf_char(&buf, 'e'); /* this one alone would fit */
	br_buf_format(&buf, "%d", 1);
	CHECK_STR(buf.data, "ab");
	CHECK_INT(buf.status, BR_E_LIMIT);
	br_buf_reset(&buf);
	CHECK_INT(buf.status, BR_OK);
	CHECK_STR(buf.data, "");
	br_buf_text(&buf, "xyz");
	CHECK_STR(buf.data, "xyz");
	CHECK_INT(buf.status, BR_OK);
	br_buf_clear(&buf);
}

TEST(nothing_fits_a_ceiling_of_zero)
{
	struct br_buf buf;

	br_buf_init(&buf, 0);
	br_buf_reset(&buf);
	br_buf_text(&buf, "");
	CHECK_INT(buf.status, BR_OK);
	br_buf_char(&buf, 'a');
	CHECK_INT(buf.status, BR_E_LIMIT);
	br_buf_clear(&buf);
	br_buf_init(&buf, 10);
	br_buf_add(&buf, "a", SIZE_MAX); /* no sum of lengths runs over */
	CHECK_INT(buf.status, BR_E_LIMIT);
	br_buf_clear(&buf);
}

TEST(grows_as_long_as_it_may)
{
	struct br_buf buf;

	br_buf_init(&buf, 10000);
	for (int i = 0; i < 10000; i++)
		br_buf_char(&buf, (char)('a' + i % 26));
	CHECK_INT(buf.status, BR_OK);
	CHECK_INT(buf.len, 10000);
	for (size_t i = 0; i < buf.len; i++)
		if (buf.data[i] != (char)('a' + i % 26))
			check_failed(__FILE__, __LINE__, "byte %zu is wrong", i);
	br_buf_char(&buf, '!');
	CHECK_INT(buf.status, BR_E_LIMIT);
	br_buf_clear(&buf);
	br_buf_clear(&buf); /* twice is allowed */
}
