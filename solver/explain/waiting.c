/* What holds up works that wait for several others, at the prices of the bound. */
#include "check/energy.h"
#include "explain/parts.h"

#include <math.h>

/* Boundary at which the plan has done all works of the row; GANGER_NONE if it does not do all. */
static int32_t finish_of(const struct ganger_explaining *x, const struct ganger_energy *e,
                         int32_t row)
{
    int32_t finish = 0;
    for (int32_t i = e->first_of[row]; i < e->first_of[row + 1]; i++) {
        int32_t f = x->plan->finish[e->of[i]];
        finish = f == GANGER_NONE || finish == GANGER_NONE ? GANGER_NONE : f > finish ? f : finish;
    }
    return finish;
}

/* A unit more in a period shortens the wait from each period up to it on: sum[y] of what that is worth in the periods of a
 * year before the plan has done the works, and their number. Returns the sum of all. */
static double sum_years(const struct ganger_explaining *x, const struct ganger_energy *e,
                        int32_t row, double *sum, int32_t *periods)
{
    const struct ganger_problem *p = x->problem;
    const double *price = e->prices->energy + (int64_t)row * p->time.periods;
    int32_t finish = finish_of(x, e, row);
    double worth = 0, total = 0;
    for (int32_t t = 0; t < p->time.periods && (finish == GANGER_NONE || t < finish); t++) {
        int32_t y = ganger_years_at(&x->years, p, t);
        worth += price[t];
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
    int32_t work = e->prices->energy_work[row], renewable = e->prices->energy_renewable[row];
    double sum[GANGER_YEARS_MAX] = {0};
    int32_t periods[GANGER_YEARS_MAX] = {0}, finish = finish_of(x, e, row);
    char date[GANGER_DATE_SIZE];
    double total = sum_years(x, e, row, sum, periods);
    json_t *object = ganger_sheet_row(x->sheet, array);
    ganger_sheet_put_text(x->sheet, object, "name", ganger_words_work(p, work));
    ganger_sheet_put_text(x->sheet, object, "work", p->works.id[work]);
    ganger_sheet_put_integer(x->sheet, object, "works", e->first_of[row + 1] - e->first_of[row]);
    ganger_sheet_put_text(x->sheet, object, "gang",
                          ganger_words_resource(p, p->resources.renewable_resource[renewable]));
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
        {NULL, "name", "work that waits", GANGER_SHEET_TEXT, 54},
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
        if (energy.first_of[row] < energy.first_of[row + 1]) {
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
