#include "cli/log.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { CELL_SIZE = 32, LINE_SIZE = 160, HEADER_EVERY_ROWS = 20, WIDTH_DEFAULT = 80 };

static const double row_every_s = 5;   /* a sign of life */
static const double bound_every_s = 1; /* bounds can improve many times a second */
static const double live_every_s = 0.1;

static void print_number(char *cell, double number, int decimals)
{
    if (isfinite(number)) {
        bool huge = fabs(number) >= 1e10;
        snprintf(cell, CELL_SIZE, huge ? "%.*e" : "%.*f", huge ? 4 : decimals, number);
    } else {
        snprintf(cell, CELL_SIZE, "%s", isnan(number) ? "-" : number > 0 ? "inf" : "-inf");
    }
}

/* 1234, 123.4k, 12.3M, 1.2G: at most six characters. */
static void print_count(char *cell, int64_t count)
{
    static const char suffixes[] = "kMGTPE";
    if (count < 100000) {
        snprintf(cell, CELL_SIZE, "%" PRId64, count);
        return;
    }
    double scaled = (double)count / 1000;
    int step = 0;
    while (scaled >= 999.95 && suffixes[step + 1] != '\0') {
        scaled /= 1000;
        step++;
    }
    snprintf(cell, CELL_SIZE, "%.1f%c", scaled, suffixes[step]);
}

/* title, width, how its cell is printed from progress *p */
// clang-format off
#define COLUMNS(X)                                                                                 \
    X("Src", 3, snprintf(cell, CELL_SIZE, "%c", p->source))                                        \
    X("Time", 8, print_number(cell, p->time_s, 1))                                                 \
    X("Ticks", 7, print_count(cell, p->ticks))                                                     \
    X("Rounds", 7, print_count(cell, p->rounds))                                                   \
    X("Value", 13, print_number(cell, p->value, 2))                                                \
    X("Bound", 13, print_number(cell, p->bound, 2))                                                \
    X("Gap%", 7, print_number(cell, p->gap_percent, 2))                                            \
    X("Repaired km", 12, print_number(cell, p->km_repaired, 0))                                    \
    X("Built km", 9, print_number(cell, p->km_built, 0))                                           \
    X("Works", 12, snprintf(cell, CELL_SIZE, "%d/%d", p->works_done, p->works))
// clang-format on

static void compose_header(char *line)
{
    int length = 0;
#define TITLE(title, width, print)                                                                 \
    length += snprintf(line + length, LINE_SIZE - (size_t)length, "%*s", width, title);
    COLUMNS(TITLE)
#undef TITLE
}

static void compose_row(char *line, const struct ganger_progress *p)
{
    char cell[CELL_SIZE];
    int length = 0;
#define CELL(title, width, print)                                                                  \
    print;                                                                                         \
    length += snprintf(line + length, LINE_SIZE - (size_t)length, "%*s", width, cell);
    COLUMNS(CELL)
#undef CELL
}

void ganger_cli_log_pause(struct ganger_cli_log *log)
{
    if (log->live_width > 0) {
        fprintf(stderr, "\r%*s\r", log->live_width, "");
        log->live_width = 0;
    }
}

static void print_row(struct ganger_cli_log *log, const struct ganger_progress *progress)
{
    char line[LINE_SIZE];
    ganger_cli_log_pause(log);
    if (log->rows % HEADER_EVERY_ROWS == 0) {
        compose_header(line);
        fprintf(stderr, "%s%s%s\n", log->color ? "\033[1m" : "", line, log->color ? "\033[0m" : "");
    }
    bool incumbent = progress->source == 'C' || progress->source == 'S';
    const char *color = !log->color ? "" : incumbent ? "\033[32m" : "";
    compose_row(line, progress);
    fprintf(stderr, "%s%s%s\n", color, line, color[0] != '\0' ? "\033[0m" : "");
    log->rows++;
    log->row_time_s = progress->time_s;
    log->bound_shown = log->bound_shown || isfinite(progress->bound);
}

static void print_live(struct ganger_cli_log *log, const struct ganger_progress *progress)
{
    struct winsize window;
    char line[LINE_SIZE];
    int width = WIDTH_DEFAULT;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) {
        width = window.ws_col;
    }
    compose_row(line, progress);
    /* One column is left free: a full line would wrap, and \r could not reach its begin. Blanks
     * cover the rest of a longer line before. */
    fprintf(stderr, "\r%-*.*s", log->live_width, width - 1, line);
    log->live_width = width - 1;
    fflush(stderr);
    log->live_time_s = progress->time_s;
}

void ganger_cli_log_progress(const struct ganger_progress *progress, void *context)
{
    struct ganger_cli_log *log = context;
    double age_s = progress->time_s - log->row_time_s;
    bool incumbent = progress->source == 'C' || progress->source == 'S';
    bool bound = progress->source == 'B' && (age_s >= bound_every_s || !log->bound_shown);
    if (log->quiet) {
        return;
    }
    if (incumbent || bound || age_s >= row_every_s) {
        print_row(log, progress);
    } else if (log->live && progress->time_s - log->live_time_s >= live_every_s) {
        print_live(log, progress);
    }
}

