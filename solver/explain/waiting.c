/* What holds up lines and works that wait for several works, at the prices of the bound. */
#include "check/energy.h"
#include "explain/parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Rows of energy that say the same: of one gang, for the same works, before the same work begins or before a line opens. */
struct wait {
    const int32_t *work; /* [works] */
    int32_t works;
    int32_t successor; /* GANGER_NONE: a line */
    int32_t renewable;
};

static struct wait wait_of(const struct ganger_energy *e, int32_t row)
{
    int32_t from = e->first_of[row];
    return (struct wait){e->of + from, e->first_of[row + 1] - from, e->prices->energy_work[row],
                         e->prices->energy_renewable[row]};
}

static bool same(struct wait a, struct wait b)
{
    return a.works == b.works && a.successor == b.successor && a.renewable == b.renewable &&
           memcmp(a.work, b.work, (size_t)a.works * sizeof *a.work) == 0;
}

static bool seen_before(const struct ganger_energy *e, int32_t row)
{
    bool seen = false;
    for (int32_t i = 0; i < row && !seen; i++) {
        seen = same(wait_of(e, i), wait_of(e, row));
    }
    return seen;
}

/* Boundary at which the plan has done them all; GANGER_NONE if it does not do all. */
static int32_t finish_of(const struct ganger_explaining *x, struct wait wait)
{
    int32_t finish = 0;
    for (int32_t i = 0; i < wait.works; i++) {
        int32_t f = x->plan->finish[wait.work[i]];
        finish = f == GANGER_NONE || finish == GANGER_NONE ? GANGER_NONE : f > finish ? f : finish;
    }
    return finish;
}

/* Of a line the first of the links that the works are on, and how many more there are; of a work its own. */
static void name_of(const struct ganger_problem *p, struct wait wait, char *text, size_t size)
{
    int32_t first = INT32_MAX, before = GANGER_NONE, links = 0;
    if (wait.successor != GANGER_NONE) {
        snprintf(text, size, "%s", ganger_words_work(p, wait.successor));
        return;
    }
    do { /* the next link each time */
        int32_t next = INT32_MAX;
        for (int32_t i = 0; i < wait.works; i++) {
            int32_t l = p->segments.link[p->works.segment[wait.work[i]]];
            next = l > before && l < next ? l : next;
        }
        first = next < first ? next : first;
        before = next;
        links++;
    } while (before < INT32_MAX);
    if (links > 2) {
        snprintf(text, size, "%s and %d more", ganger_words_link(p, first), links - 2);
    } else {
        snprintf(text, size, "%s", ganger_words_link(p, first));
    }
}

/* A unit more in a period shortens the wait from each period up to it on: sum[y] of what that is worth in the periods of a
 * year before the plan has done the works, and their number. Returns the sum of all. */
static double sum_years(const struct ganger_explaining *x, const struct ganger_energy *e,
                        int32_t row, double *sum, int32_t *periods)
{
    const struct ganger_problem *p = x->problem;
    int32_t finish = finish_of(x, wait_of(e, row));
    double worth = 0, total = 0;
    for (int32_t t = 0; t < p->time.periods && (finish == GANGER_NONE || t < finish); t++) {
        int32_t y = ganger_years_at(&x->years, p, t);
        for (int32_t i = row; i < e->prices->energies; i++) {
            bool counts = i == row || same(wait_of(e, i), wait_of(e, row));
            worth += counts ? e->prices->energy[(int64_t)i * p->time.periods + t] : 0;
        }
        sum[y] += worth;
        periods[y]++;
        total += worth;
    }
    return total;
}

static void put_wait(struct ganger_explaining *x, json_t *array, const struct ganger_energy *e,
                     int32_t row)
{
    const struct ganger_problem *p = x->problem;
    struct wait wait = wait_of(e, row);
    double sum[GANGER_YEARS_MAX] = {0};
    int32_t periods[GANGER_YEARS_MAX] = {0}, finish = finish_of(x, wait);
    char name[256], date[GANGER_DATE_SIZE];
    double total = sum_years(x, e, row, sum, periods);
    json_t *object = ganger_sheet_row(x->sheet, array);
    name_of(p, wait, name, sizeof name);
    ganger_sheet_put_text(x->sheet, object, "name", name);
    ganger_sheet_put_text(x->sheet, object, "work",
                          wait.successor == GANGER_NONE ? NULL : p->works.id[wait.successor]);
    ganger_sheet_put_integer(x->sheet, object, "works", wait.works);
    ganger_sheet_put_text(
        x->sheet, object, "gang",
        ganger_words_resource(p, p->resources.renewable_resource[wait.renewable]));
    ganger_sheet_put_text(x->sheet, object, "done",
                          finish == GANGER_NONE ? NULL : ganger_words_last_day(p, finish, date));
    json_t *years = ganger_sheet_object(x->sheet, object, "by_year");
    for (int32_t y = 0; y < x->years.count; y++) {
        ganger_sheet_put_real(x->sheet, years, x->years.name[y],
                              periods[y] > 0 ? sum[y] / periods[y] : (double)NAN);
    }
    ganger_sheet_put_real(x->sheet, object, "total", total);
}

static void print_waits(struct ganger_explaining *x, const json_t *array)
{
    struct ganger_sheet_column columns[GANGER_YEARS_MAX + 5] = {
        {NULL, "name", "line or work that waits", GANGER_SHEET_TEXT, 54},
        {NULL, "works", "for works", GANGER_SHEET_NUMBER, 0},
        {NULL, "gang", "of gang or machine", GANGER_SHEET_TEXT, 34},
        {NULL, "done", "done", GANGER_SHEET_TEXT, 0}};
    int count = (int)json_array_size(array);
    int columns_count = ganger_explain_year_columns(x, columns, 4, "by_year", 3);
    char period[GANGER_DATE_SIZE];
    columns[columns_count++] =
        (struct ganger_sheet_column){NULL, "total", "all", GANGER_SHEET_NUMBER, 1};
    if (count == 0) {
        return;
    }
    ganger_sheet_say(x->sheet,
                     "\nWhat waits for all of several works, and one more of their gangs for a %s "
                     "before they are done, on average\nof the year; or all the time:\n",
                     ganger_words_period(x->problem, false, period));
    ganger_sheet_print(
        x->sheet, array,
        (struct ganger_sheet_table){columns, columns_count, count < x->rows ? count : x->rows, 2});
    if (count > x->rows) {
        ganger_sheet_say(x->sheet, "  and %d more.\n", count - x->rows);
    }
}

bool ganger_explain_waiting(struct ganger_explaining *x, json_t *prices)
{
    struct ganger_energy energy;
    json_t *array = ganger_sheet_array(x->sheet, prices, "waiting");
    if (x->plan->prices.energies == 0) {
        return true;
    }
    bool ready = ganger_energy_open(&energy, x->facts, &x->plan->prices);
    for (int32_t row = 0; ready && row < x->plan->prices.energies; row++) {
        if (energy.first_of[row] < energy.first_of[row + 1] && !seen_before(&energy, row)) {
            put_wait(x, array, &energy, row);
        }
    }
    ganger_energy_close(&energy);
    if (ready) {
        ganger_sheet_sort(x->sheet, array, "total");
        print_waits(x, array);
    }
    return ready;
}
