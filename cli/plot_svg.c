/*
 * plot_svg.c - a plot as an SVG that stands alone and can be read on light and dark.
 *
 * SPDX-License-Identifier: MIT
 */
#include "plot.h"

#include <stdio.h>
#include <string.h>

enum {
	WIDTH = 720,
	HEIGHT = 300,
	LEFT = 84,
	RIGHT = 24,
	TOP = 44,
	BOTTOM = 40,
	POINTS_MOST = 2000, /* more are drawn by columns */
	VALUE_TICKS = 4,
	TIME_TICKS = 4,
	TEXT_SIZE = 256,
};

/* Clean text with what XML would take for its own escaped. */
static void put_text(struct br_buf *out, const char *text)
{
	char clean[TEXT_SIZE];
	size_t len = br_text_clean(clean, sizeof clean, br_view(text));

	for (size_t i = 0; i < len; i++) {
		bool forbidden = i + 2 < len && memcmp(clean + i, "\xef\xbf", 2) == 0 &&
				 (unsigned char)clean[i + 2] >= 0xbe; /* U+FFFE, U+FFFF */

		if (forbidden) {
			br_buf_text(out, "\xef\xbf\xbd");
			i += 2;
			continue;
		}
		switch (clean[i]) {
		case '&':
			br_buf_text(out, "&amp;");
			break;
		case '<':
			br_buf_text(out, "&lt;");
			break;
		case '>':
			br_buf_text(out, "&gt;");
			break;
		case '"':
			br_buf_text(out, "&quot;");
			break;
		default:
			br_buf_char(out, clean[i]);
		}
	}
}

static double clamp(double value, double low, double high)
{
	return value < low ? low : value > high ? high : value;
}

static double x_of(const struct cli_plot *plot, int64_t time)
{
	double part = ((double)time - (double)plot->since) /
		      ((double)plot->until - (double)plot->since);

	return LEFT + clamp(part, 0, 1) * (WIDTH - LEFT - RIGHT);
}

static double y_of(const struct cli_plot *plot, double value)
{
	double part = (value - plot->low) / (plot->high - plot->low);

	return HEIGHT - BOTTOM - clamp(part, 0, 1) * (HEIGHT - TOP - BOTTOM);
}

static void head(struct br_buf *out, const struct cli_plot *plot)
{
	br_buf_format(out,
		      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
		      "width=\"%d\" height=\"%d\" role=\"img\">\n<title>",
		      WIDTH, HEIGHT, WIDTH, HEIGHT);
	put_text(out, *plot->title ? plot->title : "brayer");
	br_buf_text(out,
		    "</title>\n<style>\n"
		    "svg{color-scheme:light dark;font:12px system-ui,sans-serif}\n"
		    ".paper{fill:#fff}.ink{fill:#222}.name{font-size:15px}\n"
		    ".grid{stroke:#ddd;fill:none}.mark{stroke:#b45309;stroke-dasharray:3 3}\n"
		    ".line{stroke:#1d6fb8;stroke-width:2;fill:none;stroke-linejoin:round}\n"
		    "@media(prefers-color-scheme:dark){.paper{fill:#16181c}.ink{fill:#ddd}\n"
		    ".grid{stroke:#3a3d44}.mark{stroke:#f0a04b}.line{stroke:#6db3f2}}\n"
		    "</style>\n");
	br_buf_format(out, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", WIDTH,
		      HEIGHT);
	br_buf_format(out, "<text class=\"ink name\" x=\"%d\" y=\"24\">", 16);
	put_text(out, plot->title);
	br_buf_text(out, *plot->title && *plot->unit ? ", " : "");
	put_text(out, plot->unit);
	br_buf_text(out, "</text>\n");
}

static void axes(struct br_buf *out, const struct cli_plot *plot)
{
	int64_t span = plot->until - plot->since;

	for (int i = 0; i <= VALUE_TICKS; i++) {
		double value = plot->low + (plot->high - plot->low) * i / VALUE_TICKS;
		double y = y_of(plot, value);

		br_buf_format(out, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y,
			      WIDTH - RIGHT);
		if (br_floor(value) >= value) /* there is no half a page */
			br_buf_format(out,
				      "<text class=\"ink\" x=\"%d\" y=\"%.1f\" "
				      "text-anchor=\"end\">%.10g</text>",
				      LEFT - 8, y + 4, value);
		br_buf_char(out, '\n');
	}
	for (int i = 0; i <= TIME_TICKS; i++) {
		int64_t time = plot->since + span / TIME_TICKS * i;
		const char *anchor = i == 0 ? "start" : i == TIME_TICKS ? "end" : "middle";
		char text[24];

		cli_plot_time(text, sizeof text, i < TIME_TICKS ? time : plot->until, span);
		br_buf_format(out,
			      "<text class=\"ink\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s"
			      "</text>\n",
			      x_of(plot, i < TIME_TICKS ? time : plot->until),
			      HEIGHT - BOTTOM + 20, anchor, text);
	}
}

static void put_point(struct br_buf *out, const struct cli_plot *plot,
		      const struct cli_point *point, bool move)
{
	double x = x_of(plot, point->begin), y = y_of(plot, point->value);

	br_buf_format(out, "%c%.1f %.1f", move ? 'M' : 'L', x, y);
	br_buf_format(out, "H%.1f",
		      x_of(plot, point->end) + (point->end > point->begin ? 0 : 0.1));
}

static void line(struct br_buf *out, const struct cli_plot *plot)
{
	bool move = true;

	br_buf_text(out, "<path class=\"line\" d=\"");
	for (size_t i = 0; plot->n <= POINTS_MOST && i < plot->n; i++) {
		put_point(out, plot, &plot->points[i], move || plot->points[i].gap);
		move = false;
	}
	for (size_t i = 0; plot->n > POINTS_MOST && i < POINTS_MOST; i++) {
		double value;

		if (!cli_plot_column(plot, i, POINTS_MOST, &value)) {
			move = true;
			continue;
		}
		br_buf_format(out, "%c%.1f %.1f", move ? 'M' : 'L',
			      LEFT + (WIDTH - LEFT - RIGHT) * ((double)i + 0.5) / POINTS_MOST,
			      y_of(plot, value));
		move = false;
	}
	br_buf_text(out, "\"/>\n");
}

void cli_plot_svg(struct br_buf *out, const struct cli_plot *plot)
{
	br_buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	head(out, plot);
	if (plot->n)
		axes(out, plot);
	else
		br_buf_format(out, "<text class=\"ink\" x=\"%d\" y=\"%d\">%s</text>\n", LEFT,
			      HEIGHT / 2, CLI_PLOT_EMPTY);
	for (size_t i = 0; plot->n && i < plot->n_marks && i < POINTS_MOST; i++)
		if (plot->marks[i] >= plot->since && plot->marks[i] <= plot->until)
			br_buf_format(out, "<path class=\"mark\" d=\"M%.1f %dV%d\"/>\n",
				      x_of(plot, plot->marks[i]), TOP, HEIGHT - BOTTOM);
	if (plot->n)
		line(out, plot);
	br_buf_text(out, "</svg>\n");
}