static void open_terminal(struct ganger_cli_log *log, int color)
{
    const char *terminal = getenv("TERM");
    const char *no_color = getenv("NO_COLOR");
    log->live = isatty(STDERR_FILENO) && terminal != NULL && strcmp(terminal, "dumb") != 0;
    log->color = color == GANGER_CLI_COLOR_ALWAYS || (color == GANGER_CLI_COLOR_AUTO && log->live &&
                                                      (no_color == NULL || no_color[0] == '\0'));
}

void ganger_cli_log_open(struct ganger_cli_log *log, const struct ganger_cli_options *options,
                         const struct ganger_options *limits)
{
    *log = (struct ganger_cli_log){.quiet = options->quiet};
    if (log->quiet) {
        return;
    }
    open_terminal(log, options->color);
    fprintf(stderr, "ganger %s: %s", GANGER_VERSION_STRING, options->arguments[0]);
    if (limits->time_limit_s > 0) {
        fprintf(stderr, ", time limit %g s", limits->time_limit_s);
    }
    if (limits->tick_limit > 0) {
        fprintf(stderr, ", %" PRId64 " ticks", limits->tick_limit);
    }
    if (limits->threads > 0) {
        fprintf(stderr, ", %d threads", limits->threads);
    }
    fprintf(stderr, ", seed %" PRIu64 "\n", limits->seed);
    fputs("Src: C constructed, S search, B bound, blank: still at work\n", stderr);
}

/* Only a makespan has a value without terms. */
static bool is_makespan(const struct ganger_summary *s)
{
    const struct ganger_terms *t = &s->terms;
    return s->value != 0 && t->traffic == 0 && t->terminal == 0 && t->cost == 0 &&
           t->tardiness == 0 && t->shortfall == 0;
}

static void print_gap(const struct ganger_summary *s)
{
    if (s->outcome == GANGER_OUTCOME_OPTIMAL) {
        fputs("gap       none: no plan is better\n", stderr);
    } else if (!isfinite(s->bound)) {
        fputs("gap       unknown: no bound was proven\n", stderr);
    } else if (is_makespan(s)) {
        fprintf(stderr, "gap       at most %.0f periods (%.2f %%) longer than the best possible\n",
                s->value - s->bound, s->gap_percent);
    } else {
        fprintf(stderr, "gap       at most %.2f M USD", s->bound - s->value);
        if (isfinite(s->gap_percent)) {
            fprintf(stderr, ", %.2f %% of %s,", s->gap_percent,
                    s->terms.cost > 0 ? "what its works cost" : "its value");
        }
        fputs(" below the best possible\n", stderr);
    }
}

static void print_plan(const struct ganger_summary *s)
{
    const char *unit = is_makespan(s) ? "periods" : "M USD";
    char bound[CELL_SIZE];
    print_number(bound, s->bound, 2);
    fprintf(stderr, "value     %.2f %s\nbound     %s\n", s->value, unit, bound);
    print_gap(s);
    if (!is_makespan(s)) {
        fprintf(stderr,
                "terms     traffic %.2f + after the horizon %.2f - works %.2f - tardiness %.2f - "
                "shortfall %.2f\n",
                s->terms.traffic, s->terms.terminal, s->terms.cost, s->terms.tardiness,
                s->terms.shortfall);
        if (s->replan.replanned) {
            fprintf(stderr, "changes   %.2f; the value without them is %.2f\n", s->terms.changes,
                    s->value + s->terms.changes);
        }
        fprintf(stderr, "km        %.0f repaired, %.0f built, %.0f upgraded\n", s->km_repaired,
                s->km_built, s->km_upgraded);
    }
    fprintf(stderr, "works     %d of %d\n", s->works_done, s->works);
    fprintf(stderr, "first     %.2f after %.1f s\n", s->first_value, s->first_time_s);
}

void ganger_cli_log_close(struct ganger_cli_log *log, const struct ganger_summary *summary,
                          const char *written)
{
    bool has_plan =
        summary->outcome == GANGER_OUTCOME_OPTIMAL || summary->outcome == GANGER_OUTCOME_FEASIBLE;
    if (log->quiet) {
        return;
    }
    ganger_cli_log_pause(log);
    fprintf(stderr, "\nstatus    %s\n", ganger_outcome_name(summary->outcome));
    if (has_plan) {
        print_plan(summary);
    }
    fprintf(stderr,
            "effort    %.1f s, %" PRId64 " ticks, %" PRId64 " rounds, %d threads, seed %" PRIu64
            "\n",
            summary->wall_s, summary->ticks, summary->rounds, summary->threads, summary->seed);
    if (summary->pace > 0) {
        fprintf(stderr, "replay    --ticks %" PRId64 " --pace %" PRId64 " --seed %" PRIu64,
                summary->ticks, summary->pace, summary->seed);
        if (summary->islands > 0) {
            fprintf(stderr, " --islands %d", summary->islands);
        }
        fputc('\n', stderr);
    }
    if (written != NULL) {
        fprintf(stderr, "written   %s\n", written);
    }
}
