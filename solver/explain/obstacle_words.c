/* What stands in the way, in words. */
#include "explain/obstacles.h"
#include "explain/words.h"
#include "plan/report.h"

#include <math.h>
#include <stdio.h>

enum date_form { NO_DATE, FIRST_DAY, LAST_DAY, SPAN };

/* The sentence is `before`, what it is about, `between` and the date; the short one leaves `between` and the date
 * out, and has `brief` instead. */
static const struct {
    const char *rule; /* in JSON */
    const char *before, *between;
    enum date_form date;
    const char *brief;
} phrases[GANGER_OBSTACLE_KINDS] = {
    [GANGER_OBSTACLE_FIXED_MODE] = {"fixed_mode", "its mode is fixed to ", "", NO_DATE, ""},
    [GANGER_OBSTACLE_FIXED_START] = {"fixed_start", "its start is fixed", " to ", FIRST_DAY, ""},
    [GANGER_OBSTACLE_EARLIEST] = {"earliest", "its earliest start", " is ", FIRST_DAY, ""},
    [GANGER_OBSTACLE_WAITS] = {"predecessor", "waits for ", " until ", FIRST_DAY, ""},
    [GANGER_OBSTACLE_LACKS] = {"predecessor", "waits for ", ", which is left out", NO_DATE,
                               ", which is left out"},
    [GANGER_OBSTACLE_RAILS] = {"railhead", "no rails lead to it", " before ", FIRST_DAY, " yet"},
    [GANGER_OBSTACLE_NO_RAILS] = {"railhead", "no rails lead to it", "", NO_DATE, ""},
    [GANGER_OBSTACLE_REST] = {"calendar", "its calendar rests: ", "", NO_DATE, ""},
    [GANGER_OBSTACLE_HORIZON] = {"horizon", "it would not be finished by the horizon", ", ",
                                 LAST_DAY, ""},
    [GANGER_OBSTACLE_DEADLINE] = {"deadline", "its deadline", " is ", LAST_DAY, ""},
    [GANGER_OBSTACLE_BEFORE] = {"successor", "too late for ", ", which waits for it and starts ",
                                FIRST_DAY, ", which waits for it"},
    [GANGER_OBSTACLE_CUTS_OFF] = {"railhead", "rails would come too late to ", ", which starts ",
                                  FIRST_DAY, ""},
    [GANGER_OBSTACLE_SEGMENT] = {"segment", "on the same segment: ", ", ", SPAN, ""},
    [GANGER_OBSTACLE_GANG] = {"gang", "", "", SPAN, ": all in use"},
    [GANGER_OBSTACLE_WINDOW] = {"window", "", "", SPAN, ""},
    [GANGER_OBSTACLE_TARGET] = {"target", "the hard target would be missed: ", "", NO_DATE, ""}};

/* The id of what an obstacle is about, or NULL. */
static const char *id_of(const struct ganger_problem *p, int32_t work, struct ganger_obstacle o)
{
    switch (o.kind) {
    case GANGER_OBSTACLE_WAITS:
    case GANGER_OBSTACLE_LACKS:
    case GANGER_OBSTACLE_BEFORE:
    case GANGER_OBSTACLE_CUTS_OFF:
    case GANGER_OBSTACLE_SEGMENT:
        return p->works.id[o.other];
    case GANGER_OBSTACLE_GANG:
        return p->resources.id[o.other];
    case GANGER_OBSTACLE_WINDOW:
        return p->resources.id[p->resources.window_resource[o.other]];
    case GANGER_OBSTACLE_TARGET:
        return p->targets.id[o.other];
    case GANGER_OBSTACLE_FIXED_MODE:
        return p->modes.id[o.other];
    case GANGER_OBSTACLE_REST:
        return p->works.calendar[work] == GANGER_NONE ? NULL
                                                      : p->calendars.id[p->works.calendar[work]];
    default:
        return NULL;
    }
}

/* The name of it, "" if there is nothing to name. */
static const char *name_of(const struct ganger_problem *p, int32_t work, struct ganger_obstacle o)
{
    const char *id = id_of(p, work, o);
    switch (o.kind) {
    case GANGER_OBSTACLE_WAITS:
    case GANGER_OBSTACLE_LACKS:
    case GANGER_OBSTACLE_BEFORE:
    case GANGER_OBSTACLE_CUTS_OFF:
    case GANGER_OBSTACLE_SEGMENT:
        return ganger_words_work(p, o.other);
    case GANGER_OBSTACLE_GANG:
        return ganger_words_resource(p, o.other);
    case GANGER_OBSTACLE_WINDOW:
        return ganger_words_resource(p, p->resources.window_resource[o.other]);
    default:
        return id ? id : "";
    }
}

static const char *date_of(const struct ganger_problem *p, struct ganger_obstacle o,
                           enum date_form form, char text[GANGER_SPAN_SIZE])
{
    switch (form) {
    case FIRST_DAY:
        return ganger_words_first_day(p, o.from, text);
    case LAST_DAY:
        return ganger_words_last_day(p, o.from, text);
    case SPAN:
        return ganger_words_span(p, o.from, o.to, text);
    case NO_DATE:
        break;
    }
    return "";
}

const char *ganger_obstacle_say(const struct ganger_problem *problem, int32_t work,
                                struct ganger_obstacle o, char text[GANGER_OBSTACLE_SIZE])
{
    char date[GANGER_SPAN_SIZE], number[GANGER_REPORT_NUMBER];
    const char *name = name_of(problem, work, o);
    const char *when = date_of(problem, o, phrases[o.kind].date, date);
    if (o.kind == GANGER_OBSTACLE_GANG || o.kind == GANGER_OBSTACLE_WINDOW) {
        int32_t resource = o.kind == GANGER_OBSTACLE_WINDOW
                               ? problem->resources.window_resource[o.other]
                               : o.other;
        bool whole = o.short_by >= 100 || o.short_by == floor(o.short_by);
        snprintf(text, GANGER_OBSTACLE_SIZE, "%s: %s %s short, %s", name,
                 ganger_report_number(number, o.short_by, whole ? 0 : 2),
                 ganger_words_unit(problem, resource), when);
    } else {
        snprintf(text, GANGER_OBSTACLE_SIZE, "%s%s%s%s", phrases[o.kind].before, name,
                 phrases[o.kind].between, when);
    }
    return ganger_text_cut(text);
}

const char *ganger_obstacle_name(const struct ganger_problem *problem, int32_t work,
                                 struct ganger_obstacle o, char text[GANGER_OBSTACLE_SIZE])
{
    char span[GANGER_SPAN_SIZE];
    const char *name = name_of(problem, work, o);
    if (o.kind == GANGER_OBSTACLE_WINDOW) {
        snprintf(text, GANGER_OBSTACLE_SIZE, "%s: not enough left, %s", name,
                 ganger_words_span(problem, o.from, o.to, span));
    } else {
        snprintf(text, GANGER_OBSTACLE_SIZE, "%s%s%s", phrases[o.kind].before, name,
                 phrases[o.kind].brief);
    }
    return ganger_text_cut(text);
}

void ganger_obstacle_put(struct ganger_sheet *sheet, json_t *array,
                         const struct ganger_problem *problem, int32_t work,
                         struct ganger_obstacle obstacle)
{
    char text[GANGER_OBSTACLE_SIZE], date[GANGER_SPAN_SIZE];
    json_t *row = ganger_sheet_row(sheet, array);
    enum date_form form = phrases[obstacle.kind].date;
    ganger_sheet_put_text(sheet, row, "rule", phrases[obstacle.kind].rule);
    ganger_sheet_put_text(sheet, row, "id", id_of(problem, work, obstacle));
    ganger_sheet_put_text(sheet, row, "from",
                          form == NO_DATE || form == LAST_DAY
                              ? NULL
                              : ganger_words_first_day(problem, obstacle.from, date));
    ganger_sheet_put_text(sheet, row, "to",
                          form == NO_DATE || form == FIRST_DAY
                              ? NULL
                              : ganger_words_last_day(problem, obstacle.to, date));
    ganger_sheet_put_real(sheet, row, "short_by", obstacle.short_by);
    ganger_sheet_put_text(sheet, row, "text", ganger_obstacle_say(problem, work, obstacle, text));
}
